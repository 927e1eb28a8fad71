import type { MirroringEndpoint, TcpEndpoint } from '../../model/endpoint.ts';
import { type Family, family } from '../family.ts';
import { answeredServers, flag, known } from './made-of.ts';

const view = 'sys.database_mirroring_endpoints';

/** Whether the endpoint encrypts, and how: `NONE` when it does not, empty when the server does not say. */
function encryptionOf(endpoint: MirroringEndpoint): string {
  if (endpoint.isEncryptionEnabled === false) return 'NONE';
  return endpoint.encryptionAlgorithm ?? '';
}

function portOf(endpoint: MirroringEndpoint, listeners: readonly TcpEndpoint[] | null): string {
  const port = listeners?.find(({ endpointId }) => endpointId === endpoint.endpointId)?.port ?? null;
  return port === null ? '' : String(port);
}

export const endpointStarted = family({
  name: 'milink_endpoint_started',
  help: `Whether state_desc of the database mirroring endpoint in ${view} is STARTED: 1 or 0. A stopped endpoint listens but does not answer.`,
  type: 'gauge',
  labels: ['server', 'mirroring_endpoint'],
  source: `${view}.state_desc`,
  samples: (state) =>
    answeredServers(state).flatMap(({ server, snapshot }) =>
      (snapshot.views.database_mirroring_endpoints ?? []).flatMap((endpoint) =>
        known(
          { server, mirroring_endpoint: endpoint.name },
          flag(endpoint.state === null ? null : endpoint.state === 'STARTED'),
        ),
      ),
    ),
});

export const endpointInfo = family({
  name: 'milink_endpoint_info',
  help: `The database mirroring endpoint: encryption_algorithm_desc (NONE when it does not encrypt) and connection_auth_desc from ${view}, port from sys.tcp_endpoints. Empty where it could not be seen.`,
  type: 'info',
  labels: ['server', 'mirroring_endpoint', 'port', 'encryption', 'authentication'],
  source: `${view}, sys.tcp_endpoints`,
  samples: (state) =>
    answeredServers(state).flatMap(({ server, snapshot: { views } }) =>
      (views.database_mirroring_endpoints ?? []).map((endpoint) => ({
        labels: {
          server,
          mirroring_endpoint: endpoint.name,
          port: portOf(endpoint, views.tcp_endpoints),
          encryption: encryptionOf(endpoint),
          authentication: endpoint.connectionAuthentication ?? '',
        },
        value: 1,
      })),
    ),
});

/** The database mirroring endpoints, which carry the link. */
export const endpointFamilies: readonly Family[] = [endpointStarted, endpointInfo];
