import type { ErrorLogSchedule } from '../../config/config.ts';
import {
  type ErrorLogPosition,
  type ErrorLogState,
  foldErrorLog,
  type LoggedError,
  lookBackMilliseconds,
  readsFrom,
  recentErrors,
  startOfErrorLog,
} from '../../model/error-log.ts';
import type { MessagePattern } from '../../model/error-log-entry.ts';
import type { Failure } from '../../model/failure-reason.ts';
import type { Permission } from '../../model/server.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { Connection } from '../../sql/connection.ts';
import { endLimit } from '../../threads/abort-signals.ts';
import type { Clock } from '../time/clock.ts';
import { type ErrorLogQuery, type ErrorLogReading, readErrorLog, readMessagePatterns } from './read.ts';

interface CollectRequest {
  readonly connection: Connection;
  /** What the poll just before saw: the server's clock and what the login may do. */
  readonly snapshot: Snapshot;
  readonly signal: AbortSignal;
  /** The next poll is due then, on the monotonic clock: reading ends before it. */
  readonly untilSeconds: number;
}

export interface Collection {
  readonly state: ErrorLogState;
  readonly isConnectionUsable: boolean;
}

/** Counts the errors in a server's error log. Not for two reads at a time. */
interface ErrorLogCollector {
  /** Reads what is new when that is due; null when it is not. Never rejects. */
  readonly collect: (request: CollectRequest) => Promise<Collection | null>;
}

/** What is remembered from one read to the next. */
interface Memory {
  position: ErrorLogPosition | null;
  /** The texts, and the connection over which they were read. */
  patterns: { readonly connection: Connection; readonly value: readonly MessagePattern[] } | null;
  /** What the login was allowed when the server refused the log: it is not asked again before that changes. */
  refused: { readonly connection: Connection; readonly permissions: string } | null;
  dueSeconds: number;
  state: ErrorLogState | null;
}

export function createErrorLogCollector(schedule: ErrorLogSchedule, clock: Clock): ErrorLogCollector {
  const memory: Memory = {
    position: null,
    patterns: null,
    refused: null,
    dueSeconds: Number.NEGATIVE_INFINITY,
    state: null,
  };

  async function collect(request: CollectRequest): Promise<Collection | null> {
    const start = clock.monotonicSeconds();
    const { server, views } = request.snapshot;
    // Entries carry the server's local time: what is new can't be told without its zone.
    const { localOffsetSeconds } = server;
    if (localOffsetSeconds === null) return null;
    const localMilliseconds = (server.utcTimestampSeconds + localOffsetSeconds) * 1000;
    // From the first poll on, though the first read may fail: what comes later is no history.
    memory.position ??= startOfErrorLog(localMilliseconds);
    if (start < memory.dueSeconds || start >= request.untilSeconds) return null;
    memory.dueSeconds = start + schedule.intervalSeconds;
    const { connection, signal } = request;
    const permissions = JSON.stringify(views.permissions);
    if (memory.refused?.connection === connection && memory.refused.permissions === permissions) return null;
    const limit = clock.timeLimit(Math.min(schedule.timeoutSeconds, request.untilSeconds - start));
    const query = { connection, signal, limit };
    const missing = errorLogPermission(views.permissions);
    const reading = missing === null ? await readWith(memory, memory.position, query) : notPermitted(missing);
    endLimit(limit);
    const failure = 'failure' in reading ? reading.failure : null;
    memory.refused = failure?.reason === 'permission' ? { connection, permissions } : null;
    let added: ReadonlyMap<number, number> = new Map();
    let recent = memory.state?.recent;
    if ('entries' in reading) {
      const patterns = memory.patterns?.value ?? [];
      recent = recentErrors(recent ?? [], { entries: reading.entries, patterns }, localOffsetSeconds);
      const folded = foldErrorLog(memory.position, { entries: reading.entries, localMilliseconds, patterns });
      memory.position = folded.position;
      added = folded.counts;
    }
    const end = { nowSeconds: clock.nowSeconds(), durationSeconds: clock.monotonicSeconds() - start };
    memory.state = stateAfter(memory.state, failure, { added, recent, ...end });
    return { state: memory.state, isConnectionUsable: 'failure' in reading ? reading.isConnectionUsable : true };
  }

  return { collect };
}

async function readWith(memory: Memory, from: ErrorLogPosition, query: ErrorLogQuery): Promise<ErrorLogReading> {
  const { connection } = query;
  if (memory.patterns?.connection !== connection) {
    const value = await readMessagePatterns(query);
    if (value !== null) memory.patterns = { connection, value };
  }
  // What happened before the start is told too: the first read looks back, as the server sends the whole file anyway.
  const since = readsFrom(from) - (memory.state?.recent === undefined ? lookBackMilliseconds : 0);
  return readErrorLog(from, since, query);
}

function notPermitted(name: string): ErrorLogReading {
  const message = `the login lacks ${name}: grant it, or set error_log.enabled to false`;
  return { failure: { reason: 'permission', message, errorNumber: null }, isConnectionUsable: true };
}

interface End {
  readonly added: ReadonlyMap<number, number>;
  readonly recent: readonly LoggedError[] | undefined;
  readonly nowSeconds: number;
  readonly durationSeconds: number;
}

function stateAfter(
  before: ErrorLogState | null,
  failure: Failure | null,
  { added, recent, nowSeconds, durationSeconds }: End,
): ErrorLogState {
  const counts = new Map(before?.counts);
  for (const [number, count] of added) counts.set(number, (counts.get(number) ?? 0) + count);
  const readTimestampSeconds = failure === null ? nowSeconds : null;
  return {
    reading: { durationSeconds, failure, readTimestampSeconds },
    counts,
    ...(recent === undefined ? {} : { recent }),
  };
}

/**
 * The permission that the login lacks to read the error log; null when it may ask. SQL Server 2022 and managed instances
 * have VIEW ANY ERROR LOG for it; where the server does not know that name, VIEW SERVER STATE decides. Of what was not
 * seen nothing is concluded.
 */
export function errorLogPermission(permissions: readonly Permission[] | null): string | null {
  const held = (name: string): boolean | null =>
    permissions?.find((permission) => permission.name === name)?.held ?? null;
  const newer = held('VIEW ANY ERROR LOG');
  if (newer !== null) return newer ? null : 'VIEW ANY ERROR LOG';
  return held('VIEW SERVER STATE') === false ? 'VIEW SERVER STATE' : null;
}
