import { quoteName } from '../../text/tsql.ts';
import type { RecordOf } from '../../views/column.ts';
import {
  type Condition,
  type Evidence,
  failed,
  fromRows,
  type Outcome,
  passed,
  type Remedy,
  warned,
} from '../condition.ts';
import type { Question } from '../question.ts';
import { acceleratedRecovery, databases, recoveryStatus, versionStore } from '../questions.ts';

const sqlServer = ['sql_server'] as const;
const both = ['sql_server', 'managed_instance'] as const;
const create = ['create'] as const;
const primaryFilegroup = 1;

type Database = typeof databases extends Question<infer Row> ? Row : RecordOf<Record<never, never>>;

/** Judges each wanted database as SQL Server shows it; one that is not there is a failure of `database_state` alone. */
function eachDatabase(
  evidence: Evidence,
  judge: (row: Database, alter: (rest: string) => Remedy) => readonly Outcome[],
): readonly Outcome[] {
  const side = evidence.sqlServer;
  return evidence.databases.flatMap((name) =>
    fromRows({ side, question: databases, subject: name }, (rows) => {
      const row = rows.find((each) => each.name.toLowerCase() === name.toLowerCase());
      const alter = (rest: string): Remedy => ({
        server: side.server,
        statement: `ALTER DATABASE ${quoteName(name)} ${rest}`,
      });
      return row === undefined ? [] : judge(row, alter);
    }),
  );
}

/** The names in the configuration that SQL Server does not have. */
function absent(evidence: Evidence): readonly Outcome[] {
  const side = evidence.sqlServer;
  return fromRows({ side, question: databases }, (rows) =>
    evidence.databases
      .filter((name) => !rows.some((row) => row.name.toLowerCase() === name.toLowerCase()))
      .map((name) => failed(name, `${side.server} has no database of this name.`)),
  );
}

function state(row: Database, alter: (rest: string) => Remedy): readonly Outcome[] {
  const wrong = [
    ...(row.state_desc === 'ONLINE' ? [] : [failed(row.name, `it is ${row.state_desc}, not ONLINE.`)]),
    ...(row.is_read_only === true ? [failed(row.name, 'it is read-only.', alter('SET READ_WRITE'))] : []),
    ...(row.user_access_desc === 'MULTI_USER'
      ? []
      : [failed(row.name, `it is ${row.user_access_desc}.`, alter('SET MULTI_USER'))]),
    ...(row.is_auto_close_on
      ? [failed(row.name, 'AUTO_CLOSE is on, which no availability group takes.', alter('SET AUTO_CLOSE OFF'))]
      : []),
  ];
  return wrong.length > 0 ? wrong : [passed(row.name, 'it is ONLINE, takes writes, and is open to all.')];
}

