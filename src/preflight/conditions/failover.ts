import type { FailoverCheck } from '../../link/data/database.ts';
import type { AssessedLink } from '../../link/data/link.ts';
import { allowsPlannedFailover } from '../../link/version.ts';
import {
  answerOf,
  type Condition,
  type Evidence,
  failed,
  fromRows,
  type Outcome,
  passed,
  untold,
  warned,
} from '../condition.ts';
import { logins, replicas, updatePolicy } from '../questions.ts';

const both = ['sql_server', 'managed_instance'] as const;
const managedInstance = ['managed_instance'] as const;
const failovers = ['failover', 'failback'] as const;
/** Microsoft's scripts for the link set it. */
const sessionTimeoutSeconds = 20;
const shownLogins = 5;

/** The links of the wanted databases; of every one where none is named. */
function linksOf({ links, databases }: Evidence): readonly AssessedLink[] {
  const wanted = new Set(databases.map((name) => name.toLowerCase()));
  return links.filter((link) => wanted.size === 0 || link.databases.some(({ name }) => wanted.has(name.toLowerCase())));
}

const statuses = { passed: 'passed', failed: 'failed', unknown: 'untold' } as const;

function checkOutcome(subject: string, { check, status, text, remark }: FailoverCheck): Outcome {
  const way =
    check === 'connected' && status === 'failed' ? ' milink-exporter test-network tries the network both ways.' : '';
  const outcome = { status: statuses[status], subject, text: `${check}: ${text}${way}` };
  return remark === undefined ? outcome : { ...outcome, text: `${check}: ${text} ${remark}.` };
}

/** What a failover needs, in the direction that it would take. */
export const failoverConditions: readonly Condition[] = [
  {
    id: 'failover_check',
    title: 'the link itself is ready for a planned failover',
    level: 'blocker',
    goals: failovers,
    sides: both,
    questions: [],
    source: 'the same checks as milink_link_failover_check and milink_link_failover_ready',
    judge: (evidence) => {
      const links = linksOf(evidence);
      if (links.length === 0)
        return [failed(evidence.sqlServer.server, 'there is no link of these databases between the two servers.')];
      return links.flatMap((link) => [
        ...link.failoverChecks.map((check) => checkOutcome(link.name, check)),
        ...link.databases.flatMap(({ name, failoverChecks }) =>
          failoverChecks.map((check) => checkOutcome(name, check)),
        ),
      ]);
    },
  },
  {
    id: 'direction',
    title: 'the failover goes the way that is asked for',
    level: 'blocker',
    goals: failovers,
    sides: both,
    questions: [],
    source: 'the roles of both ends',
    judge: (evidence) => linksOf(evidence).map((link) => directionOutcome(evidence, link)),
  },
  {
    id: 'update_policy',
    title: 'the update policy of the managed instance leaves a way back',
    level: 'permanent',
    goals: ['create', 'failover'],
    sides: managedInstance,
    questions: [updatePolicy],
    source:
      "Microsoft, link feature overview; SERVERPROPERTY('ProductUpdateType') (not verified), the default of new instances is told differently by two sources",
    judge: (evidence) => policyOutcomes(evidence, warned),
  },
  {
    id: 'update_policy_back',
    title: 'the update policy of the managed instance allows the way back',
    level: 'blocker',
    goals: ['failback'],
    sides: managedInstance,
    questions: [updatePolicy],
    source: 'as update_policy',
    judge: (evidence) => policyOutcomes(evidence, failed),
  },
  {
    id: 'way_back',
    title: 'the version of SQL Server allows the way back',
    level: 'permanent',
    goals: ['create', 'failover'],
    sides: ['sql_server'],
    questions: [],
    source: 'Microsoft, link feature overview: 2022 from CU10 on, 2025',
    judge: ({ sqlServer: side }) => {
      if (side.facts === null) return [untold(side.server, `${side.why}.`)];
      const { isAllowed, text } = allowsPlannedFailover(side.facts.version, 'sql_server');
      if (isAllowed === null) return [untold(side.server, text)];
      return [isAllowed ? passed(side.server, text) : warned(side.server, text)];
    },
  },
  {
    id: 'commit_modes',
    title: 'both ends have stored the same commit mode',
    level: 'blocker',
    goals: failovers,
    sides: both,
    questions: [replicas],
    source: 'chapi: a failover with different modes fails',
    judge: (evidence) => linksOf(evidence).flatMap((link) => modeOutcomes(evidence, link)),
  },
  {
    id: 'session_timeout',
    title: 'the session of the link may be silent for 20 s',
    level: 'advice',
    goals: failovers,
    sides: ['sql_server'],
    questions: [replicas],
    source: 'Microsoft, configure a link with scripts: SESSION_TIMEOUT = 20',
    judge: (evidence) => linksOf(evidence).flatMap((link) => timeoutOutcomes(evidence, link)),
  },
  {
    id: 'logins',
    title: 'the logins of SQL Server are on the managed instance too',
    level: 'advice',
    goals: failovers,
    sides: both,
    questions: [logins],
    source: 'chapi: a link copies databases, not logins and jobs; compared by name, Windows logins left out',
    judge: loginOutcomes,
  },
];

