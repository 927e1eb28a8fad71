import { view } from './view.ts';

/** Where endpoints listen: joined to the mirroring endpoint here, not in SQL. */
export const tcpEndpoints = view({
  name: 'tcp_endpoints',
  source: 'sys.tcp_endpoints',
  columns: { endpoint_id: 'int', port: 'int null', ip_address: 'nvarchar null' },
  parse: (record) => ({ endpointId: record.endpoint_id, port: record.port, ipAddress: record.ip_address }),
});
