import { disconnected, healthyLink } from './link-states.ts';
import { type Stage, still } from './stage.ts';

/** Endpoints that would not let a new connection in, most of them beside a connection that stands. */
export const endpointStages = {
  'endpoint-stopped': {
    ...still('endpoint-stopped', "SQL Server's endpoint is stopped; the connection that stands goes on.", healthyLink),
    endpoints: { sqlServer: { state: 'STOPPED' } },
  },
  'endpoint-encryption-differs': {
    ...still(
      'endpoint-encryption-differs',
      "SQL Server's endpoint encrypts with RC4 only and the managed instance's with AES; the connection that stands goes on.",
      healthyLink,
    ),
    endpoints: { sqlServer: { encryption: 'RC4' } },
  },
  'endpoint-unencrypted': {
    ...still(
      'endpoint-unencrypted',
      "SQL Server's endpoint does not encrypt, which the managed instance demands; the connection that stands goes on.",
      healthyLink,
    ),
    endpoints: { sqlServer: { encryption: 'NONE' } },
  },
  'endpoint-windows-only': {
    ...still(
      'endpoint-windows-only',
      "SQL Server's endpoint takes Windows authentication only; the connection that stands goes on.",
      healthyLink,
    ),
    endpoints: { sqlServer: { authentication: 'NEGOTIATE' } },
  },
  'endpoint-elsewhere': {
    ...still(
      'endpoint-elsewhere',
      "The ends are disconnected: SQL Server's endpoint listens on one address only and on port 5024, the group says port 5022.",
      disconnected,
    ),
    endpoints: { sqlServer: { port: 5024, ipAddress: '10.0.0.5' } },
  },
} as const satisfies Record<string, Stage>;
