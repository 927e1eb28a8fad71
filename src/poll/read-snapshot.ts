import type { Failure } from '../model/failure-reason.ts';
import type { ServerFacts } from '../model/server.ts';
import type { Snapshot, ViewName, ViewReading, ViewRows } from '../model/snapshot.ts';
import { classifyError, isStatementError } from '../sql/classify-error.ts';
import type { Connection } from '../sql/connection.ts';
import { ColumnError } from '../views/column.ts';
import { pollingOrder } from '../views/index.ts';
import type { View } from '../views/view.ts';
import type { Clock } from './clock.ts';

/** Without these a poll says nothing: what the server is, and how its replicas stand. */
const essential: ReadonlySet<ViewName> = new Set(['server', 'availability_replica_states']);

/** SQL Server's "Invalid column name". */
const invalidColumnName = 207;

export interface ReadOptions {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Views that answered "invalid column name" to their newer columns; a view is added when that happens. */
  readonly withoutNewerColumns: Set<ViewName>;
}

/** What reading all views gave; `views` holds a reading of each view that was tried. */
export interface SnapshotReading {
  readonly views: ReadonlyMap<ViewName, ViewReading>;
  readonly result:
    | { readonly kind: 'ok'; readonly snapshot: Snapshot }
    | { readonly kind: 'failed'; readonly view: ViewName; readonly failure: Failure };
  /** Whether the connection can serve the next poll. */
  readonly isConnectionUsable: boolean;
}

type Rows = { [Name in ViewName]?: readonly ViewRows[Name][] };

/**
 * Reads every view once, one after another. A view that the server refuses is not seen and the rest goes on; the poll
 * fails when the connection does, or when an essential view can't be read.
 */
export async function readSnapshot(options: ReadOptions): Promise<SnapshotReading> {
  const views = new Map<ViewName, ViewReading>();
  const rows: Rows = {};
  let clockOffsetSeconds = 0;
  for (const view of pollingOrder) {
    const start = options.clock.monotonicSeconds();
    const askedAt = options.clock.nowSeconds();
    const facts = rows.server?.[0] ?? null;
    const reading = await readView(view, facts, options);
    const durationSeconds = options.clock.monotonicSeconds() - start;
    views.set(view.name, { durationSeconds, failure: reading.failure });
    if (reading.failure && (essential.has(view.name) || !reading.isConnectionUsable)) {
      const result = { kind: 'failed', view: view.name, failure: reading.failure } as const;
      return { views, result, isConnectionUsable: reading.isConnectionUsable };
    }
    Object.assign(rows, { [view.name]: reading.rows });
    if (view.name === 'server') {
      // The server read its clock about half way through the round trip.
      const answer = rows.server?.[0]?.utcTimestampSeconds ?? askedAt;
      clockOffsetSeconds = answer - (askedAt + durationSeconds / 2);
    }
  }
  return { views, result: { kind: 'ok', snapshot: snapshotOf(rows, clockOffsetSeconds) }, isConnectionUsable: true };
}

interface RowsReading {
  readonly rows: readonly unknown[] | null;
  readonly failure: Failure | null;
  readonly isConnectionUsable: boolean;
}

async function readView(view: View, facts: ServerFacts | null, options: ReadOptions): Promise<RowsReading> {
  const { connection, signal, withoutNewerColumns } = options;
  try {
    const records = await connection.query(view.sql(withoutNewerColumns.has(view.name) ? null : facts), signal);
    const rows = view.parse(records, { localOffsetSeconds: facts?.localOffsetSeconds ?? 0 });
    if (view.name === 'server' && rows.length !== 1) throw new ColumnError(`server gave ${rows.length} rows, not one`);
    return { rows, failure: null, isConnectionUsable: true };
  } catch (error) {
    if (error instanceof ColumnError) {
      return failed({ reason: 'protocol', message: error.message, errorNumber: null }, true);
    }
    const failure = classifyError(error);
    if (failure.errorNumber === invalidColumnName && view.hasNewerColumns) withoutNewerColumns.add(view.name);
    return failed(failure, isStatementError(error) && !signal.aborted);
  }
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
    },
  };
}
