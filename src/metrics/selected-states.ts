import type { State } from './family.ts';

import { isSamePart } from './sections.ts';
import { partWith, withoutOthers } from './selection.ts';

/** Servers of a state; null: nothing of it. */
interface Selected {
  readonly state: State;
  readonly servers: readonly string[] | null;
  /** What is rendered: the same array until that is something else. */
  readonly families: readonly object[];
}

interface Kept<Rendered> {
  readonly families: readonly object[];
  readonly part: State;
  readonly rendered: Rendered;
}

/** What was rendered of parts of the state, kept until one of the servers or links in it changes. */
export interface SelectedStates<Rendered> {
  /** `render` gets the state of these servers alone, if that has changed. */
  readonly of: (format: string, selected: Selected, render: (state: State) => Rendered) => Rendered;
}

/** Azure is of no server: it goes with what the exporter says of itself. */
function withoutServers({ azure }: State): State {
  return { servers: [], links: [], ...(azure === undefined ? {} : { azure }) };
}

/** Who was not asked for the longest goes first. Twice: each target in each format, and some that people ask for. */
const perServer = 2;
const besides = 16;

/** Creates the memory of a page that is asked for server by server, with a target for each. */
export function createSelectedStates<
  Rendered extends { readonly body: { readonly length: number } },
>(): SelectedStates<Rendered> {
  const kept = new Map<string, Kept<Rendered>>();

  return {
    of: (format, { state, servers, families }, render) => {
      const names = servers === null ? [] : [...new Set(servers)].sort();
      const key = JSON.stringify([format, servers === null, names]);
      const part = servers === null ? withoutServers(state) : partWith(state, names);
      const former = kept.get(key);
      const isGood = former?.families === families && isSamePart(former.part, part);
      const current = isGood ? former : { families, part, rendered: render(withoutOthers(part, names)) };
      kept.delete(key);
      kept.set(key, current);
      const most = perServer * state.servers.length + besides;
      for (const [oldest] of kept) {
        if (kept.size <= most && bytesOf(kept) <= maximumBytes) break;
        if (oldest !== key) kept.delete(oldest);
      }
      return current.rendered;
    },
  };
}

const maximumBytes = 32 * 1024 * 1024;

function bytesOf(kept: ReadonlyMap<string, Kept<{ readonly body: { readonly length: number } }>>): number {
  return kept.values().reduce((bytes, { rendered }) => bytes + rendered.body.length, 0);
}
