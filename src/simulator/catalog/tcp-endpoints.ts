import { nullable, nvarchar, required, sqlTypes } from './column.ts';
import { endpointColumns } from './endpoints.ts';
import type { Table } from './table.ts';

/** sys.tcp_endpoints: those of sys.endpoints whose protocol is TCP. */
export const tcpEndpoints: Table = {
  schema: 'sys',
  name: 'tcp_endpoints',
  access: 'definition',
  columns: [
    ...endpointColumns,
    required('port', sqlTypes.int),
    required('is_dynamic_port', sqlTypes.bit),
    nullable('ip_address', nvarchar(45)),
  ],
};
