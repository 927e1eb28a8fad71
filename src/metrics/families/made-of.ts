import type { ServerState } from '../../model/server-state.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { Family, Plain, Sample, State } from '../family.ts';

/**
 * Samples that are made of some plain values of one thing after another, and by this of nothing else: what the values say as
 * before is not written again. For what mostly stays as it is from poll to poll.
 */
export function madeOf<Item, Values extends readonly Plain[], Label extends string>(
  items: (state: State) => readonly Item[],
  values: (item: Item) => readonly [...Values],
  samples: (...values: Values) => readonly Sample<Label>[],
): Required<Pick<Family<Label>, 'basis' | 'samples'>> {
  return {
    basis: (state) => {
      const all: Plain[] = [];
      for (const item of items(state)) all.push(...values(item));
      return all;
    },
    samples: (state) => items(state).flatMap((item) => samples(...values(item))),
  };
}

/**
 * Declares what is told of each item under all of its labels. What comes back makes samples of one plain value of it, and
 * of the labels, and so of nothing else: see `madeOf`.
 */
export function ofEach<Item extends { readonly labels: object }, Part>(
  items: (state: State) => readonly Item[],
  part: (item: Item) => Part,
) {
  return <Value extends Plain, Label extends string>(
    value: (part: Part) => Value,
    samples: (labels: Item['labels'], value: Value) => readonly Sample<Label>[],
  ): Required<Pick<Family<Label>, 'basis' | 'samples'>> => ({
    basis: (state) => {
      const all: Plain[] = [];
      for (const item of items(state)) all.push(...Object.values(item.labels), value(part(item)));
      return all;
    },
    samples: (state) => items(state).flatMap((item) => samples(item.labels, value(part(item)))),
  });
}

/**
 * Makes something of a state, once for all that ask for it in turn: families of one part of the page do. Of the latest state
 * only: what was made of hundreds of parts would be kept as long as they are, in a weak map at a cost to each collection.
 */
export function oncePerState<Made>(make: (state: State) => Made): (state: State) => Made {
  let latest: { readonly state: State; readonly value: Made } | null = null;
  return (state) => {
    if (latest?.state !== state) latest = { state, value: make(state) };
    return latest.value;
  };
}

/** A server whose latest poll succeeded, with what that poll saw. */
export interface AnsweredServer {
  readonly server: string;
  readonly state: ServerState;
  readonly snapshot: Snapshot;
}

/** The servers that state series may be about: a pending or failed poll has none, and an older snapshot is never shown. */
export function answeredServers(state: State): readonly AnsweredServer[] {
  return state.servers.flatMap((server) =>
    server.outcome.kind === 'ok' ? [{ server: server.name, state: server, snapshot: server.outcome.snapshot }] : [],
  );
}

/** The label value and the 0 or 1 of one series of a state. */
interface StateFlag {
  readonly state: string;
  readonly value: 0 | 1;
}

/**
 * One flag per documented state, so that a state that is over reads 0 and not an old 1. A text that is not documented (a newer
 * server's) is one flag more, as it is. NULL yields nothing: the server did not say.
 */
export function stateFlags(documented: readonly string[], current: string | null): readonly StateFlag[] {
  if (current === null) return [];
  const states = documented.includes(current) ? documented : [...documented, current];
  return states.map((state) => ({ state, value: state === current ? 1 : 0 }));
}

/** One sample of a gauge that NULL leaves out. */
export function known<Labels>(labels: Labels, value: number | null): readonly { labels: Labels; value: number }[] {
  return value === null ? [] : [{ labels, value }];
}

/** 1 or 0; NULL stays NULL. */
export function flag(condition: boolean | null): 0 | 1 | null {
  if (condition === null) return null;
  return condition ? 1 : 0;
}
