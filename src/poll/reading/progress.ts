import type { Failure } from '../../model/failure-reason.ts';
import type { Snapshot, ViewName, ViewReading, ViewRows } from '../../model/snapshot.ts';
import { gatherOddities, type ToldOddities } from '../../views/entry.ts';
import type { View } from '../../views/view.ts';
import type { Clock } from '../time/clock.ts';
import type { ViewQuery } from '../view-query.ts';
import { sharedRows } from './shared-rows.ts';
import { type RowsReading, readView } from './view.ts';
import type { ViewMemory } from './view-memory.ts';
import { isDue, restAfter, type ViewPlan } from './view-schedule.ts';

type Rows = { [Name in ViewName]?: readonly ViewRows[Name][] };

/** How far a poll has come. */
export interface Progress {
  /** The latest reading of each view that was tried, or whose rows were kept. */
  readonly views: Map<ViewName, ViewReading>;
  readonly rows: Rows;
  /** The views that were read in this poll. */
  readonly fresh: Set<ViewName>;
  clockOffsetSeconds: number | null;
  /** Why there is no connection any more; null: there is one. */
  ended: Failure | null;
  /** Whether the views that travel together were asked for. */
  isBatchSent: boolean;
  /** Whether the time of the poll was over when a batch ended. */
  isOver: boolean;
}

export function startProgress(): Progress {
  return {
    views: new Map(),
    rows: {},
    fresh: new Set(),
    clockOffsetSeconds: 0,
    ended: null,
    isBatchSent: false,
    isOver: false,
  };
}

/** How one view is asked in one poll. */
export interface Asking extends Omit<ViewQuery, 'facts' | 'tell' | 'nowSeconds'> {
  readonly clock: Clock;
  readonly plan: ViewPlan;
}

/** Asks a view alone and records what it gave. */
export async function askView(view: View, progress: Progress, asking: Asking): Promise<RowsReading> {
  const { clock, memory, plan, ...query } = asking;
  const asked: Asked = { startSeconds: clock.monotonicSeconds(), atSeconds: clock.nowSeconds(), isAlone: true };
  const facts = progress.rows.server?.[0] ?? null;
  const oddities = gatherOddities();
  const nowSeconds = asked.atSeconds;
  const reading = await readView(view, { ...query, memory, facts, nowSeconds, tell: oddities.tell });
  const end = { durationSeconds: clock.monotonicSeconds() - asked.startSeconds, told: oddities.told() };
  const cost = reading.isConnectionUsable ? 0 : (memory.costs.get(view.name) ?? 0) + 1;
  if (cost === 0) memory.costs.delete(view.name);
  else memory.costs.set(view.name, cost);
  if (reading.failure === null) memory.batch.failing.delete(view.name);
  else memory.batch.failing.add(view.name);
  recordReading(view, { ...reading, ...asked, ...end, cost }, { progress, clock, memory, plan });
  return reading;
}

/** When a view was asked, or the batch that it was in. */
export interface Asked {
  /** On the monotonic clock. */
  readonly startSeconds: number;
  /** Unix seconds. */
  readonly atSeconds: number;
  readonly isAlone: boolean;
}

/** How reading a view went. */
export interface Taken extends RowsReading, Asked {
  readonly durationSeconds: number;
  readonly told: ToldOddities;
  /** How many times in a row it was the end of the connection. */
  readonly cost: number;
}

interface RecordOptions extends Pick<Asking, 'clock' | 'memory' | 'plan'> {
  readonly progress: Progress;
}

/** Records what a view gave, for this poll and for those in which it is not due. */
export function recordReading(view: View, taken: Taken, { progress, clock, memory, plan }: RecordOptions): void {
  const { failure, durationSeconds, told, startSeconds, cost } = taken;
  const rows = sharedRows(memory.kept.get(view.name)?.rows ?? null, taken.rows);
  const readTimestampSeconds = failure === null ? clock.nowSeconds() : null;
  const reading: ViewReading = {
    ...{ durationSeconds, failure, readTimestampSeconds },
    ...(taken.isAlone ? {} : { askedTimestampSeconds: taken.atSeconds }),
    ...(told.words.length === 0 ? {} : { oddities: told.words }),
    ...(told.unreadable.length === 0 ? {} : { unreadableColumns: told.unreadable }),
  };
  record(view.name, { rows, reading }, progress);
  if (failure === null) progress.fresh.add(view.name);
  memory.kept.set(view.name, {
    ...{ rows, reading, triedAtSeconds: startSeconds },
    restSeconds: restAfter(reading, plan, cost),
  });
  if (view.name === 'server' && failure === null) recordServer(taken, progress, memory);
}

/** The server read its clock about half a round trip after it was asked: at the beginning of a batch, however long that is. */
function recordServer({ atSeconds, durationSeconds, isAlone }: Taken, progress: Progress, memory: ViewMemory): void {
  const facts = progress.rows.server?.[0];
  if (facts === undefined) return;
  const { batch } = memory;
  memory.facts = facts;
  const shortest = Math.min(batch.roundTripSeconds ?? durationSeconds, durationSeconds);
  if (isAlone || batch.roundTripSeconds !== null) batch.roundTripSeconds = shortest;
  const isOwn = facts.isClockRead !== false;
  progress.clockOffsetSeconds = isOwn ? facts.utcTimestampSeconds - (atSeconds + shortest / 2) : null;
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
