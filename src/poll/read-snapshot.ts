import type { Failure } from '../model/failure-reason.ts';
import type { ServerFacts } from '../model/server.ts';
import type { Snapshot, ViewName, ViewReading, ViewRows } from '../model/snapshot.ts';
import { classifyError, isStatementError } from '../sql/classify-error.ts';
import { type Connection, TimeLimitError } from '../sql/connection.ts';
import { ColumnError } from '../views/column.ts';
import { gatherOddities, type Tell } from '../views/entry.ts';
import { pollingOrder } from '../views/index.ts';
import { isViewOf, type View } from '../views/view.ts';
import type { Clock } from './clock.ts';
import { isDue, type KeptView, type ViewPlans } from './view-schedule.ts';

/** Without these a poll says nothing: what the server is, and how its replicas stand. */
const essential: ReadonlySet<ViewName> = new Set(['server', 'availability_replica_states']);

/** SQL Server's "Invalid column name". */
const invalidColumnName = 207;

export interface ReadOptions {
  readonly connection: Connection;
  readonly clock: Clock;
  /** Aborts at the poll's time limit, and when the program stops. */
  readonly signal: AbortSignal;
  /** Aborts when the program stops: views with a time limit of their own come after the poll's. */
  readonly stop: AbortSignal;
  /** Views that answered "invalid column name" to their newer columns; a view is added when that happens. */
  readonly withoutNewerColumns: Set<ViewName>;
  readonly plans: ViewPlans;
  /** The last reading of each view that is not read in every poll, or not at once: renewed here. */
  readonly kept: Map<ViewName, KeptView>;
  /** Called when the slow views take long: role and health must not wait for them. */
  readonly onEarly: (early: SnapshotReading) => void;
  readonly earlyAfterSeconds: number;
}

/** What reading all views gave; `views` holds the latest reading of each view that was tried. */
export interface SnapshotReading {
  readonly views: ReadonlyMap<ViewName, ViewReading>;
  readonly result:
    | { readonly kind: 'ok'; readonly snapshot: Snapshot }
    | { readonly kind: 'failed'; readonly view: ViewName; readonly failure: Failure };
  /** Whether the connection can serve the next poll. */
  readonly isConnectionUsable: boolean;
}

type Rows = { [Name in ViewName]?: readonly ViewRows[Name][] };

/** How far a poll has come. */
interface Progress {
  readonly views: Map<ViewName, ViewReading>;
  readonly rows: Rows;
  clockOffsetSeconds: number;
  isConnectionUsable: boolean;
}

/**
 * Reads every view that is due once, one after another. A view that the server refuses is not seen and the rest goes on;
 * the poll fails when the connection does, or when an essential view can't be read. Views with a time limit of their own
 * come last: whatever becomes of them, the poll has succeeded by then.
 */
export async function readSnapshot(options: ReadOptions): Promise<SnapshotReading> {
  const progress: Progress = { views: new Map(), rows: {}, clockOffsetSeconds: 0, isConnectionUsable: true };
  const isLimited = (view: View): boolean => options.plans(view.name).timeoutSeconds !== null;
  for (const view of pollingOrder.filter((each) => !isLimited(each))) {
    const failure = await takeView(view, progress, options);
    if (failure === null || (progress.isConnectionUsable && !essential.has(view.name))) continue;
    const result = { kind: 'failed', view: view.name, failure } as const;
    return { views: progress.views, result, isConnectionUsable: progress.isConnectionUsable };
  }
  const limited = pollingOrder.filter(isLimited);
  for (const { name } of limited) takeKept(name, progress, options);
  await withEarlyWord(takeLimited(limited, progress, options), () => options.onEarly(succeeded(progress)), options);
  return succeeded(progress);
}

async function takeLimited(limited: readonly View[], progress: Progress, options: ReadOptions): Promise<void> {
  for (const view of limited) {
    if (progress.isConnectionUsable && !options.stop.aborted) await takeView(view, progress, options);
  }
}

/** Waits for `work`, and calls `tell` once if that takes long. */
async function withEarlyWord(
  work: Promise<void>,
  tell: () => void,
  { clock, earlyAfterSeconds }: ReadOptions,
): Promise<void> {
  const early = clock.timeLimit(earlyAfterSeconds);
  early.addEventListener('abort', tell, { once: true });
  try {
    await work;
  } finally {
    early.removeEventListener('abort', tell);
  }
}

/** Copies: what is read later does not change it. */
function succeeded({ views, rows, clockOffsetSeconds, isConnectionUsable }: Progress): SnapshotReading {
  const result = { kind: 'ok', snapshot: snapshotOf(rows, clockOffsetSeconds) } as const;
  return { views: new Map(views), result, isConnectionUsable };
}

