import { type MessagePattern, messagePattern, numbersLoggedAsText } from '../model/error-log-message.ts';
import { type ColumnType, checkRecord, type RecordOf } from './column.ts';

const columns = { message_id: 'int', text: 'nvarchar' } as const satisfies Readonly<Record<string, ColumnType>>;

/** The texts, in every language that the server has, of messages that the error log shows without their number. */
export const messagesStatement: string = `SELECT message_id, text FROM sys.messages WHERE message_id IN (${numbersLoggedAsText.join(', ')})`;

/** Patterns that find those messages again. Throws ColumnError when a row is not what the columns promise. */
export function messagePatterns(records: readonly Readonly<Record<string, unknown>>[]): readonly MessagePattern[] {
  return records.flatMap((record) => {
    checkRecord('messages', columns, record);
    const { message_id, text } = record as RecordOf<typeof columns>;
    return messagePattern(message_id, text) ?? [];
  });
}
