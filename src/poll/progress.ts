import type { Failure } from '../model/failure-reason.ts';
import type { Snapshot, ViewName, ViewReading, ViewRows } from '../model/snapshot.ts';
import { gatherOddities } from '../views/entry.ts';
import type { View } from '../views/view.ts';
import type { Clock } from './clock.ts';
import { type RowsReading, readView, type ViewQuery } from './read-view.ts';
import type { ViewMemory } from './view-memory.ts';
import { isDue, restAfter, type ViewPlan } from './view-schedule.ts';

type Rows = { [Name in ViewName]?: readonly ViewRows[Name][] };

/** How far a poll has come. */
export interface Progress {
  /** The latest reading of each view that was tried, or whose rows were kept. */
  readonly views: Map<ViewName, ViewReading>;
  readonly rows: Rows;
  clockOffsetSeconds: number;
  /** Why there is no connection any more; null: there is one. */
  ended: Failure | null;
}

export function startProgress(): Progress {
  return { views: new Map(), rows: {}, clockOffsetSeconds: 0, ended: null };
}

/** How one view is asked in one poll. */
export interface Asking extends Omit<ViewQuery, 'facts' | 'tell'> {
  readonly clock: Clock;
  readonly plan: ViewPlan;
}

/** Asks a view and records what it gave. */
export async function askView(view: View, progress: Progress, asking: Asking): Promise<RowsReading> {
  const { clock, memory, plan, ...query } = asking;
  const start = clock.monotonicSeconds();
  const askedAt = clock.nowSeconds();
  const facts = progress.rows.server?.[0] ?? null;
  const oddities = gatherOddities();
  const reading = await readView(view, { ...query, memory, facts, tell: oddities.tell });
  const durationSeconds = clock.monotonicSeconds() - start;
  const { rows, failure, isConnectionUsable } = reading;
  const cost = isConnectionUsable ? 0 : (memory.costs.get(view.name) ?? 0) + 1;
  if (cost === 0) memory.costs.delete(view.name);
  else memory.costs.set(view.name, cost);
  const readTimestampSeconds = failure === null ? clock.nowSeconds() : null;
  const told = oddities.told();
  const taken = {
    rows,
    reading: {
      ...{ durationSeconds, failure, readTimestampSeconds },
      ...(told.length === 0 ? {} : { oddities: told }),
    },
  };
  record(view.name, taken, progress);
  const restSeconds = restAfter(taken.reading, plan, cost);
  memory.kept.set(view.name, { ...taken, triedAtSeconds: start, restSeconds });
  if (view.name === 'server' && failure === null) {
    // The server read its clock about half way through the round trip.
    const answer = progress.rows.server?.[0]?.utcTimestampSeconds ?? askedAt;
    progress.clockOffsetSeconds = answer - (askedAt + durationSeconds / 2);
  }
  return reading;
}

/** A view that can't be asked any more in this poll, and why: unseen, and said to be. */
export function leaveUnasked(
  name: ViewName,
  progress: Progress,
  { memory, why }: { readonly memory: ViewMemory; readonly why: Failure },
): void {
  const failure = { ...why, message: `not asked: ${why.message}` };
  memory.kept.delete(name);
  record(name, { rows: null, reading: { durationSeconds: 0, failure, readTimestampSeconds: null } }, progress);
}

/** Takes the last reading of a view in place of a new one; nothing where there is none. */
export function takeKept(name: ViewName, progress: Progress, { kept }: ViewMemory): void {
  const former = kept.get(name);
  if (former !== undefined) record(name, former, progress);
}

/** Whether a view is to be asked now; else its last reading counts. */
export function isViewDue(name: ViewName, { clock, memory, plan }: Pick<Asking, 'clock' | 'memory' | 'plan'>): boolean {
  return isDue(memory.kept.get(name), plan, clock.monotonicSeconds());
}

interface Recorded {
  readonly rows: readonly unknown[] | null;
  readonly reading: ViewReading;
}

function record(name: ViewName, { rows, reading }: Recorded, progress: Progress): void {
  progress.views.set(name, reading);
  Object.assign(progress.rows, { [name]: rows });
}

/** What the rows read so far show. */
export function snapshotOf({ rows, clockOffsetSeconds }: Progress): Snapshot {
  const { server, ...others } = rows;
  const facts = server?.[0];
  if (facts === undefined) throw new Error('the server view was not read');
  return {
    server: facts,
    clockOffsetSeconds,
    views: {
      permissions: others.permissions ?? null,
      availability_groups: others.availability_groups ?? null,
      availability_replicas: others.availability_replicas ?? null,
      availability_replica_states: others.availability_replica_states ?? null,
      physical_seeding_stats: others.physical_seeding_stats ?? null,
      automatic_seeding: others.automatic_seeding ?? null,
      certificates: others.certificates ?? null,
      database_mirroring_endpoints: others.database_mirroring_endpoints ?? null,
      tcp_endpoints: others.tcp_endpoints ?? null,
      databases: others.databases ?? null,
      database_replica_states: others.database_replica_states ?? null,
      performance_counters: others.performance_counters ?? null,
      master_files: others.master_files ?? null,
      endpoint_certificate: others.endpoint_certificate ?? null,
    },
  };
}
