import { databaseIdentity, linkIdentity } from '../world/pair-topology.ts';
import type { LinkState } from '../world/state.ts';
import type { LinkIdentity, ServerIdentity, Topology } from '../world/topology.ts';
import { disconnected, healthyLink, withPrimary } from './link-states.ts';
import { type Frame, type Stage, still } from './stage.ts';

/** Links between servers that are not of the ordinary kind, and groups beside the links. */
export const serverStages = {
  'ordinary-group': {
    ...still(
      'ordinary-group',
      'The link is in good order, and SQL Server is also the forwarder of an ordinary distributed group between two SQL Servers.',
      healthyLink,
    ),
    others: (frame) => [ordinaryGroup(frame)],
  },
  'case-sensitive': {
    ...still(
      'case-sensitive',
      'The servers tell capital letters from small ones, and of two databases whose names differ only in them one is in no link.',
      withoutTwin,
    ),
    topology: caseSensitive,
  },
  'one-way-version': {
    ...still(
      'one-way-version',
      'The link is in good order, on a SQL Server 2019, from which a failover ends the link.',
      healthyLink,
    ),
    topology: (ordinary) => withSqlServer(ordinary, (server) => ({ ...server, ...version2019 })),
  },
  'always-up-to-date': {
    ...still(
      'always-up-to-date',
      'The link is in good order, and the managed instance is always up to date, so there is no way back from it.',
      healthyLink,
    ),
    topology: (ordinary) => ({
      ...ordinary,
      servers: {
        ...ordinary.servers,
        managedInstance: { ...ordinary.servers.managedInstance, productUpdateType: 'Continuous' },
      },
    }),
  },
  'instance-updating': {
    ...still(
      'instance-updating',
      'The link is in good order, and Azure is changing the size of the managed instance.',
      healthyLink,
    ),
    azure: { instanceState: 'Updating', operation: 'UPDATE MANAGED SERVER' },
  },
  'instance-stopped': {
    ...still(
      'instance-stopped',
      'Somebody stopped the managed instance: SQL Server, the primary, has lost its connection to it.',
      disconnected,
    ),
    down: ['managedInstance'],
    azure: { instanceState: 'Stopped' },
  },
  'commit-modes-differ': still(
    'commit-modes-differ',
    'SQL Server has been made synchronous for the link, the managed instance is still asynchronous.',
    (frame, identity) => ({
      ...healthyLink(frame, identity),
      mode: 'SYNCHRONOUS_COMMIT',
      storedModes: { managedInstance: 'ASYNCHRONOUS_COMMIT' },
    }),
  ),
} as const satisfies Record<string, Stage>;

const version2019: Partial<ServerIdentity> = {
  version: { managedInstance: false, major: 15 },
  productVersion: '15.0.4312.2',
  productLevel: 'RTM',
  compatibilityLevel: 150,
};

/** A pair whose SQL Server, every node of it, is another. */
export function withSqlServer(ordinary: Topology, change: (server: ServerIdentity) => ServerIdentity): Topology {
  const { servers, sqlServerNodes } = ordinary;
  return {
    ...ordinary,
    servers: { ...servers, sqlServer: change(servers.sqlServer) },
    sqlServerNodes: sqlServerNodes.map(change),
  };
}

/** A distributed group of two SQL Servers, whose primary is far away and not of this pair. */
function ordinaryGroup(frame: Frame): LinkState {
  const { startMilliseconds, seed, servers, links } = frame.topology;
  const made = linkIdentity(
    { link: 'DAG_Reports', databases: ['Reports'] },
    {
      options: { startMilliseconds },
      servers: { ...servers, managedInstance: { endpointUrl: 'tcp://sql-far-01.corp.example:5022' } },
      seed,
      databasesBefore: countOf(links),
    },
  );
  const identity: LinkIdentity = {
    ...made,
    ends: ['sqlServer'],
    members: { ...made.members, managedInstance: { ...made.members.managedInstance, groupName: 'AG_Reports_Far' } },
  };
  return {
    ...withPrimary(healthyLink(frame, identity), 'managedInstance'),
    present: { sqlServer: true, managedInstance: false },
  };
}

/** Both servers compare by case, and each link has a second database whose name differs from the first one's in case only. */
function caseSensitive(ordinary: Topology): Topology {
  const collation = 'SQL_Latin1_General_CP1_CS_AS';
  const { startMilliseconds, seed, links } = ordinary;
  const withCollation = withSqlServer(ordinary, (server) => ({ ...server, collation }));
  const { servers } = withCollation;
  const linked = countOf(links);
  return {
    ...withCollation,
    servers: { ...servers, managedInstance: { ...servers.managedInstance, collation } },
    links: links.map((link, index) => {
      const [first] = link.databases;
      if (first === undefined) return link;
      const name = first.name === first.name.toLowerCase() ? first.name.toUpperCase() : first.name.toLowerCase();
      const twin = databaseIdentity({ options: { startMilliseconds }, seed }, link.name, [name, linked + index]);
      return { ...link, databases: [...link.databases, twin] };
    }),
  };
}

function withoutTwin(frame: Frame, identity: LinkIdentity): LinkState {
  const link = healthyLink(frame, identity);
  const last = link.databases.length - 1;
  return {
    ...link,
    databases: link.databases.map((database, index) =>
      index === last
        ? { ...database, joined: false, seeding: [], inGroup: { sqlServer: false, managedInstance: false } }
        : database,
    ),
  };
}

function countOf(links: readonly LinkIdentity[]): number {
  return links.reduce((sum, { databases }) => sum + databases.length, 0);
}
