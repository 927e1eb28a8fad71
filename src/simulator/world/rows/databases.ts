import type { Row } from '../../row.ts';
import { coded } from '../codes.ts';
import type { DatabaseState, LinkState } from '../state.ts';
import { databaseSynchronization, isReplicated } from '../synchronization.ts';
import type { DatabaseIdentity } from '../topology.ts';
import { containedDatabases, type EndView } from '../view.ts';

const systemDatabases = ['master', 'tempdb', 'model', 'msdb'] as const;
export const systemCreatedAtMilliseconds = Date.UTC(2024, 2, 14, 9, 26, 53);

/** sys.databases: the system's, and the linked ones, which outlive their link. */
export function databaseRows(view: EndView): readonly Row[] {
  const system = systemDatabases.map((name, index) => ({
    ...common(view),
    name,
    database_id: index + 1,
    create_date: view.local(systemCreatedAtMilliseconds),
    ...coded('database_state', 'ONLINE', 'state'),
    recovery_model: 3,
    recovery_model_desc: 'SIMPLE',
    log_reuse_wait: 0,
    log_reuse_wait_desc: 'NOTHING',
    physical_database_name: name,
  }));
  const linked = view.world.links
    .filter(({ identity }) => identity.ends.includes(view.end))
    .flatMap((link) =>
      link.databases
        .filter((database) => existsOn(view, link, database))
        .map((database) => linkedDatabase(view, link, database)),
    );
  const contained = view.links.flatMap((link) =>
    containedDatabases(view, link).map((identity) => ({
      ...userDatabase(view, link.state, identity),
      ...logReuseWait(null),
      replica_id: link.self.replicaId,
      group_database_id: identity.groupDatabaseId,
    })),
  );
  return [...system, ...linked, ...contained];
}

/** Database names by id, as DB_NAME() gives them on this end. */
export function databaseNames(view: EndView): ReadonlyMap<number, string> {
  return new Map(databaseRows(view).map((row) => [Number(row.database_id), String(row.name)]));
}

/** The secondary's database exists from the first attempt that copies something on. */
function existsOn(view: EndView, link: LinkState, database: DatabaseState): boolean {
  return (
    link.roles[view.end] === 'PRIMARY' ||
    database.joined ||
    database.states[view.end] !== undefined ||
    database.seeding.some((attempt) => attempt.reachedPhysicalSeeding)
  );
}

function linkedDatabase(view: EndView, link: LinkState, database: DatabaseState): Row {
  const { identity } = database;
  const isUnjoined = link.roles[view.end] !== 'PRIMARY' && !database.joined;
  const state = database.states[view.end] ?? (isUnjoined ? 'RESTORING' : 'ONLINE');
  const joinedHere = link.present[view.end] && database.inGroup[view.end] && !isUnjoined;
  return {
    ...userDatabase(view, link, identity),
    collation_name: state === 'ONLINE' ? view.self.collation : null,
    ...coded('database_state', state, 'state'),
    ...logReuseWait(waitOfLog(view, link, database)),
    replica_id: joinedHere ? link.identity.members[view.end].replicaId : null,
    group_database_id: joinedHere ? identity.groupDatabaseId : null,
  };
}

function userDatabase(view: EndView, link: LinkState, identity: DatabaseIdentity): Row {
  return {
    ...common(view),
    name: identity.name,
    database_id: identity.databaseIds[view.end],
    create_date: view.local(link.identity.createdAtMilliseconds),
    ...coded('database_state', 'ONLINE', 'state'),
    ...preparedDatabase(view),
    physical_database_name: identity.physicalNames[view.end],
  };
}

const recoveryModels = { FULL: 1, BULK_LOGGED: 2, SIMPLE: 3 } as const;
const userAccesses = { MULTI_USER: 0, SINGLE_USER: 1, RESTRICTED_USER: 2 } as const;

/** What a database brings along, whatever its part in a link. */
function preparedDatabase({ world, end }: EndView): Row {
  const { recoveryModel, userAccess, ...prepared } = world.preparation[end].databases;
  return {
    recovery_model: recoveryModels[recoveryModel],
    recovery_model_desc: recoveryModel,
    user_access: userAccesses[userAccess],
    user_access_desc: userAccess,
    is_read_only: prepared.isReadOnly,
    is_auto_close_on: prepared.isAutoCloseOn,
    is_published: prepared.isPublished,
    is_broker_enabled: prepared.isBrokerEnabled,
    is_encrypted: prepared.encryptor !== null,
    is_accelerated_database_recovery_on: prepared.versionStoreFilegroup !== null,
  };
}

type LogReuseWait = 'LOG_BACKUP' | 'AVAILABILITY_REPLICA';
const logReuseWaits: Readonly<Record<LogReuseWait, number>> = { LOG_BACKUP: 2, AVAILABILITY_REPLICA: 9 };

function logReuseWait(wait: LogReuseWait | null): Row {
  return {
    log_reuse_wait: wait === null ? 0 : logReuseWaits[wait],
    log_reuse_wait_desc: wait ?? 'NOTHING',
  };
}

/**
 * The log of a primary can't be reused while a copy that should get it does not move, be it at the other end or on a node of
 * its own group, nor while nobody backs it up.
 */
function waitOfLog(view: EndView, link: LinkState, database: DatabaseState): LogReuseWait | null {
  if (link.roles[view.end] !== 'PRIMARY') return null;
  const { world } = view;
  const lacksCopy =
    link.present[view.end] &&
    isReplicated(database) &&
    databaseSynchronization(link, database, world.nowMilliseconds) === 'NOT SYNCHRONIZING';
  const lacksNode = link.present[view.end] && view.end === 'sqlServer' && world.lostNode !== null;
  if (lacksCopy || lacksNode) return 'AVAILABILITY_REPLICA';
  return link.lastLogBackupMilliseconds === null ? null : 'LOG_BACKUP';
}

function common(view: EndView): Row {
  return {
    owner_sid: new Uint8Array([1]),
    compatibility_level: view.self.compatibilityLevel,
    collation_name: view.self.collation,
    user_access: 0,
    user_access_desc: 'MULTI_USER',
    is_read_only: false,
    is_in_standby: false,
    is_encrypted: false,
    is_auto_close_on: false,
    is_published: false,
    is_broker_enabled: false,
    is_accelerated_database_recovery_on: false,
  };
}
