import type { TextOf } from '../world/codes.ts';
import { sqlServerNodeAfter } from '../world/server-identity.ts';
import type { Topology } from '../world/topology.ts';
import { copyAsOf, healthyLink, linkWith } from './link-states.ts';
import { type Stage, still } from './stage.ts';

const hourMilliseconds = 3_600_000;

/** Primaries of which something is wrong on their own side. */
export const ownSideStages = {
  'primary-failed': still(
    'primary-failed',
    "SQL Server, the primary, reports its own member as FAILED and not healthy, while the partner's copies go on.",
    (frame, identity) => ({ ...healthyLink(frame, identity), operation: { sqlServer: 'FAILED' } }),
  ),
  'primary-database-suspect': primaryDatabases(
    'primary-database-suspect',
    'The databases of SQL Server, the primary, are suspect: nobody can use them.',
    'SUSPECT',
  ),
  'primary-database-recovery-pending': primaryDatabases(
    'primary-database-recovery-pending',
    'SQL Server, the primary, has restarted and can not recover its databases: a file or memory is missing.',
    'RECOVERY_PENDING',
  ),
  'local-node-disconnected': {
    ...still(
      'local-node-disconnected',
      "The link is in good order, but the primary has lost the other node of SQL Server's own groups, and its log waits for it.",
      healthyLink,
    ),
    lostNode: 1,
    topology: withSecondNode,
  },
  'log-backup-missing': still(
    'log-backup-missing',
    "The link is in good order, but nobody has backed up the primary's log for 26 hours.",
    (frame, identity) => ({
      ...healthyLink(frame, identity),
      lastLogBackupMilliseconds: frame.topology.startMilliseconds - 26 * hourMilliseconds,
    }),
  ),
} as const satisfies Record<string, Stage>;

/** Nothing is written to databases in such a state, and nothing is sent. */
function primaryDatabases(name: string, description: string, state: TextOf<'database_state'>): Stage {
  return still(name, description, (frame, identity) => ({
    ...linkWith(frame, identity, { states: { sqlServer: state }, ...copyAsOf(frame.happenedAtMilliseconds) }),
    quietSinceMilliseconds: frame.happenedAtMilliseconds,
  }));
}

function withSecondNode(ordinary: Topology): Topology {
  const { sqlServerNodes, servers } = ordinary;
  return sqlServerNodes.length > 1
    ? ordinary
    : { ...ordinary, sqlServerNodes: [...sqlServerNodes, sqlServerNodeAfter(servers.sqlServer, 1)] };
}
