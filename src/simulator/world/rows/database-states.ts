import type { Row } from '../../row.ts';
import { coded, type TextOf } from '../codes.ts';
import { lastCommitMilliseconds, lastWriteMilliseconds } from '../log-position.ts';
import { blockLsn, maximumLsn, recordLsn } from '../log-sequence-number.ts';
import type { DatabaseState } from '../state.ts';
import { databaseHealth, isReplicated, ownSynchronization } from '../synchronization.ts';
import { type DatabaseIdentity, type EndName, otherEnd } from '../topology.ts';
import {
  containedDatabases,
  copyState,
  databaseGroup,
  type EndView,
  type LinkView,
  localTime,
  logAt,
} from '../view.ts';

const bytesPerKilobyte = 1024;
const redoRateKilobytesPerSecond = 24_576n;

/**
 * sys.dm_hadr_database_replica_states. As primary: the database in the server's own group, in the distributed group, and the
 * partner's copy with queues, rates and lag. As secondary: the own group and the local copy, without what only a primary knows.
 */
export function databaseStateRows(view: EndView): readonly Row[] {
  return view.links.flatMap((link) => [
    ...link.state.databases.filter(({ inGroup }) => inGroup[view.end]).flatMap((each) => linkedRows(view, link, each)),
    ...containedDatabases(view, link).map((identity) => containedRow(view, link, identity)),
  ]);
}

function linkedRows(view: EndView, link: LinkView, database: DatabaseState): readonly Row[] {
  if (link.role === 'PRIMARY') {
    const partner = isReplicated(database) ? [partnerCopyRow(view, link, database)] : [];
    return [ownGroupRow(view, link, database), primaryRow(view, link, database), ...partner];
  }
  return database.joined ? [ownGroupRow(view, link, database), localCopyRow(view, link, database)] : [];
}

/** A system database of a contained group: in that group only. */
function containedRow(view: EndView, link: LinkView, identity: DatabaseIdentity): Row {
  const end = view.world.nowMilliseconds;
  return {
    database_id: identity.databaseIds[view.end],
    group_database_id: identity.groupDatabaseId,
    group_id: link.self.groupId,
    replica_id: link.self.replicaId,
    is_local: true,
    is_primary_replica: true,
    ...ownCondition('SYNCHRONIZED', 'HEALTHY', 'ONLINE'),
    is_commit_participant: true,
    last_commit_time: view.local(end),
    is_internal: false,
  };
}

/** The database in the server's own group, whose only replica is this server: synchronous, and always in step with itself. */
function ownGroupRow(view: EndView, link: LinkView, database: DatabaseState): Row {
  const end = link.role === 'PRIMARY' ? view.world.nowMilliseconds : database.hardenedAsOfMilliseconds;
  const state = database.states[view.end] ?? 'ONLINE';
  return {
    ...identityOf(view, database),
    group_id: link.self.groupId,
    replica_id: link.self.replicaId,
    is_local: true,
    is_primary_replica: true,
    ...(state === 'ONLINE'
      ? ownCondition('SYNCHRONIZED', 'HEALTHY', state)
      : ownCondition('NOT SYNCHRONIZING', 'NOT_HEALTHY', state)),
    is_commit_participant: state === 'ONLINE',
    ...hardened(view, link, { database, milliseconds: end }),
    ...ends(view, link, { database, milliseconds: end }),
    last_commit_time: commitTime(view, link, end),
    recovery_lsn: blockLsn(database.identity.logBaseBytes),
    truncation_lsn: blockLsn(logAt(view, link, { database, milliseconds: database.hardenedAsOfMilliseconds })),
    low_water_mark_for_ghosts: BigInt(Math.floor(end / 1000)),
    is_internal: false,
  };
}

/** The primary's own database in the distributed group; asynchronous, it has no hardened LSN to wait for. */
function primaryRow(view: EndView, link: LinkView, database: DatabaseState): Row {
  const now = view.world.nowMilliseconds;
  const databaseState = database.states[view.end] ?? 'ONLINE';
  const state = ownSynchronization(link.state, databaseState);
  const group = databaseGroup(view, link, database);
  const minimum = { database, milliseconds: database.hardenedAsOfMilliseconds };
  return {
    ...identityOf(view, database),
    group_id: group.groupId,
    replica_id: group.selfReplicaId,
    is_local: true,
    is_primary_replica: true,
    ...ownCondition(state, databaseHealth(link.state, state), databaseState),
    is_commit_participant: link.state.mode === 'SYNCHRONOUS_COMMIT',
    ...(link.state.mode === 'SYNCHRONOUS_COMMIT' ? hardened(view, link, minimum) : {}),
    ...ends(view, link, { database, milliseconds: now }),
    last_commit_time: commitTime(view, link, now),
    recovery_lsn: blockLsn(database.identity.logBaseBytes),
    truncation_lsn: blockLsn(logAt(view, link, minimum)),
    low_water_mark_for_ghosts: BigInt(Math.floor(now / 1000)),
    is_internal: group.isInternal,
  };
}

