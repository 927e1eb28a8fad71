import { quoteName } from '../../text/tsql.ts';
import {
  answerOf,
  type Condition,
  type Evidence,
  fromRows,
  type Outcome,
  passed,
  untold,
  warned,
} from '../condition.ts';
import { databases, encryption, groups } from '../questions.ts';

/** The backups after a failover: who takes them, and whether a person can. */
export const backupConditions: readonly Condition[] = [
  {
    id: 'backup_preference',
    title: 'the jobs that back up the log run at the new primary',
    level: 'advice',
    goals: ['failover', 'failback'],
    sides: ['sql_server'],
    questions: [groups],
    source:
      'olahallengren 43, 1020: jobs ask for the preferred replica of the group, and a secondary takes COPY_ONLY alone',
    judge: preferenceOutcomes,
  },
  {
    id: 'copy_only_backup',
    title: 'the managed instance can be backed up by hand, should its rows have to be saved',
    level: 'advice',
    goals: ['failover'],
    sides: ['managed_instance'],
    questions: [databases, encryption],
    source: 'sql-docs PR 8181: 41922 and 41938, with the key of the service no such backup is possible',
    judge: (evidence) => evidence.databases.flatMap((name) => copyOnlyOutcomes(evidence, name)),
  },
];

function preferenceOutcomes({ sqlServer: side, goal, links }: Evidence): readonly Outcome[] {
  if (goal === 'failover') {
    return [
      passed(
        side.server,
        'the managed instance backs up its log by itself; here, at the secondary, log backups and full backups without COPY_ONLY fail.',
      ),
    ];
  }
  const own = new Set(
    links.flatMap(({ ends }) => ends.flatMap(({ localMember }) => localMember?.replicaServerName ?? [])),
  );
  return fromRows({ side, question: groups }, (rows) =>
    rows
      .filter(({ name, is_distributed }) => is_distributed !== true && own.has(name))
      .map(({ name, automated_backup_preference_desc: preference }) => {
        if (preference === null) return untold(name, 'the group does not say where backups are preferred.');
        return preference === 'SECONDARY_ONLY'
          ? warned(
              name,
              'backups are for secondaries only (SECONDARY_ONLY): a job that asks takes none at the primary.',
              {
                server: side.server,
                statement: `ALTER AVAILABILITY GROUP ${quoteName(name)} SET (AUTOMATED_BACKUP_PREFERENCE = PRIMARY)`,
              },
            )
          : passed(name, `backups are preferred at ${preference}; that a job takes them here msdb would tell.`);
      }),
  );
}

function copyOnlyOutcomes({ managedInstance: side }: Evidence, name: string): readonly Outcome[] {
  return fromRows({ side, question: databases, subject: name }, (rows) => {
    const row = rows.find((each) => each.name.toLowerCase() === name.toLowerCase());
    if (row === undefined) return [];
    if (row.is_encrypted === null) return [untold(name, 'sys.databases does not say whether it is encrypted.')];
    if (!row.is_encrypted) return [passed(name, 'it is not encrypted.')];
    const keys = answerOf(side, encryption);
    const right = keys.kind === 'untold' ? keys.right : null;
    const key = keys.kind === 'rows' ? keys.rows.find(({ database_id }) => database_id === row.database_id) : undefined;
    const kind = key?.encryptor_type ?? null;
    if (kind === null) return [untold(name, 'it is encrypted, and its key is not shown.', right)];
    return [
      kind.trim().toUpperCase() === 'ASYMMETRIC KEY'
        ? passed(name, 'it is encrypted with a key of your own.')
        : warned(
            name,
            'it is encrypted with the key of the service: a backup by hand is refused (41922); rows would have to be exported.',
          ),
    ];
  });
}
