import type { ViewName } from '../model/snapshot.ts';
import type { KeptView } from './view-schedule.ts';

/** What is remembered of a server's views from poll to poll. */
export interface ViewMemory {
  /** The last reading of each view; none after a failed poll. */
  readonly kept: Map<ViewName, KeptView>;
  /** Views that answered "invalid column name" to their newer columns. */
  readonly withoutNewerColumns: Set<ViewName>;
  /** How many times in a row reading a view was the end of the connection. */
  readonly costs: Map<ViewName, number>;
}

export function createViewMemory(): ViewMemory {
  return { kept: new Map(), withoutNewerColumns: new Set(), costs: new Map() };
}

/** A new connection: what was slow on the old one may have been slow because of it. */
export function forgetRests({ kept, costs }: ViewMemory): void {
  for (const [name, view] of kept) {
    const isSlow = view.reading.failure?.reason === 'timeout';
    if (isSlow && (costs.get(name) ?? 0) < 2) kept.set(name, { ...view, restSeconds: null });
  }
}

/** What ended a connection comes last, so that it costs no other view anything. */
export function costlyLast<Named extends { readonly name: ViewName }>(
  views: readonly Named[],
  { costs }: ViewMemory,
): readonly Named[] {
  return views.toSorted((one, other) => Number(costs.has(one.name)) - Number(costs.has(other.name)));
}
