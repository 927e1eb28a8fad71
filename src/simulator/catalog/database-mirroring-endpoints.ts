import { coded, nullable, required, sqlTypes } from './column.ts';
import { endpointColumns } from './endpoints.ts';
import type { Table } from './table.ts';

/** sys.database_mirroring_endpoints: the endpoint that carries the link. */
export const databaseMirroringEndpoints: Table = {
  schema: 'sys',
  name: 'database_mirroring_endpoints',
  access: 'definition',
  columns: [
    ...endpointColumns,
    ...coded('role'),
    required('is_encryption_enabled', sqlTypes.bit),
    required('connection_auth', sqlTypes.tinyint),
    nullable('connection_auth_desc', sqlTypes.description),
    required('certificate_id', sqlTypes.int),
    ...coded('encryption_algorithm'),
  ],
};
