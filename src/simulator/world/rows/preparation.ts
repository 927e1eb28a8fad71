import type { Row } from '../../row.ts';
import { guid } from '../guid.ts';
import { blockLsn } from '../log-sequence-number.ts';
import type { Preparation } from '../preparation.ts';
import type { EndView } from '../view.ts';
import { databaseRows } from './databases.ts';

const firstUserDatabase = 5;
const madeAtMilliseconds = Date.UTC(2024, 2, 14, 9, 26, 53);

function preparationOf({ world, end }: EndView): Preparation {
  return world.preparation[end];
}

/** sys.symmetric_keys of master: the service master key, and the database master key where there is one. */
export function symmetricKeyRows(view: EndView): readonly Row[] {
  const keys = [
    ...(preparationOf(view).hasMasterKey ? [{ name: '##MS_DatabaseMasterKey##', symmetric_key_id: 101 }] : []),
    { name: '##MS_ServiceMasterKey##', symmetric_key_id: 102 },
  ];
  return keys.map((key) => ({
    ...key,
    principal_id: 1,
    key_length: 256,
    key_algorithm: 'A3',
    algorithm_desc: 'AES_256',
    create_date: view.local(madeAtMilliseconds),
    modify_date: view.local(madeAtMilliseconds),
    key_guid: guid(view.world.topology.seed, 'symmetric key', key.name, view.end),
  }));
}

export function hostInfoRows(view: EndView): readonly Row[] {
  const isLinux = preparationOf(view).platform === 'Linux';
  return [
    {
      host_platform: isLinux ? 'Linux' : 'Windows',
      host_distribution: isLinux ? 'Ubuntu' : 'Windows Server 2022 Datacenter',
      host_release: isLinux ? '22.04' : '10.0',
      host_service_pack_level: '',
      host_sku: isLinux ? null : 8,
      os_language_version: 0,
    },
  ];
}

export function clusterRows(): readonly Row[] {
  return [
    {
      cluster_name: 'sql-cluster',
      quorum_type: 3,
      quorum_type_desc: 'CLOUD_WITNESS',
      quorum_state: 1,
      quorum_state_desc: 'NORMAL_QUORUM',
    },
  ];
}

export function serverServiceRows(view: EndView): readonly Row[] {
  const { agent } = preparationOf(view);
  const instance = view.self.serverName.split('\\')[1] ?? 'MSSQLSERVER';
  const services = [
    { servicename: `SQL Server (${instance})`, isRunning: true },
    ...(agent === 'absent' ? [] : [{ servicename: `SQL Server Agent (${instance})`, isRunning: agent === 'running' }]),
  ];
  return services.map(({ servicename, isRunning }) => ({
    servicename,
    startup_type: 2,
    startup_type_desc: 'Automatic',
    status: isRunning ? 4 : 1,
    status_desc: isRunning ? 'Running' : 'Stopped',
    process_id: isRunning ? 2204 : null,
    service_account: 'NT Service\\MSSQLSERVER',
  }));
}

export function extendedEventSessionRows(view: EndView): readonly Row[] {
  const names = [
    'hkenginexesession',
    'system_health',
    ...(preparationOf(view).hasHealthSession ? ['AlwaysOn_health'] : []),
  ];
  return names.map((name, index) => ({
    address: new Uint8Array([0, 0, 1, 0, 0, 0, 0, index + 1]),
    name,
    create_time: view.local(view.world.topology.startMilliseconds - 86_400_000),
  }));
}

/** Procedures that came with the builds that support a link: 14.0.3456 to 14.0.3489 lack them. */
const linkProcedures = ['sp_certificate_add_issuer', 'sp_get_endpoint_certificate'];
const lowestWithProcedures: Readonly<Record<number, string>> = { 13: '13.0.7000', 14: '14.0.3490', 15: '15.0.4312' };

/** sys.all_objects: of all system objects those that were asked for. */
export function allObjectRows({ self }: EndView): readonly Row[] {
  const lowest = lowestWithProcedures[self.version.major];
  const isSupported = self.version.managedInstance || lowest === undefined || self.productVersion >= lowest;
  const names = ['sp_readerrorlog', ...(isSupported ? linkProcedures : [])];
  return names.map((name, index) => ({
    name,
    object_id: -1000 - index,
    schema_id: 4,
    parent_object_id: 0,
    type: 'P ',
    type_desc: 'SQL_STORED_PROCEDURE',
    create_date: '2024-03-14T09:26:53.000',
    modify_date: '2024-03-14T09:26:53.000',
    is_ms_shipped: true,
  }));
}

