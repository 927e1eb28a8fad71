import type { Row } from '../../instance.ts';
import { coded, type TextOf } from '../codes.ts';
import type { DatabaseState, LinkState } from '../state.ts';
import { databaseSynchronization } from '../synchronization.ts';
import type { EndView } from '../view.ts';

const systemDatabases = ['master', 'tempdb', 'model', 'msdb'] as const;
const systemCreatedAtMilliseconds = Date.UTC(2024, 2, 14, 9, 26, 53);

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
  const linked = view.world.links.flatMap((link) =>
    link.databases
      .filter((database) => existsOn(view, link, database))
      .map((database) => linkedDatabase(view, link, database)),
  );
  return [...system, ...linked];
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
    database.seeding.some((attempt) => attempt.reachedPhysicalSeeding)
  );
}

function linkedDatabase(view: EndView, link: LinkState, database: DatabaseState): Row {
  const { identity } = database;
  const restoring = link.roles[view.end] !== 'PRIMARY' && !database.joined;
  const state: TextOf<'database_state'> = restoring ? 'RESTORING' : 'ONLINE';
  const joinedHere = link.present && !restoring;
  return {
    ...common(view),
    name: identity.name,
    database_id: identity.databaseIds[view.end],
    create_date: view.local(link.identity.createdAtMilliseconds),
    collation_name: restoring ? null : view.self.collation,
    ...coded('database_state', state, 'state'),
    recovery_model: 1,
    recovery_model_desc: 'FULL',
    ...logReuse(view, link, database),
    replica_id: joinedHere ? link.identity.members[view.end].replicaId : null,
    group_database_id: joinedHere ? identity.groupDatabaseId : null,
    physical_database_name: identity.physicalNames[view.end],
  };
}

/** The log of a primary can't be reused while a copy that should get it does not move. */
function logReuse(view: EndView, link: LinkState, database: DatabaseState): Row {
  const waits =
    link.present &&
    link.roles[view.end] === 'PRIMARY' &&
    database.joined &&
    databaseSynchronization(link, database, view.world.nowMilliseconds) === 'NOT SYNCHRONIZING';
  return waits
    ? { log_reuse_wait: 9, log_reuse_wait_desc: 'AVAILABILITY_REPLICA' }
    : { log_reuse_wait: 0, log_reuse_wait_desc: 'NOTHING' };
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
  };
}
