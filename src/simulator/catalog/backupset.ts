import type { SqlType } from '../sql-type.ts';
import { nullable, nvarchar, required, sqlTypes } from './column.ts';
import type { Table } from './table.ts';

const bytes: SqlType = { name: 'numeric', precision: 20, scale: 0 };

/** msdb.dbo.backupset: a subset of the documented columns, in their order. A table, not a view: SELECT on it has to be granted. */
export const backupset: Table = {
  database: 'msdb',
  schema: 'dbo',
  name: 'backupset',
  access: 'select',
  columns: [
    required('backup_set_id', sqlTypes.int),
    required('media_set_id', sqlTypes.int),
    nullable('name', sqlTypes.sysname),
    nullable('user_name', sqlTypes.sysname),
    nullable('first_lsn', sqlTypes.lsn),
    nullable('last_lsn', sqlTypes.lsn),
    nullable('database_creation_date', sqlTypes.datetime),
    nullable('backup_start_date', sqlTypes.datetime),
    nullable('backup_finish_date', sqlTypes.datetime),
    nullable('type', { name: 'char', length: 1 }),
    nullable('backup_size', bytes),
    nullable('database_name', sqlTypes.sysname),
    nullable('server_name', sqlTypes.sysname),
    nullable('machine_name', sqlTypes.sysname),
    nullable('recovery_model', nvarchar(60)),
    nullable('is_copy_only', sqlTypes.bit),
    nullable('compressed_backup_size', bytes),
  ],
};
