import type { ErrorLogEntry } from '../model/error-log.ts';
import { ColumnError, type ColumnType, plannedColumns, type RecordOf } from './column.ts';
import { enter } from './entry.ts';

const declared = {
  LogDate: 'datetime',
  ProcessInfo: 'nvarchar null',
  Text: 'nvarchar null',
} as const satisfies Readonly<Record<string, ColumnType>>;

const entrance = {
  columns: plannedColumns(declared),
  // An entry is as long as it is: the driver's limits bound it.
  lengths: { ProcessInfo: Number.POSITIVE_INFINITY, Text: Number.POSITIVE_INFINITY },
  localOffsetSeconds: null,
  tell: () => undefined,
};

/**
 * The error log of SQL Server (type 1). 0 is the present file, 1 the one before it. The procedure has no filter by time:
 * the server reads the whole file each time, which is why this is no view of every poll.
 */
export function errorLogStatement(file: 0 | 1): string {
  return `EXEC sys.sp_readerrorlog ${file}, 1`;
}

/** One row of sp_readerrorlog. Throws ColumnError for one without a date. */
export function errorLogEntry(record: Readonly<Record<string, unknown>>): ErrorLogEntry {
  const entered = enter(record, entrance);
  if (entered === null) throw new ColumnError('error_log.LogDate is missing or no date');
  // `enter` has made every value what its column promises.
  const { LogDate, ProcessInfo, Text } = entered as RecordOf<typeof declared>;
  return { localMilliseconds: LogDate.getTime(), process: ProcessInfo ?? '', text: Text ?? '' };
}
