import type { LinkState } from '../world/state.ts';
import type { LinkIdentity } from '../world/topology.ts';
import { disconnected, healthyLink } from './link-states.ts';
import { type Frame, type Stage, still } from './stage.ts';

/** Before a link, and between its ends: servers that are not ready for one, and networks that do not carry it. */
export const preparationStages = {
  'not-prepared': {
    ...still(
      'not-prepared',
      'There is no link yet, and a dozen things stand in its way: preflight finds them.',
      notMade,
    ),
    endpoints: { sqlServer: { authentication: 'NEGOTIATE' } },
    preparation: {
      sqlServer: {
        isHadrEnabled: false,
        hasMasterKey: false,
        hasImportedCertificates: false,
        traceFlags: [],
        hasHealthSession: false,
        leftOverCertificates: ['TEST_CERT'],
        leftOverJobs: ['TestMILinkConnection'],
        databases: {
          recoveryModel: 'SIMPLE',
          hasFullBackup: false,
          isAutoCloseOn: true,
          versionStoreFilegroup: null,
          isBrokerEnabled: false,
          logFiles: 2,
        },
      },
      managedInstance: { leftOverJobs: ['NetHelper'] },
    },
  },
  'network-blocked-to-managed-instance': {
    ...still(
      'network-blocked-to-managed-instance',
      'The ends are disconnected: a firewall drops what SQL Server sends to the node of the managed instance; test-network finds it.',
      disconnected,
    ),
    network: [{ from: 'sqlServer', to: 'node', outcome: 'filtered' }],
  },
  'network-blocked-to-sql-server': {
    ...still(
      'network-blocked-to-sql-server',
      'The ends are disconnected: a firewall drops what the managed instance sends to SQL Server; test-network finds it.',
      disconnected,
    ),
    network: [{ from: 'managedInstance', to: 'server', outcome: 'filtered' }],
  },
} as const satisfies Record<string, Stage>;

/** The databases are SQL Server's alone, in no group. */
function notMade(frame: Frame, identity: LinkIdentity): LinkState {
  const link = healthyLink(frame, identity);
  return {
    ...link,
    present: { sqlServer: false, managedInstance: false },
    databases: link.databases.map((database) => ({ ...database, joined: false, seeding: [] })),
  };
}