function directionOutcome({ goal }: Evidence, link: AssessedLink): Outcome {
  const primary = link.ends.filter(({ role }) => role === 'PRIMARY');
  if (link.primaries !== 1 || primary[0] === undefined)
    return untold(link.name, 'which end is primary is not certain.');
  const wanted = goal === 'failover' ? 'sql_server' : 'managed_instance';
  const is = primary[0].engine;
  if (is === wanted) return passed(link.name, `${primary[0].server} is primary.`);
  const word =
    goal === 'failover'
      ? 'the managed instance is primary already: ask with --for=failback'
      : 'SQL Server is primary: there is nothing to go back from';
  return failed(link.name, `${word}.`);
}

function policyOutcomes(evidence: Evidence, otherwise: typeof failed): readonly Outcome[] {
  const side = evidence.managedInstance;
  return fromRows({ side, question: updatePolicy }, ([row]) => {
    const type = row?.update_type ?? null;
    if (type === null)
      return [untold(side.server, 'it does not say which policy it has: see databaseFormat of the instance in Azure.')];
    return [
      type === 'CU'
        ? passed(side.server, 'it follows a version of SQL Server: its databases can go back to that version.')
        : otherwise(
            side.server,
            'it is always up to date: no database can go back to SQL Server by failover or restore.',
          ),
    ];
  });
}

function modeOutcomes({ sqlServer, managedInstance: instance }: Evidence, link: AssessedLink): readonly Outcome[] {
  return fromRows({ side: sqlServer, question: replicas, subject: link.name }, (one) =>
    fromRows({ side: instance, question: replicas, subject: link.name }, (other) => {
      const groups = new Set(link.ends.map(({ groupId }) => groupId.toUpperCase()));
      const modes = [...one, ...other]
        .filter(({ group_id }) => groups.has(group_id.toUpperCase()))
        .map(({ availability_mode_desc }) => availability_mode_desc ?? 'no mode');
      const different = [...new Set(modes)];
      if (different.length === 0) return [untold(link.name, 'no end shows the commit mode of the group.')];
      return [
        different.length === 1
          ? passed(link.name, `${different[0]} everywhere.`)
          : failed(link.name, `${different.join(' and ')}: make them equal before a failover.`),
      ];
    }),
  );
}

function timeoutOutcomes({ sqlServer }: Evidence, link: AssessedLink): readonly Outcome[] {
  return fromRows({ side: sqlServer, question: replicas, subject: link.name }, (rows) => {
    const members = new Set(
      link.ends.flatMap(({ localMember }) =>
        localMember === null ? [] : [localMember.replicaServerName?.toLowerCase()],
      ),
    );
    const own = rows.filter(({ replica_server_name }) => members.has(replica_server_name?.toLowerCase()));
    const short = own.filter(
      ({ session_timeout }) => session_timeout !== null && session_timeout < sessionTimeoutSeconds,
    );
    if (own.length === 0) return [];
    return [
      short.length === 0
        ? passed(link.name, 'it may.')
        : warned(link.name, `it is ${short[0]?.session_timeout} s: a short hiccup ends the session.`),
    ];
  });
}

function loginOutcomes({ sqlServer, managedInstance: instance }: Evidence): readonly Outcome[] {
  return fromRows({ side: sqlServer, question: logins }, (one) => {
    const other = answerOf(instance, logins);
    if (other.kind !== 'rows')
      return [
        untold(
          instance.server,
          'sys.server_principals was not read there.',
          other.kind === 'untold' ? other.right : null,
        ),
      ];
    const held = new Set(other.rows.map(({ name }) => name.toLowerCase()));
    const missing = one
      .filter(({ name, type }) => type === 'S' && !name.startsWith('##') && !held.has(name.toLowerCase()))
      .map(({ name }) => name);
    if (missing.length === 0) return [passed(instance.server, 'it has every SQL login.')];
    const names = missing.slice(0, shownLogins).join(', ');
    const more = missing.length > shownLogins ? `, and ${missing.length - shownLogins} more` : '';
    return [
      warned(
        instance.server,
        `it lacks ${names}${more}: copy them with their sids, or their users are orphaned after a failover.`,
      ),
    ];
  });
}
