import { minimumBuild } from '../../link/version.ts';
import {
  type Condition,
  type Evidence,
  failed,
  fromRows,
  type Outcome,
  passed,
  type Side,
  untold,
  warned,
} from '../condition.ts';
import { cluster, healthSession, hostInfo, linkProcedures, masterKey, traceFlags } from '../questions.ts';

const sqlServer = ['sql_server'] as const;
const both = ['sql_server', 'managed_instance'] as const;
const always = ['create', 'failover', 'failback'] as const;
const create = ['create'] as const;

/** A clock that is further off than this makes a new certificate invalid for a while. */
const largestClockDifferenceSeconds = 300;

/** Judges what a side says of itself; without it nothing is told. */
function fromFacts(side: Side, judge: (facts: NonNullable<Side['facts']>) => Outcome): readonly Outcome[] {
  return [side.facts === null ? untold(side.server, `${side.why}.`) : judge(side.facts)];
}

/** What the two servers are and run on. */
export const serverConditions: readonly Condition[] = [
  {
    id: 'engine',
    title: 'one end is a SQL Server, the other a managed instance',
    level: 'blocker',
    goals: always,
    sides: both,
    questions: [],
    source: "SERVERPROPERTY('EngineEdition'), 8 is a managed instance",
    judge: ({ sqlServer: server, managedInstance: instance }) =>
      (
        [
          [server, 'SQL Server'],
          [instance, 'managed instance'],
        ] as const
      ).flatMap(([side, word]) =>
        fromFacts(side, ({ engine }) =>
          engine === side.engine
            ? passed(side.server, `it is a ${word}.`)
            : failed(side.server, `it is no ${word}: name the two servers the other way round.`),
        ),
      ),
  },
  {
    id: 'build',
    title: 'the build of SQL Server can carry a link',
    level: 'blocker',
    goals: always,
    sides: sqlServer,
    questions: [],
    source: 'Microsoft, link feature overview: supported versions',
    judge: ({ sqlServer: side }) => fromFacts(side, ({ version }) => buildOutcome(side.server, version)),
  },
  {
    id: 'link_procedures',
    title: 'the procedures that came with the link are there',
    level: 'blocker',
    goals: create,
    sides: sqlServer,
    questions: [linkProcedures],
    source: 'chapi-dev/sql-mi-link-demo: builds 14.0.3456 to 14.0.3489 lack them',
    judge: ({ sqlServer: side }) =>
      fromRows({ side, question: linkProcedures }, (rows) => {
        const missing = ['sp_certificate_add_issuer', 'sp_get_endpoint_certificate'].filter(
          (name) => !rows.some((row) => row.name === name),
        );
        return [
          missing.length === 0
            ? passed(side.server, 'sp_certificate_add_issuer and sp_get_endpoint_certificate are there.')
            : failed(
                side.server,
                `${missing.join(' and ')} does not exist: install the update that supports the link (for 2016 and 2017 the Azure Connect pack).`,
              ),
        ];
      }),
  },
  {
    id: 'edition',
    title: 'the edition supports the link',
    level: 'blocker',
    goals: create,
    sides: sqlServer,
    questions: [],
    source: 'Microsoft, link feature overview: Enterprise, Developer or Standard',
    judge: ({ sqlServer: side }) =>
      fromFacts(side, ({ edition }) =>
        /^(?:Enterprise|Developer|Standard|Evaluation)/i.test(edition)
          ? passed(side.server, `it is ${edition}.`)
          : failed(
              side.server,
              `${edition === '' ? 'its edition' : edition} is none of Enterprise, Developer and Standard.`,
            ),
      ),
  },
  {
    id: 'platform',
    title: 'the operating system supports the link',
    level: 'blocker',
    goals: create,
    sides: sqlServer,
    questions: [hostInfo],
    source: 'Microsoft, prepare your environment for a link: Windows Server, or Linux from SQL Server 2017 on',
    judge: ({ sqlServer: side }) =>
      fromRows({ side, question: hostInfo }, ([row]) => {
        if (row === undefined) return [untold(side.server, 'sys.dm_os_host_info gave no row.')];
        const name = row.host_distribution ?? row.host_platform;
        return [
          /^Windows (?:10|11)\b/i.test(name)
            ? failed(side.server, `${name} is no Windows Server.`)
            : passed(side.server, `it runs on ${name}.`),
        ];
      }),
  },
  {
    id: 'always_on',
    title: 'Always On availability groups are enabled',
    level: 'blocker',
    goals: create,
    sides: sqlServer,
    questions: [],
    source: "SERVERPROPERTY('IsHadrEnabled'); changing it takes a restart",
    judge: ({ sqlServer: side }) =>
      fromFacts(side, ({ isHadrEnabled }) => {
        if (isHadrEnabled === null) return untold(side.server, 'it does not say whether they are enabled.');
        return isHadrEnabled
          ? passed(side.server, 'they are enabled.')
          : failed(
              side.server,
              'they are not enabled: enable them in SQL Server Configuration Manager (on Linux: mssql-conf set hadr.hadrenabled 1) and restart the service.',
            );
      }),
  },
  {
    id: 'cluster',
    title: 'SQL Server 2016 is a node of a Windows cluster',
    level: 'blocker',
    goals: create,
    sides: sqlServer,
    questions: [cluster],
    source: 'Microsoft, link feature overview: 2016 needs a WSFC, a cluster of one node is enough',
    judge: ({ sqlServer: side }) =>
      side.facts?.majorVersion !== 13
        ? []
        : fromRows({ side, question: cluster }, (rows) => [
            rows.some(({ cluster_name }) => (cluster_name ?? '') !== '')
              ? passed(side.server, 'it is a node of a cluster.')
              : failed(side.server, 'it is a node of no cluster: create one, of one node is enough.'),
          ]),
  },
  {
    id: 'master_key',
    title: 'master has a database master key',
    level: 'blocker',
    goals: create,
    sides: sqlServer,
    questions: [masterKey],
    source: 'Microsoft, prepare your environment: it protects the key of the endpoint certificate',
    judge: ({ sqlServer: side }) =>
      fromRows({ side, question: masterKey }, (rows) => [
        rows.length > 0
          ? passed(side.server, 'it has one.')
          : failed(side.server, 'it has none.', {
              server: side.server,
              statement: "USE master; CREATE MASTER KEY ENCRYPTION BY PASSWORD = N'<password>'",
            }),
      ]),
  },
  {
    id: 'trace_flags',
    title: 'trace flags 1800 and 9567 are on',
    level: 'advice',
    goals: create,
    sides: sqlServer,
    questions: [traceFlags],
    source: 'Microsoft, prepare your environment: 1800 for disks of other sector sizes, 9567 compresses seeding',
    judge: ({ sqlServer: side }) =>
      fromRows({ side, question: traceFlags }, (rows) => {
        const off = [1800, 9567].filter((flag) => !rows.some((row) => row.TraceFlag === flag && row.Global === 1));
        return [
          off.length === 0
            ? passed(side.server, 'both are on.')
            : warned(
                side.server,
                `${off.join(' and ')} ${off.length === 1 ? 'is' : 'are'} off: switch on now, and set ${off.map((flag) => `-T${flag}`).join(' ')} as start parameter so that a restart keeps it.`,
                {
                  server: side.server,
                  statement: `DBCC TRACEON (${off.join(', ')}, -1)`,
                },
              ),
        ];
      }),
  },
  {
    id: 'health_session',
    title: 'the event session AlwaysOn_health runs',
    level: 'advice',
    goals: always,
    sides: sqlServer,
    questions: [healthSession],
    source: 'FirstResponderKit 4056: what it would have told of an outage is lost',
    judge: ({ sqlServer: side }) =>
      fromRows({ side, question: healthSession }, (rows) => [
        rows.length > 0
          ? passed(side.server, 'it runs.')
          : warned(side.server, 'it does not run.', {
              server: side.server,
              statement:
                'ALTER EVENT SESSION [AlwaysOn_health] ON SERVER WITH (STARTUP_STATE = ON); ALTER EVENT SESSION [AlwaysOn_health] ON SERVER STATE = START',
            }),
      ]),
  },
  {
    id: 'collation',
    title: 'both ends compare names alike',
    level: 'advice',
    goals: create,
    sides: both,
    questions: [],
    source: "Microsoft, configure a link with scripts: SERVERPROPERTY('Collation') of both",
    judge: collationOutcome,
  },
  {
    id: 'clocks',
    title: 'the clocks of both ends agree with this machine',
    level: 'advice',
    goals: create,
    sides: both,
    questions: [],
    source: 'general knowledge, not verified: a certificate that is made now has to be valid at the other end',
    judge: ({ sqlServer: server, managedInstance: instance, nowSeconds }) =>
      [server, instance].flatMap((side) =>
        fromFacts(side, ({ utcTimestampSeconds }) => {
          const seconds = Math.round(Math.abs(utcTimestampSeconds - nowSeconds));
          return seconds <= largestClockDifferenceSeconds
            ? passed(side.server, 'its clock agrees.')
            : warned(side.server, `its clock is ${seconds} s away from this machine's.`);
        }),
      ),
  },
];

function buildOutcome(server: string, version: string): Outcome {
  const lowest = minimumBuild(version);
  const major = Number.parseInt(version, 10) || 0;
  if (lowest !== null)
    return failed(
      server,
      `${version} is below ${lowest}, the first build of its version that carries a link: update it.`,
    );
  if (major < 13)
    return failed(server, `${version} is older than SQL Server 2016, the first version that carries a link.`);
  return major > 17
    ? untold(server, `${version} is newer than the versions that are known here.`)
    : passed(server, `${version} carries a link.`);
}

function collationOutcome({ sqlServer: server, managedInstance: instance }: Evidence): readonly Outcome[] {
  const [one, other] = [server.facts?.collation ?? null, instance.facts?.collation ?? null];
  const subject = `${server.server}, ${instance.server}`;
  if (one === null || other === null) return [untold(subject, 'the collation of one end was not seen.')];
  return [
    one === other
      ? passed(subject, `both have ${one}.`)
      : warned(
          subject,
          `${one} at ${server.server}, ${other} at ${instance.server}: names that one takes for equal may differ at the other.`,
        ),
  ];
}
