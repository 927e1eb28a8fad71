import { coded, nullable, required, sqlTypes } from './column.ts';
import type { Column, Table } from './table.ts';

/** The columns of sys.endpoints, which the more particular endpoint views inherit. */
export const endpointColumns: readonly Column[] = [
  required('name', sqlTypes.sysname),
  required('endpoint_id', sqlTypes.int),
  nullable('principal_id', sqlTypes.int),
  required('protocol', sqlTypes.tinyint),
  nullable('protocol_desc', sqlTypes.description),
  required('type', sqlTypes.tinyint),
  nullable('type_desc', sqlTypes.description),
  ...coded('state'),
  required('is_admin_endpoint', sqlTypes.bit),
];

/** sys.endpoints. */
export const endpoints: Table = { schema: 'sys', name: 'endpoints', access: 'definition', columns: endpointColumns };
