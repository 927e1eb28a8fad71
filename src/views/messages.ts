import { type MessagePattern, messagePattern, numbersLoggedAsText } from '../model/error-log-entry.ts';
import { type ColumnType, plannedColumns, type RecordOf } from './column.ts';
import { enter } from './entry.ts';

const declared = { message_id: 'int', text: 'nvarchar' } as const satisfies Readonly<Record<string, ColumnType>>;

const entrance = {
  columns: plannedColumns(declared),
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
    const entered = enter(record, entrance);
    if (entered === null) return [];
    const { message_id, text } = entered as RecordOf<typeof declared>;
    return messagePattern(message_id, text) ?? [];
  });
}
