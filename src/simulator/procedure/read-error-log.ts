import { nvarchar, sqlTypes } from '../catalog/column.ts';
import type { Procedure, ProcedureCall, ProcedureResult } from '../instance.ts';
import type { SqlErrorInfo } from '../session.ts';
import type { SqlValue } from '../sql-type.ts';
import type { ErrorLogEntry } from '../world/state.ts';

/** What the two procedures read from. */
export interface ErrorLogSource {
  /** `VIEW SERVER STATE`, or `VIEW ANY ERROR LOG` since SQL Server 2022. */
  readonly permission: string;
  /** Entries with the server's local time as their date; null for a file that does not exist. */
  read(file: number): readonly ErrorLogEntry[] | null;
  localTime(unixMilliseconds: number): string;
}

const sqlServerLog = 1;
const filters = { type: nvarchar(4000), whenLeftOut: null };
const moment = { type: sqlTypes.datetime, whenLeftOut: null };
const sharedParameters = [
  { name: '@p1', type: sqlTypes.int, whenLeftOut: 0 },
  { name: '@p2', type: sqlTypes.int, whenLeftOut: null },
  { name: '@p3', ...filters },
  { name: '@p4', ...filters },
] as const;

/** The types of ProcessInfo and Text are not documented: their lengths are a guess. */
const columns = [
  { name: 'LogDate', type: sqlTypes.datetime, nullable: true },
  { name: 'ProcessInfo', type: nvarchar(50), nullable: true },
  { name: 'Text', type: nvarchar(4000), nullable: true },
] as const;

/** sp_readerrorlog: log number, 1 for SQL Server's own log, and up to two texts that an entry has to contain. */
export function readErrorLog(source: ErrorLogSource): Procedure {
  return {
    parameters: sharedParameters,
    columns,
    run: (call) => (call.holds(source.permission) ? entriesOf(source, call) : { error: callerDenied }),
  };
}

/** xp_readerrorlog: as sp_readerrorlog, then first and last time, and `desc` for the newest first. */
export function readErrorLogExtended(source: ErrorLogSource): Procedure {
  return {
    parameters: [
      ...sharedParameters,
      { name: '@p5', ...moment },
      { name: '@p6', ...moment },
      { name: '@p7', type: nvarchar(4), whenLeftOut: 'asc' },
    ],
    columns,
    // On a real server EXECUTE on it has to be granted; here the log's permission stands for that (not verified).
    run: (call) => (call.holds(source.permission) ? entriesOf(source, call) : { error: executeDenied }),
  };
}

function entriesOf(source: ErrorLogSource, { values }: ProcedureCall): ProcedureResult {
  const [file, log, first, second, from, until, order] = values;
  if ((log ?? sqlServerLog) !== sqlServerLog) return { rows: [] };
  const entries = source.read(Number(file ?? 0));
  if (entries === null) return { error: noSuchFile };
  const rows = entries
    .filter(({ text }) => contains(text, first) && contains(text, second))
    .map(({ atMilliseconds, process, text }): readonly SqlValue[] => [source.localTime(atMilliseconds), process, text])
    .filter(([date]) => (from ?? null) === null || String(date) >= String(from))
    .filter(([date]) => (until ?? null) === null || String(date) <= String(until));
  return { rows: String(order ?? 'asc').toLowerCase() === 'desc' ? rows.toReversed() : rows };
}

function contains(text: string, wanted: SqlValue | undefined): boolean {
  return (wanted ?? null) === null || text.toLowerCase().includes(String(wanted).toLowerCase());
}

/** What sp_readerrorlog raises; the number is that of its source as published, the words are the simulator's. */
const callerDenied: SqlErrorInfo = {
  number: 27_219,
  state: 1,
  class: 16,
  line: 1,
  procedure: 'sp_readerrorlog',
  message: 'The caller does not have the permissions that reading the error log needs.',
};

const executeDenied: SqlErrorInfo = {
  number: 229,
  state: 5,
  class: 14,
  line: 1,
  procedure: 'xp_readerrorlog',
  message:
    "The EXECUTE permission was denied on the object 'xp_readerrorlog', database 'mssqlsystemresource', schema 'sys'.",
};

const noSuchFile: SqlErrorInfo = {
  number: 22_004,
  state: 1,
  class: 16,
  line: 1,
  procedure: 'xp_readerrorlog',
  message: "xp_readerrorlog() returned error 2, 'The system cannot find the file specified.'",
};