/** Reads a view that is due, or takes its last reading. Returns why it could not be read now; null also when not due. */
async function takeView(view: View, progress: Progress, options: ReadOptions): Promise<Failure | null> {
  const { clock, kept, plans } = options;
  if (!isViewOf(view, progress.rows.server?.[0]?.engine ?? null)) return null;
  const plan = plans(view.name);
  const start = clock.monotonicSeconds();
  if (!isDue(kept.get(view.name), plan, start)) {
    takeKept(view.name, progress, options);
    return null;
  }
  const askedAt = clock.nowSeconds();
  const oddities = gatherOddities();
  const facts = progress.rows.server?.[0] ?? null;
  const { rows, failure, isConnectionUsable } = await readView(view, { facts, tell: oddities.tell }, options);
  const durationSeconds = clock.monotonicSeconds() - start;
  const readTimestampSeconds = failure === null ? clock.nowSeconds() : null;
  const told = oddities.told();
  const reading: ViewReading = {
    ...{ durationSeconds, failure, readTimestampSeconds },
    ...(told.length === 0 ? {} : { oddities: told }),
  };
  progress.views.set(view.name, reading);
  Object.assign(progress.rows, { [view.name]: rows });
  progress.isConnectionUsable = isConnectionUsable;
  if (plan.intervalSeconds !== null || plan.timeoutSeconds !== null) {
    kept.set(view.name, { rows, reading, triedAtSeconds: start });
  }
  if (view.name === 'server' && failure === null) {
    // The server read its clock about half way through the round trip.
    const answer = progress.rows.server?.[0]?.utcTimestampSeconds ?? askedAt;
    progress.clockOffsetSeconds = answer - (askedAt + durationSeconds / 2);
  }
  return failure;
}

function takeKept(name: ViewName, { views, rows }: Progress, { kept }: ReadOptions): void {
  const former = kept.get(name);
  if (former === undefined) return;
  views.set(name, former.reading);
  Object.assign(rows, { [name]: former.rows });
}

interface RowsReading {
  readonly rows: readonly unknown[] | null;
  readonly failure: Failure | null;
  readonly isConnectionUsable: boolean;
}

interface Known {
  readonly facts: ServerFacts | null;
  readonly tell: Tell;
}

async function readView(view: View, { facts, tell }: Known, options: ReadOptions): Promise<RowsReading> {
  const { withoutNewerColumns } = options;
  try {
    const batch = view.sql(withoutNewerColumns.has(view.name) ? null : facts);
    const records = await ask(batch, options.plans(view.name).timeoutSeconds, options);
    const rows = view.parse(records, { localOffsetSeconds: facts?.localOffsetSeconds ?? 0, tell });
    if (view.name === 'server' && rows.length !== 1) throw new ColumnError(`server gave ${rows.length} rows, not one`);
    return { rows, failure: null, isConnectionUsable: true };
  } catch (error) {
    if (error instanceof ColumnError) {
      return failed({ reason: 'protocol', message: error.message, errorNumber: null }, true);
    }
    const failure = classifyError(error);
    if (failure.errorNumber === invalidColumnName && view.hasNewerColumns) withoutNewerColumns.add(view.name);
    const isAborted = options.plans(view.name).timeoutSeconds === null && options.signal.aborted;
    return failed(failure, error instanceof TimeLimitError || (isStatementError(error) && !isAborted));
  }
}

/** A view with a limit of its own has that one only: the poll's is for those before it. */
function ask(
  batch: string,
  limitSeconds: number | null,
  { connection, clock, signal, stop }: ReadOptions,
): ReturnType<Connection['query']> {
  if (limitSeconds === null) return connection.query(batch, signal);
  return connection.query(batch, stop, clock.timeLimit(limitSeconds));
}

function failed(failure: Failure, isConnectionUsable: boolean): RowsReading {
  return { rows: null, failure, isConnectionUsable };
}

function snapshotOf(rows: Rows, clockOffsetSeconds: number): Snapshot {
  const { server, ...others } = rows;
  const facts = server?.[0];
  if (facts === undefined) throw new Error('the server view was not read');
  const { availability_groups, availability_replicas, availability_replica_states, certificates } = others;
  return {
    server: facts,
    clockOffsetSeconds,
    views: {
      permissions: others.permissions ?? null,
      availability_groups: availability_groups ?? null,
      availability_replicas: availability_replicas ?? null,
      availability_replica_states: availability_replica_states ?? null,
      physical_seeding_stats: others.physical_seeding_stats ?? null,
      automatic_seeding: others.automatic_seeding ?? null,
      certificates: certificates ?? null,
      database_mirroring_endpoints: others.database_mirroring_endpoints ?? null,
      tcp_endpoints: others.tcp_endpoints ?? null,
      databases: others.databases ?? null,
      database_replica_states: others.database_replica_states ?? null,
      endpoint_certificate: others.endpoint_certificate ?? null,
    },
  };
}
