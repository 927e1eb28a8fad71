import type { ErrorLogEntry } from '../model/error-log.ts';
import { type MessagePattern, messagePattern, numbersLoggedAsText } from '../model/error-log-entry.ts';
import { ColumnError, type ColumnType, plannedColumns, type RecordOf } from './column.ts';
import { enter } from './entry.ts';

const logColumns = {
  LogDate: 'datetime',
  ProcessInfo: 'nvarchar null',
  Text: 'nvarchar null',
} as const satisfies Readonly<Record<string, ColumnType>>;

const logEntrance = {
  columns: plannedColumns(logColumns),
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
  const entered = enter(record, logEntrance);
  if (entered === null) throw new ColumnError('error_log.LogDate is missing or no date');
  // `enter` has made every value what its column promises.
  const { LogDate, ProcessInfo, Text } = entered as RecordOf<typeof logColumns>;
  return { localMilliseconds: LogDate.getTime(), process: ProcessInfo ?? '', text: Text ?? '' };
}

const messageColumns = { message_id: 'int', text: 'nvarchar' } as const satisfies Readonly<Record<string, ColumnType>>;

const messageEntrance = {
  columns: plannedColumns(messageColumns),
  // sys.messages.text is nvarchar(2048).
  lengths: { text: 2048 },
  localOffsetSeconds: null,
  tell: () => undefined,
};

/** The texts, in every language that the server has, of messages that the error log shows without their number. */
export const messagesStatement: string = `SELECT message_id, text FROM sys.messages WHERE message_id IN (${numbersLoggedAsText.join(', ')})`;

/** Patterns that find those messages again. A row that is not what the columns promise finds none. */
export function messagePatterns(records: readonly Readonly<Record<string, unknown>>[]): readonly MessagePattern[] {
  return records.flatMap((record) => {
    const entered = enter(record, messageEntrance);
    if (entered === null) return [];
    const { message_id, text } = entered as RecordOf<typeof messageColumns>;
    return messagePattern(message_id, text) ?? [];
  });
}
