import { view } from './view.ts';

/** The endpoint that carries availability groups, and so the link. */
export const databaseMirroringEndpoints = view({
  name: 'database_mirroring_endpoints',
  source: 'sys.database_mirroring_endpoints',
  columns: {
    endpoint_id: 'int',
    name: 'nvarchar',
    state_desc: 'nvarchar null',
    role_desc: 'nvarchar null',
    is_encryption_enabled: 'bit null',
    encryption_algorithm_desc: 'nvarchar null',
    connection_auth_desc: 'nvarchar null',
    certificate_id: 'int null',
  },
  parse: (record) => ({
    endpointId: record.endpoint_id,
    name: record.name,
    state: record.state_desc,
    role: record.role_desc,
    isEncryptionEnabled: record.is_encryption_enabled,
    encryptionAlgorithm: record.encryption_algorithm_desc,
    connectionAuthentication: record.connection_auth_desc,
    certificateId: record.certificate_id,
  }),
});
