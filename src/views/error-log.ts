import type { ErrorLogEntry } from '../model/error-log.ts';
import { ColumnError, type ColumnType, checkRecord, type RecordOf } from './column.ts';

const columns = {
  LogDate: 'datetime',
  ProcessInfo: 'nvarchar null',
  Text: 'nvarchar null',
} as const satisfies Readonly<Record<string, ColumnType>>;

/**
 * The error log of SQL Server (type 1). 0 is the present file, 1 the one before it. The procedure has no filter by time:
 * the server reads the whole file each time, which is why this is no view of every poll.
 */
export function errorLogStatement(file: 0 | 1): string {
  return `EXEC sys.sp_readerrorlog ${file}, 1`;
}

/** One row of sp_readerrorlog. Throws ColumnError when it is not what the procedure promises. */
export function errorLogEntry(record: Readonly<Record<string, unknown>>): ErrorLogEntry {
  checkRecord('error_log', columns, record);
  // checkRecord has compared every value with the type that its column promises.
  const { LogDate, ProcessInfo, Text } = record as RecordOf<typeof columns>;
  if (Number.isNaN(LogDate.getTime())) throw new ColumnError('error_log.LogDate is a date that no calendar holds');
  return { localMilliseconds: LogDate.getTime(), process: ProcessInfo ?? '', text: Text ?? '' };
}
