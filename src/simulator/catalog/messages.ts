import { nullable, nvarchar, required, sqlTypes } from './column.ts';
import type { Table } from './table.ts';

/** sys.messages: the text of each number in each language. */
export const messages: Table = {
  schema: 'sys',
  name: 'messages',
  access: 'public',
  columns: [
    required('message_id', sqlTypes.int),
    required('language_id', sqlTypes.smallint),
    nullable('severity', sqlTypes.tinyint),
    required('is_event_logged', sqlTypes.bit),
    required('text', nvarchar(2048)),
  ],
};
