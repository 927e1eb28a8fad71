import type { ServerFacts } from '../../model/server.ts';
import type { ViewName } from '../../model/snapshot.ts';
import type { Shape } from '../../views/view.ts';
import type { KeptView } from './view-schedule.ts';

/** What is remembered of a server's views from poll to poll. */
export interface ViewMemory {
  /** The last reading of each view; none after a failed poll. */
  readonly kept: Map<ViewName, KeptView>;
  /** Views that this server has otherwise than documented: met on the present connection. */
  readonly shapes: Map<ViewName, Shape>;
  /** How many times in a row reading a view was the end of the connection. */
  readonly costs: Map<ViewName, number>;
  /** What the server was asked last for each view, and what that followed from. */
  readonly asked: Map<ViewName, AskedFor>;
  readonly batch: BatchMemory;
  /** What the server last said of itself; null: nothing yet. */
  facts: ServerFacts | null;
}

export interface AskedFor {
  /** Undefined: as documented. */
  readonly shape: Shape | undefined;
  readonly version: string;
  readonly sql: string;
}

/** What decides which views are asked together. */
export interface BatchMemory {
  /** Views that could not be read when they were asked alone: they are, until they can. */
  readonly failing: Set<ViewName>;
  /** How often a view held up a batch on this connection, and was read alone after that. */
  readonly suspects: Map<ViewName, number>;
  /** How many batches in a row were the end of the connection after part of the answer had come. */
  ends: number;
  /** Whether everything is asked alone: the answers are larger together than one may be. */
  isOff: boolean;
  /** How long the server took for a question that costs it nothing; null: not measured yet. */
  roundTripSeconds: number | null;
}

export function createViewMemory(): ViewMemory {
  const batch = { failing: new Set<ViewName>(), suspects: new Map(), ends: 0, isOff: false, roundTripSeconds: null };
  return { kept: new Map(), shapes: new Map(), costs: new Map(), asked: new Map(), batch, facts: null };
}

/** A new connection: what was slow on the old one may have been slow because of it, and the server may be another version. */
export function forgetRests({ kept, costs, shapes, batch }: ViewMemory): void {
  shapes.clear();
  batch.suspects.clear();
  batch.roundTripSeconds = null;
  for (const [name, view] of kept) {
    const isSlow = view.reading.failure?.reason === 'timeout';
    if (isSlow && (costs.get(name) ?? 0) < 2) kept.set(name, { ...view, restSeconds: null });
  }
}

/** What ended a connection comes last, so that it costs no other view anything; before it what held up a batch. */
export function costlyLast<Named extends { readonly name: ViewName }>(
  views: readonly Named[],
  { costs, batch }: ViewMemory,
): readonly Named[] {
  const weight = ({ name }: Named): number => (costs.has(name) ? 2 : 0) + (batch.suspects.has(name) ? 1 : 0);
  return views.toSorted((one, other) => weight(one) - weight(other));
}

/** So often a view may hold up a batch and be read alone after that, before it is asked alone for good. */
const mostSuspicions = 2;

/** Whether a view may travel with others. */
export function isBatchable(name: ViewName, { costs, batch }: ViewMemory): boolean {
  return !batch.failing.has(name) && !costs.has(name) && (batch.suspects.get(name) ?? 0) <= mostSuspicions;
}
