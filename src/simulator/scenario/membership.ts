import { databaseIdentity } from '../world/pair-topology.ts';
import type { DatabaseState, LinkState } from '../world/state.ts';
import type { LinkIdentity, Topology } from '../world/topology.ts';
import { copyAsOf, healthyLink } from './link-states.ts';
import { type Frame, type Stage, still } from './stage.ts';

/** Databases that are in the groups of one end only, and databases of a group that are nobody's. */
export const membershipStages = {
  'database-not-copied': still(
    'database-not-copied',
    "The last database of each link was added to the primary's own group, and nothing has copied it.",
    (frame, identity) => withLast(frame, identity, { joined: false, seeding: [] }),
  ),
  'database-copy-removed': still(
    'database-copy-removed',
    "The copy of the last database of each link was taken out of the secondary's group (SET HADR OFF).",
    (frame, identity) =>
      withLast(frame, identity, { joined: false, inGroup: { sqlServer: true, managedInstance: false } }),
  ),
  'database-orphaned': still(
    'database-orphaned',
    'The last database of each link was taken out at the primary only: an orphan of it stays at the secondary.',
    (frame, identity) =>
      withLast(frame, identity, {
        inGroup: { sqlServer: false, managedInstance: true },
        movement: 'stopped',
        ...copyAsOf(frame.happenedAtMilliseconds),
      }),
  ),
  'contained-group': {
    ...still(
      'contained-group',
      "The link is in good order, and SQL Server's own group is a contained one with a master and an msdb of its own.",
      healthyLink,
    ),
    topology: containedGroups,
  },
} as const satisfies Record<string, Stage>;

function withLast(frame: Frame, identity: LinkIdentity, change: Partial<DatabaseState>): LinkState {
  const link = healthyLink(frame, identity);
  const last = link.databases.length - 1;
  return {
    ...link,
    databases: link.databases.map((database, index) => (index === last ? { ...database, ...change } : database)),
  };
}

/** The databases of contained groups come after those of all links. */
function containedGroups(ordinary: Topology): Topology {
  const { startMilliseconds, seed } = ordinary;
  const linked = ordinary.links.reduce((sum, { databases }) => sum + databases.length, 0);
  return {
    ...ordinary,
    links: ordinary.links.map((link, index) => ({
      ...link,
      containedDatabases: ['master', 'msdb'].map((system, offset) =>
        databaseIdentity({ options: { startMilliseconds }, seed }, link.name, [
          `${link.members.sqlServer.groupName}_${system}`,
          linked + index * 2 + offset,
        ]),
      ),
    })),
  };
}
