import { type Condition, type Level, levels } from './condition.ts';
import { conditions } from './conditions/all.ts';
import type { Question } from './question.ts';

const introduction = `# Before a link: preflight

<!-- Generated from src/preflight by \`npm run generate\`: edit that, not this file. -->

\`milink-exporter preflight\` says what stands in the way of a link, or of its failover: at which end, and what to do. It reads
only, with the logins of the configuration, on one connection per server; statements that change something are shown, and
people run them.

\`\`\`sh
milink-exporter preflight --sql-server=sql-prod-01 --managed-instance=mi-prod --database=Sales
milink-exporter preflight --sql-server=sql-prod-01 --managed-instance=mi-prod --for=failover
\`\`\`

\`--for=create\`, the default, asks what has to be so before a link of these databases is made. \`--for=failover\` and
\`--for=failback\` ask a link that exists for its failover to the managed instance, or back; they agree with
\`milink_link_failover_check\`. \`--all\` shows also what is as it should be, \`--json\` everything for programs.

\`\`\`
FAILED  creating a link: sql-prod-01 and mi-prod, Sales
2026-11-28 23:35 UTC, 40 answers: 10 failed, 3 could not be told, 5 warning, 22 passed

What has to be so
  failed: master has a database master key
      sql-prod-01: it has none.
      -- on sql-prod-01
      USE master; CREATE MASTER KEY ENCRYPTION BY PASSWORD = N'<password>'
      (Microsoft, prepare your environment: it protects the key of the endpoint
      certificate)
  could not be told: no FILESTREAM; memory-optimized tables only for Business
                     Critical
      Sales: sys.filegroups: the login lacks CONNECT ANY DATABASE.

What can not be changed afterwards
  warning: accelerated database recovery is on, its version store in PRIMARY
      Sales: it is off, and can not be switched on in the copy.
      -- on sql-prod-01
      ALTER DATABASE [Sales] SET ACCELERATED_DATABASE_RECOVERY = ON
\`\`\`

To see it without a server: \`milink-exporter simulate --scenario=not-prepared --simulator.config-file=milink.yaml\`, and
\`preflight\` with that file.
<!-- not run by the suite: milink-exporter simulate --scenario=not-prepared --simulator.config-file=milink.yaml: runs until it is ended, test/cli/demo.test.ts does -->

| exit code | |
|---|---|
| 0 | passed: nothing stands in the way |
| 1 | partly: nothing stands in the way, but there are warnings, or advice that could not be told |
| 2 | failed: something has to be done first |
| 3 | could not be told: a blocker could not be read; also a mistake on the command line or in the configuration |

*Could not be told* is neither yes nor no: the right that is missing stands beside it, as \`missing_right\` in JSON. The
exporter's own login lacks some on purpose. For one look an administrator can name a login that has them in a configuration
of its own.

## In JSON

\`verdict\` is \`passed\`, \`partly\`, \`failed\` or \`untold\`, \`exit_code\` as above. Each of \`outcomes\` has \`condition\` (below),
\`level\`, \`status\` (\`passed\`, \`failed\`, \`warning\`, \`untold\`), \`subject\` (a server, a database or a link), \`title\`, \`text\`,
\`missing_right\`, \`statement\` (\`server\`, \`text\`) and \`source\`. They come in the order of the screen.

## What is not judged

- What only Azure knows, unless the configuration has a section \`azure\`: the state and operations of the instance, failover
  groups, the number of links, uploaded certificates. With it the conditions \`azure_...\` below are judged. All rights are
  in the role that \`grants --azure\` prints, but \`Microsoft.Sql/locations/instanceFailoverGroups/read\`, which the daemon
  has no need of: it is assigned at the resource group of the instance. Who gives it for one look takes it back afterwards.
- The network between the two: that is [test-network](network.md).
- What needs more than reading, as folders of files on SQL Server (error 5133 when they are missing), or the chain of a
  certificate up to its root: \`sp_validate_certificate_ca_chain\` tells that, and needs a way to the authorities' lists.
- The rights of whoever makes the link: sysadmin at both ends, SQL Managed Instance Contributor in Azure. They are another's than this
  login's.
- Which jobs take backups: msdb would tell (\`backup_preference\` judges what the group says of them).
- What a managed instance refuses afterwards whatever was before, as SINGLE_USER.

## The conditions

`;

/** docs/preflight.md. */
export function preflightPage(): string {
  return `${introduction}${conditionTable()}`;
}

const levelTitles: Readonly<Record<Level, string>> = {
  blocker: 'What has to be so',
  permanent: 'What can not be changed afterwards',
  advice: 'Advice',
};

const sideWords = { sql_server: 'SQL Server', managed_instance: 'managed instance', azure: 'Azure' } as const;

/** The table of docs/preflight.md, and every statement that is asked. */
function conditionTable(): string {
  return [
    ...levels.flatMap((level) => [
      `### ${levelTitles[level]}\n`,
      table(conditions.filter((each) => each.level === level)),
    ]),
    '## What is asked\n',
    'Each is one statement that reads, once, within the time limit of a poll. The right stands beside it; without it the',
    'conditions that rest on it could not be told.\n',
    questionTable(),
  ].join('\n');
}

function table(rows: readonly Condition[]): string {
  const lines = rows.map(
    ({ id, title, goals, sides, questions, source, azureRights = [] }) =>
      `| \`${id}\` | ${title} | ${goals.join(', ')} | ${sides.map((side) => sideWords[side]).join(', ')} | ${[...questions.map(({ id }) => id), ...azureRights].map((each) => `\`${each}\``).join(', ') || '-'} | ${escaped(source)} |`,
  );
  return `${['| condition | what | for | end | read from | source |', '|---|---|---|---|---|---|', ...lines].join('\n')}\n`;
}

function questionTable(): string {
  const all = [...new Map(conditions.flatMap(({ questions }) => questions).map((each) => [each.id, each])).values()];
  const lines = all.map((each) => `| \`${each.id}\` | \`${escaped(each.sql('[database]'))}\` | ${needText(each)} |`);
  return `${['| question | statement | right |', '|---|---|---|', ...lines].join('\n')}\n`;
}

function needText({ need, since }: Question): string {
  const right =
    need.right === null
      ? 'none'
      : need.narrowRight === undefined
        ? need.right
        : `${need.right}; since 2022 ${need.narrowRight}`;
  return since > 0 ? `${right} (from version ${since} on)` : right;
}

function escaped(text: string): string {
  return text.replaceAll('|', '\\|');
}