/** The partner's copy as the primary knows it from the partner's last report. */
function partnerCopyRow(view: EndView, link: LinkView, database: DatabaseState): Row {
  const now = view.world.nowMilliseconds;
  const group = databaseGroup(view, link, database);
  const position = (milliseconds: number): number => logAt(view, link, { database, milliseconds });
  const sent = position(database.sentAsOfMilliseconds);
  return {
    ...identityOf(view, database),
    group_id: group.groupId,
    replica_id: group.otherReplicaId,
    is_local: false,
    is_primary_replica: false,
    ...copyColumns(view, link, { database, end: otherEnd(view.end) }),
    last_sent_lsn: blockLsn(sent),
    last_sent_time: view.local(database.sentAsOfMilliseconds),
    log_send_queue_size: kilobytes(position(now) - sent),
    log_send_rate: kilobytes(database.identity.logBytesPerSecond),
    filestream_send_rate: 0n,
    secondary_lag_seconds: lagSeconds(database, lastWriteMilliseconds(link.state, now)),
  };
}

/** The secondary's copy as the secondary itself knows it. */
function localCopyRow(view: EndView, link: LinkView, database: DatabaseState): Row {
  const group = databaseGroup(view, link, database);
  return {
    ...identityOf(view, database),
    group_id: group.groupId,
    replica_id: group.selfReplicaId,
    is_local: true,
    is_primary_replica: false,
    ...copyColumns(view, link, { database, end: view.end }),
    last_received_lsn: blockLsn(logAt(view, link, { database, milliseconds: database.hardenedAsOfMilliseconds })),
    last_received_time: view.local(database.hardenedAsOfMilliseconds),
    low_water_mark_for_ghosts: BigInt(Math.floor(database.redoneAsOfMilliseconds / 1000)),
  };
}

function copyColumns(
  view: EndView,
  link: LinkView,
  { database, end }: { readonly database: DatabaseState; readonly end: EndName },
): Row {
  const { hardenedAsOfMilliseconds, redoneAsOfMilliseconds } = database;
  const position = (milliseconds: number): number => logAt(view, link, { database, milliseconds });
  const state = copyState(view, link, database);
  return {
    ...coded('synchronization_state', state),
    is_commit_participant: state === 'SYNCHRONIZED',
    ...coded('synchronization_health', databaseHealth(link.state, state)),
    ...coded('database_state', database.states[end] ?? 'ONLINE'),
    ...suspension(database.suspended),
    ...hardened(view, link, { database, milliseconds: hardenedAsOfMilliseconds }),
    last_redone_lsn: recordLsn(position(redoneAsOfMilliseconds)),
    last_redone_time: view.local(redoneAsOfMilliseconds),
    redo_queue_size: kilobytes(position(hardenedAsOfMilliseconds) - position(redoneAsOfMilliseconds)),
    redo_rate: redoRateKilobytesPerSecond,
    end_of_log_lsn: blockLsn(position(hardenedAsOfMilliseconds)),
    last_commit_lsn: recordLsn(position(redoneAsOfMilliseconds)),
    last_commit_time: commitTime(view, link, redoneAsOfMilliseconds),
    recovery_lsn: maximumLsn,
    truncation_lsn: blockLsn(position(redoneAsOfMilliseconds)),
    is_internal: databaseGroup(view, link, database).isInternal,
  };
}

interface LogInstant {
  readonly database: DatabaseState;
  readonly milliseconds: number;
}

function hardened(view: EndView, link: LinkView, at: LogInstant): Row {
  return {
    last_hardened_lsn: blockLsn(logAt(view, link, at)),
    last_hardened_time: view.local(lastWriteMilliseconds(link.state, at.milliseconds)),
  };
}

function ends(view: EndView, link: LinkView, at: LogInstant): Row {
  const bytes = logAt(view, link, at);
  return { end_of_log_lsn: blockLsn(bytes), last_commit_lsn: recordLsn(bytes) };
}

/** Commits carry the clock of the end that made them, so a secondary shows the primary's local time, unchanged. */
function commitTime(view: EndView, link: LinkView, milliseconds: number): string {
  return localTime(view.world.topology.servers[link.writer], lastCommitMilliseconds(link.state, milliseconds));
}

/** Goes on growing while data movement is suspended, and reads 0 meanwhile as long as nothing is written. */
function lagSeconds(database: DatabaseState, writtenAtMilliseconds: number): bigint {
  const behind = Math.max(writtenAtMilliseconds - database.hardenedAsOfMilliseconds, 0);
  return BigInt(Math.floor(behind / 1000));
}

/** What a row says of a database that waits for nobody. */
function ownCondition(
  synchronization: TextOf<'synchronization_state'>,
  health: TextOf<'synchronization_health'>,
  state: TextOf<'database_state'>,
): Row {
  return {
    ...coded('synchronization_state', synchronization),
    ...coded('synchronization_health', health),
    ...coded('database_state', state),
    ...suspension(null),
  };
}

function suspension(reason: TextOf<'suspend_reason'> | null): Row {
  return { is_suspended: reason !== null, ...coded('suspend_reason', reason) };
}

function identityOf(view: EndView, { identity }: DatabaseState): Row {
  return { database_id: identity.databaseIds[view.end], group_database_id: identity.groupDatabaseId };
}

function kilobytes(bytes: number): bigint {
  return BigInt(Math.max(Math.floor(bytes / bytesPerKilobyte), 0));
}
