import type { AssessedLink } from '../link/data/link.ts';
import type { State } from './family.ts';
import { isSamePart } from './sections.ts';

/** Which part of the page is asked for. */
export interface Selection {
  /** Only what is about these servers and their links; null: about all. */
  readonly servers: readonly string[] | null;
  /** Whether what is about servers and links is on the page. */
  readonly hasState: boolean;
  /** Whether the exporter's own metrics are. */
  readonly hasOwn: boolean;
}

export const wholePage: Selection = { servers: null, hasState: true, hasOwn: true };

/**
 * The state of some servers and of the links that they may carry an end of, without the ends of other servers: what is said
 * of the link as a whole stays. A link of which no server is known goes with every one: whoever asks for all servers one by
 * one must miss no link.
 */
export function selectServers(state: State, names: readonly string[]): State {
  return withoutOthers(partWith(state, names), names);
}

/** The servers of these names and the links that may carry an end of one, as they are. */
function partWith({ servers, links }: State, names: readonly string[]): State {
  const chosen = new Set(names);
  return {
    servers: servers.filter(({ name }) => chosen.has(name)),
    links: links.filter((link) => {
      const own = serversOf(link);
      return own.length === 0 || own.some((name) => chosen.has(name));
    }),
  };
}

/** What is left of such a part without the ends of other servers. */
function withoutOthers({ servers, links }: State, names: readonly string[]): State {
  const chosen = new Set(names);
  const isChosen = ({ server }: { readonly server: string }): boolean => chosen.has(server);
  return {
    servers,
    links: links.map((link) => ({
      ...link,
      findings: link.findings.filter(({ scope }) => scope.server === null || chosen.has(scope.server)),
      ends: link.ends.filter(isChosen),
      databases: link.databases.map((database) => ({ ...database, ends: database.ends.filter(isChosen) })),
    })),
  };
}

/** The servers that show an end of a link, or may have one that was not seen. */
export function serversOf({ ends, unseen }: Pick<AssessedLink, 'ends' | 'unseen'>): readonly string[] {
  return [...new Set([...ends, ...unseen].map(({ server }) => server))];
}

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
interface SelectedStates<Rendered> {
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
