import { sqlTypes, varbinary } from '../catalog/column.ts';
import type { Procedure } from '../instance.ts';
import type { SqlErrorInfo } from '../session.ts';

const serviceBroker = 3;
const databaseMirroring = 4;

/**
 * sp_get_endpoint_certificate: the public part of the certificate that an endpoint uses, DER. 3 is Service Broker, which the
 * simulated servers have no endpoint for, 4 database mirroring. The permission it needs is not documented.
 */
export function endpointCertificate(mirroringCertificate: () => Uint8Array | null): Procedure {
  return {
    parameters: [{ name: '@endpoint_type', type: sqlTypes.int }],
    columns: [{ name: 'EndpointCertificatePublicKey', type: varbinary(8000), nullable: true }],
    run: ({ values: [type], holds }) => {
      if (!holds('VIEW ANY DEFINITION')) return { error: denied };
      if (type !== serviceBroker && type !== databaseMirroring) return { error: invalidType };
      const certificate = type === databaseMirroring ? mirroringCertificate() : null;
      return { rows: certificate === null ? [] : [[certificate]] };
    },
  };
}

const denied: SqlErrorInfo = {
  number: 15_247,
  state: 1,
  class: 16,
  line: 1,
  procedure: 'sp_get_endpoint_certificate',
  message: 'User does not have permission to perform this action.',
};

const invalidType: SqlErrorInfo = {
  number: 15_600,
  state: 1,
  class: 15,
  line: 1,
  procedure: 'sp_get_endpoint_certificate',
  message: "An invalid parameter or option was specified for procedure 'sp_get_endpoint_certificate'.",
};
