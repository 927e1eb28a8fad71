import { hostOfEndpoint, isManagedInstanceHost, serverOfEndpoint } from '../../link/identity.ts';
import { type Condition, type Evidence, failed, fromRows, type Outcome, passed, untold, warned } from '../condition.ts';
import { replicas } from '../questions.ts';

const sqlServer = ['sql_server'] as const;
const create = ['create'] as const;
/** From 2017 on a server refuses what a link can't carry. */
const firstMajorThatRefuses = 14;

/** How the link is written down, and what it may carry afterwards. */
export const makingConditions: readonly Condition[] = [
  {
    id: 'member_address',
    title: "the managed instance's address in the link names its instance",
    level: 'blocker',
    goals: ['create', 'failover', 'failback'],
    sides: sqlServer,
    questions: [replicas],
    source: 'chapi-dev/sql-mi-link-demo: without ;Server=[name] the instance refuses (41976)',
    judge: addressOutcomes,
  },
  {
    id: 'several_databases',
    title: 'each database has a link of its own, or the link is one of several databases',
    level: 'advice',
    goals: create,
    sides: sqlServer,
    questions: [],
    source: 'Microsoft, link feature overview: single-database and multi-database mode',
    judge: severalDatabases,
  },
  {
    id: 'later_features',
    title: 'a feature that is added later can not break the link',
    level: 'permanent',
    goals: create,
    sides: sqlServer,
    questions: [],
    source: 'Microsoft, link feature overview: 2017 and later answer with an error, 2016 breaks the link',
    judge: ({ sqlServer: side }) => {
      if (side.facts === null) return [untold(side.server, `${side.why}.`)];
      return [
        side.facts.majorVersion >= firstMajorThatRefuses
          ? passed(side.server, 'it refuses what a managed instance does not have.')
          : warned(side.server, 'SQL Server 2016 does not refuse what a managed instance lacks: the link breaks then.'),
      ];
    },
  },
];

function addressOutcomes({ sqlServer: side, links }: Evidence): readonly Outcome[] {
  const ids = new Set(links.flatMap(({ ends }) => ends.map(({ groupId }) => groupId.toUpperCase())));
  return fromRows({ side, question: replicas }, (rows) =>
    rows
      .filter(({ group_id }) => ids.has(group_id.toUpperCase()))
      .filter(({ endpoint_url: url }) => isManagedInstanceHost(hostOfEndpoint(url) ?? ''))
      .map(({ endpoint_url: url }) =>
        serverOfEndpoint(url) === null
          ? failed(side.server, `${url} does not end in ;Server=[name], with the short name of the instance.`)
          : passed(side.server, `${url} names it.`),
      ),
  );
}

function severalDatabases({ databases, sqlServer: side }: Evidence): readonly Outcome[] {
  if (databases.length < 2) return [];
  if (side.facts === null) return [untold(side.server, `${side.why}.`)];
  const single = `${databases.length} databases are ${databases.length} groups and links`;
  const isStandard = /^Standard/i.test(side.facts.edition);
  return [
    warned(
      side.server,
      isStandard
        ? `${single}: Standard has no multi-database mode.`
        : `${single}, or one in multi-database mode: SQL Server 2022 CU27 or 2025 CU9, sp_multidb_milink, a name of lower-case letters, digits and hyphens, and no link of a single database beside it.`,
    ),
  ];
}
