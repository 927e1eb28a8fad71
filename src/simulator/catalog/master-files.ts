import { coded, nullable, nvarchar, required, sqlTypes } from './column.ts';
import type { Table } from './table.ts';

/** sys.master_files: a subset of the documented columns, in their order. Sizes are pages of 8 KiB. */
export const masterFiles: Table = {
  schema: 'sys',
  name: 'master_files',
  access: 'definition',
  columns: [
    required('database_id', sqlTypes.int),
    required('file_id', sqlTypes.int),
    nullable('file_guid', sqlTypes.guid),
    required('type', sqlTypes.tinyint),
    nullable('type_desc', sqlTypes.description),
    required('data_space_id', sqlTypes.int),
    required('name', sqlTypes.sysname),
    required('physical_name', nvarchar(260)),
    ...coded('state'),
    required('size', sqlTypes.int),
    required('max_size', sqlTypes.int),
    required('growth', sqlTypes.int),
    required('is_media_read_only', sqlTypes.bit),
    required('is_read_only', sqlTypes.bit),
    required('is_sparse', sqlTypes.bit),
    required('is_percent_growth', sqlTypes.bit),
  ],
};