/** What the databases have to be like before they are copied. */
export const databaseConditions: readonly Condition[] = [
  {
    id: 'database_state',
    title: 'each database is online, takes writes, is open to all and does not close itself',
    level: 'blocker',
    goals: create,
    sides: sqlServer,
    questions: [databases],
    source: 'the rules of availability groups (not verified on a link)',
    judge: (evidence) => [...absent(evidence), ...eachDatabase(evidence, state)],
  },
  {
    id: 'recovery_model',
    title: 'each database is in the recovery model FULL',
    level: 'blocker',
    goals: create,
    sides: sqlServer,
    questions: [databases],
    source: 'Microsoft, prepare your environment',
    judge: (evidence) =>
      eachDatabase(evidence, (row, alter) => [
        row.recovery_model_desc === 'FULL'
          ? passed(row.name, 'it is FULL.')
          : failed(
              row.name,
              `it is ${row.recovery_model_desc}: make it FULL, then take a full backup.`,
              alter('SET RECOVERY FULL'),
            ),
      ]),
  },
  {
    id: 'log_chain',
    title: 'a full backup has begun the chain of log backups',
    level: 'blocker',
    goals: create,
    sides: sqlServer,
    questions: [databases, recoveryStatus],
    source:
      'Microsoft, prepare your environment; without it error 1475. sys.database_recovery_status: NULL means that no backup of the log is possible',
    judge: (evidence) =>
      eachDatabase(evidence, (row) =>
        fromRows({ side: evidence.sqlServer, question: recoveryStatus, subject: row.name }, (rows) => [
          rows.find(({ database_id }) => database_id === row.database_id)?.has_chain === 1
            ? passed(row.name, 'it has begun.')
            : failed(
                row.name,
                'no backup of its log is possible: take a full backup, not COPY_ONLY, after the change to FULL.',
                {
                  server: evidence.sqlServer.server,
                  statement: `BACKUP DATABASE ${quoteName(row.name)} TO DISK = N'<path>'`,
                },
              ),
        ]),
      ),
  },
  {
    id: 'log_backups',
    title: 'the log is not waiting for its next backup',
    level: 'advice',
    goals: create,
    sides: sqlServer,
    questions: [databases],
    source: 'Microsoft, link best practices: log_reuse_wait_desc',
    judge: (evidence) =>
      eachDatabase(evidence, (row) => [
        row.log_reuse_wait_desc === 'LOG_BACKUP'
          ? warned(
              row.name,
              'its log waits for a backup now: back it up often, before, while and after the database is seeded.',
            )
          : passed(row.name, `nothing but ${row.log_reuse_wait_desc} keeps its log.`),
      ]),
  },
  {
    id: 'database_free',
    title: 'no database is in another availability group',
    level: 'blocker',
    goals: create,
    sides: sqlServer,
    questions: [databases],
    source: 'Microsoft, link feature overview: a link has a group of its own',
    judge: (evidence) =>
      eachDatabase(evidence, (row) => {
        if (row.replica_id === null) return [passed(row.name, 'it is in none.')];
        const link = evidence.links.find((each) =>
          each.databases.some(({ name }) => name.toLowerCase() === row.name.toLowerCase()),
        );
        return [
          link === undefined
            ? failed(
                row.name,
                'it is in an availability group already: a link can be added to that group only if the group has no other database.',
              )
            : failed(row.name, `it is in the link ${link.name} already: ask with --for=failover.`),
        ];
      }),
  },
  {
    id: 'name_free',
    title: 'no database of the name is on the managed instance',
    level: 'blocker',
    goals: create,
    sides: both,
    questions: [databases],
    source: 'Microsoft, link feature overview (the name: not verified)',
    judge: (evidence) => {
      const side = evidence.managedInstance;
      return evidence.databases.flatMap((name) =>
        fromRows({ side, question: databases, subject: name }, (rows) => [
          rows.some((row) => row.name.toLowerCase() === name.toLowerCase())
            ? failed(name, `${side.server} has a database of this name: rename or remove it there if nobody needs it.`)
            : passed(name, `${side.server} has none.`),
        ]),
      );
    },
  },
  {
    id: 'accelerated_recovery',
    title: 'accelerated database recovery is on, its version store in PRIMARY',
    level: 'permanent',
    goals: create,
    sides: sqlServer,
    questions: [databases, acceleratedRecovery, versionStore],
    source: 'Microsoft, prepare a database for migration: the copy on the managed instance keeps what the source has',
    judge: (evidence) => eachDatabase(evidence, (row, alter) => acceleratedOutcomes(evidence, row, alter)),
  },
  {
    id: 'service_broker',
    title: 'Service Broker is on, if it is wanted on the managed instance',
    level: 'permanent',
    goals: create,
    sides: sqlServer,
    questions: [databases],
    source: 'Microsoft, prepare a database for migration: it can not be switched on in the copy',
    judge: (evidence) =>
      eachDatabase(evidence, (row, alter) => [
        row.is_broker_enabled
          ? passed(row.name, 'it is on.')
          : warned(
              row.name,
              'it is off, and stays off after the migration.',
              alter('SET ENABLE_BROKER WITH ROLLBACK IMMEDIATE'),
            ),
      ]),
  },
  {
    id: 'publisher',
    title: 'no database is a publisher of transactional replication',
    level: 'advice',
    goals: ['create', 'failover'],
    sides: sqlServer,
    questions: [databases],
    source: 'Microsoft, link feature overview: limitations',
    judge: (evidence) =>
      eachDatabase(evidence, (row) => [
        row.is_published
          ? warned(row.name, 'it publishes: after a failover the publication stands still.')
          : passed(row.name, 'it is none.'),
      ]),
  },
];

function acceleratedOutcomes(evidence: Evidence, row: Database, alter: (rest: string) => Remedy): readonly Outcome[] {
  const side = evidence.sqlServer;
  return fromRows({ side, question: acceleratedRecovery, subject: row.name }, (rows) => {
    const isOn = rows.find(({ name }) => name === row.name)?.is_accelerated_database_recovery_on;
    if (isOn !== true) {
      return [
        warned(
          row.name,
          'it is off, and can not be switched on in the copy.',
          alter('SET ACCELERATED_DATABASE_RECOVERY = ON'),
        ),
      ];
    }
    return fromRows({ side, question: versionStore, subject: row.name }, (stores) => {
      const filegroup =
        stores.find(({ database_id }) => database_id === row.database_id)?.pvs_filegroup_id ?? primaryFilegroup;
      return [
        filegroup === primaryFilegroup
          ? passed(row.name, 'it is on, with the version store in PRIMARY.')
          : warned(
              row.name,
              `its version store is in filegroup ${filegroup}: switch it off and on again with the store in PRIMARY.`,
              alter('SET ACCELERATED_DATABASE_RECOVERY = ON (PERSISTENT_VERSION_STORE_FILEGROUP = [PRIMARY])'),
            ),
      ];
    });
  });
}