/** sys.server_principals: the logins that both ends have. */
export function serverPrincipalRows(view: EndView): readonly Row[] {
  return ['sa', 'app_sales', 'app_reports'].map((name, index) => ({
    name,
    principal_id: index === 0 ? 1 : 260 + index,
    sid: new Uint8Array(Buffer.from(guid(view.world.topology.seed, 'login', name).replaceAll('-', ''), 'hex')),
    type: 'S',
    type_desc: 'SQL_LOGIN',
    is_disabled: index === 0,
    create_date: view.local(madeAtMilliseconds),
    modify_date: view.local(madeAtMilliseconds),
  }));
}

function userDatabases(view: EndView): readonly Row[] {
  return databaseRows(view).filter((row) => Number(row.database_id) >= firstUserDatabase);
}

/** sys.database_recovery_status: without a full backup, and in the recovery model SIMPLE, no backup of the log can follow. */
export function databaseRecoveryStatusRows(view: EndView): readonly Row[] {
  const { hasFullBackup, recoveryModel } = preparationOf(view).databases;
  const hasChain = hasFullBackup && recoveryModel !== 'SIMPLE';
  return databaseRows(view).map((row) => {
    const name = String(row.name);
    const isUsers = Number(row.database_id) >= firstUserDatabase;
    return {
      database_id: Number(row.database_id),
      database_guid: guid(view.world.topology.seed, 'database', name),
      family_guid: guid(view.world.topology.seed, 'family', name),
      last_log_backup_lsn: isUsers && hasChain && row.state_desc === 'ONLINE' ? blockLsn(1_048_576) : null,
      recovery_fork_guid: guid(view.world.topology.seed, 'fork', name),
      first_recovery_fork_guid: guid(view.world.topology.seed, 'fork', name),
      fork_point_lsn: null,
    };
  });
}

/** sys.filegroups of one database. */
export function filegroupRows(view: EndView, database: string): readonly Row[] {
  const isUsers = userDatabases(view).some((row) => String(row.name).toLowerCase() === database.toLowerCase());
  const further = isUsers ? preparationOf(view).databases.furtherFilegroups : [];
  return ['FG', ...further].map((type, index) => ({
    name: index === 0 ? 'PRIMARY' : `further_${index}`,
    data_space_id: index === 0 ? 1 : 65_536 + index,
    type,
    type_desc:
      { FG: 'ROWS_FILEGROUP', FD: 'FILESTREAM_DATA_FILEGROUP', FX: 'MEMORY_OPTIMIZED_DATA_FILEGROUP' }[type] ?? null,
    is_default: index === 0,
    is_system: false,
    is_read_only: false,
  }));
}

export function encryptionKeyRows(view: EndView): readonly Row[] {
  const { encryptor } = preparationOf(view).databases;
  if (encryptor === null) return [];
  return userDatabases(view).map((row) => ({
    database_id: Number(row.database_id),
    encryption_state: 3,
    create_date: view.local(madeAtMilliseconds),
    key_algorithm: 'AES',
    key_length: 256,
    encryptor_thumbprint: new Uint8Array(20).fill(0xa5),
    encryptor_type: encryptor,
    percent_complete: 0,
    encryption_state_desc: 'ENCRYPTED',
  }));
}

export function versionStoreRows(view: EndView): readonly Row[] {
  const { versionStoreFilegroup } = preparationOf(view).databases;
  if (versionStoreFilegroup === null) return [];
  return userDatabases(view).map((row) => ({
    database_id: Number(row.database_id),
    pvs_filegroup_id: versionStoreFilegroup,
    persistent_version_store_size_kb: 512n,
    online_index_version_store_size_kb: 0n,
    current_aborted_transaction_count: 0n,
  }));
}

export function serverResourceRows(view: EndView): readonly Row[] {
  const { tier, virtualCores, reservedStorageMegabytes } = preparationOf(view);
  const { nowMilliseconds } = view.world;
  return [0, 1, 2].map((back) => ({
    start_time: view.utc(nowMilliseconds - (back + 1) * 15_000),
    end_time: view.utc(nowMilliseconds - back * 15_000),
    resource_type: 'SQL Managed Instance',
    resource_name: view.self.hostName.split('.')[0] ?? '',
    sku: tier,
    hardware_generation: 'Gen5',
    virtual_core_count: virtualCores,
    avg_cpu_percent: '12.50',
    reserved_storage_mb: BigInt(reservedStorageMegabytes),
    storage_space_used_mb: '20480.00',
  }));
}
