import type { Row } from '../../row.ts';
import { coded } from '../codes.ts';
import type { DatabaseState } from '../state.ts';
import { type EndView, type LinkView, logAt, shownDatabaseName } from '../view.ts';
import { databaseRows, systemCreatedAtMilliseconds } from './databases.ts';

const kibibyte = 1024;
const mebibyte = 1024 * kibibyte;
const pageBytes = 8 * kibibyte;
const smallestFileBytes = 1024 * mebibyte;
const growthBytes = 64 * mebibyte;
/** PERF_COUNTER_LARGE_RAWCOUNT: the value as it is. */
const rawCount = 65_792;

interface Log {
  readonly name: string;
  readonly databaseId: number;
  readonly usedBytes: number;
  readonly sizeBytes: number;
  readonly limitBytes: number;
}

/** sys.dm_os_performance_counters: those of the logs, of each database and of all together. */
export function performanceCounterRows(view: EndView): readonly Row[] {
  const logs = logsOf(view);
  const sum = (value: (log: Log) => number): number => logs.reduce((bytes, log) => bytes + value(log), 0);
  const all = { name: '_Total', usedBytes: sum((log) => log.usedBytes), sizeBytes: sum((log) => log.sizeBytes) };
  const ofFiles = [...logs, all].flatMap(({ name, usedBytes, sizeBytes }) => [
    counter(name, 'Log File(s) Size (KB)', sizeBytes),
    counter(name, 'Log File(s) Used Size (KB)', usedBytes),
  ]);
  const users = databaseRows(view).filter((row) => Number(row.database_id) >= firstUserDatabase);
  return [...ofFiles, ...users.map((row) => flushed(view, String(row.name)))];
}

/** PERF_COUNTER_BULK_COUNT: bytes since the server was started, from which whoever reads twice makes a rate. */
const bulkCount = 272_696_576;

function flushed(view: EndView, instance: string): Row {
  const seconds = (view.world.nowMilliseconds - systemCreatedAtMilliseconds) / 1000;
  const { logBytesPerSecond } = view.world.preparation[view.end].databases;
  const value = BigInt(Math.floor(seconds * logBytesPerSecond));
  return { ...counter(instance, 'Log Bytes Flushed/sec', 0), cntr_value: value, cntr_type: bulkCount };
}

function counter(instance: string, name: string, bytes: number): Row {
  return {
    object_name: 'SQLServer:Databases'.padEnd(128),
    counter_name: name.padEnd(128),
    instance_name: instance.padEnd(128),
    cntr_value: BigInt(Math.floor(bytes / kibibyte)),
    cntr_type: rawCount,
  };
}

/** sys.master_files: a file of data and one of log per database. */
export function masterFileRows(view: EndView): readonly Row[] {
  const logs = new Map(logsOf(view).map((log) => [log.databaseId, log]));
  return databaseRows(view).flatMap((row) => {
    const databaseId = Number(row.database_id);
    const log = logs.get(databaseId);
    const name = String(row.name);
    return [
      { ...file(databaseId, name, 'ROWS'), size: 131_072, max_size: -1 },
      {
        ...file(databaseId, name, 'LOG'),
        size: (log?.sizeBytes ?? smallestFileBytes) / pageBytes,
        max_size: (log?.limitBytes ?? maximumBytes) / pageBytes,
      },
      ...(databaseId < firstUserDatabase ? [] : furtherFiles(view, databaseId, name)),
    ];
  });
}

/** The logs beside the first one, and the containers of FILESTREAM and memory-optimized data, which look alike here. */
function furtherFiles(view: EndView, databaseId: number, name: string): readonly Row[] {
  const { logFiles, furtherFilegroups } = view.world.preparation[view.end].databases;
  const logs = Array.from({ length: logFiles - 1 }, (_, index) => ({
    ...file(databaseId, `${name}_log${index + 2}`, 'LOG'),
    file_id: 3 + index,
    size: 8192,
    max_size: maximumBytes / pageBytes,
  }));
  const containers = furtherFilegroups.map((type, index) => ({
    ...file(databaseId, `${name}_${index + 2}`, 'ROWS'),
    ...(type === 'FG' ? {} : { type: 2, type_desc: 'FILESTREAM' }),
    file_id: 2 + logFiles + index + 1,
    data_space_id: 65_537 + index,
    size: 8192,
    max_size: -1,
  }));
  return [...logs, ...containers];
}

const firstUserDatabase = 5;

const maximumBytes = 268_435_456 * pageBytes;

function file(databaseId: number, name: string, type: 'ROWS' | 'LOG'): Row {
  const isLog = type === 'LOG';
  return {
    database_id: databaseId,
    file_id: isLog ? 2 : 1,
    type: isLog ? 1 : 0,
    type_desc: type,
    data_space_id: isLog ? 0 : 1,
    name: isLog ? `${name}_log` : name,
    physical_name: isLog ? `L:\\log\\${name}.ldf` : `D:\\data\\${name}.mdf`,
    ...coded('database_state', 'ONLINE', 'state'),
    growth: growthBytes / pageBytes,
    is_media_read_only: false,
    is_read_only: false,
    is_sparse: false,
    is_percent_growth: false,
  };
}

function logsOf(view: EndView): readonly Log[] {
  const shown = new Set(databaseRows(view).map((row) => Number(row.database_id)));
  return view.links.flatMap((link) =>
    link.state.databases
      .filter(({ identity }) => shown.has(identity.databaseIds[view.end]))
      .map((database) => logOf(view, link, database)),
  );
}

/** A primary keeps what its copy has not hardened; beside that a log holds a little, as after a backup of it. */
function logOf(view: EndView, link: LinkView, database: DatabaseState): Log {
  const { identity, logLimitBytes: limitBytes } = database;
  const position = (milliseconds: number): number => logAt(view, link, { database, milliseconds });
  const isHeld = link.role === 'PRIMARY' && database.joined;
  const held = isHeld ? position(view.world.nowMilliseconds) - position(database.hardenedAsOfMilliseconds) : 0;
  const usedBytes = Math.min(limitBytes, 24 * mebibyte + Math.max(held, 0));
  const grown = Math.ceil(usedBytes / growthBytes) * growthBytes;
  return {
    name: shownDatabaseName(view, identity),
    databaseId: identity.databaseIds[view.end],
    usedBytes,
    sizeBytes: Math.min(limitBytes, Math.max(smallestFileBytes, grown)),
    limitBytes,
  };
}
