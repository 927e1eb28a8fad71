import { bytesText } from '../../text/quantity.ts';
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
import { databases, encryption, filegroups, files, resources } from '../questions.ts';

const sqlServer = ['sql_server'] as const;
const both = ['sql_server', 'managed_instance'] as const;
const create = ['create'] as const;

const pageBytes = 8192;
const mebibyte = 1024 ** 2;
const tebibyte = 1024 ** 4;
/** Limits of General Purpose, which has the tightest; Microsoft, resource limits of a managed instance. */
const limits = {
  filesOfInstance: 280,
  databases: 100,
  dataFileBytes: 8 * tebibyte,
  logFileBytes: 2 * tebibyte,
} as const;

interface File {
  readonly database_id: number;
  readonly type_desc: string | null;
  readonly size: number;
}

/** The files of the wanted databases at SQL Server, each database with its own. */
function eachFiles(
  evidence: Evidence,
  judge: (name: string, own: readonly File[]) => readonly Outcome[],
): readonly Outcome[] {
  const side = evidence.sqlServer;
  return evidence.databases.flatMap((name) =>
    fromRows({ side, question: databases, subject: name }, (rows) => {
      const row = rows.find((each) => each.name.toLowerCase() === name.toLowerCase());
      if (row === undefined) return [];
      return fromRows({ side, question: files, subject: name }, (all) =>
        judge(
          name,
          all.filter(({ database_id }) => database_id === row.database_id),
        ),
      );
    }),
  );
}

/** How the databases are stored, against what a managed instance can hold. */
export const fileConditions: readonly Condition[] = [
  {
    id: 'log_files',
    title: 'each database has one file of log',
    level: 'blocker',
    goals: create,
    sides: sqlServer,
    questions: [databases, files],
    source: 'Microsoft, link feature overview: limitations',
    judge: (evidence) =>
      eachFiles(evidence, (name, own) => {
        const logs = own.filter(({ type_desc }) => type_desc === 'LOG').length;
        if (logs === 0) return [untold(name, 'sys.master_files shows no file of its log.', 'VIEW ANY DEFINITION')];
        return [
          logs === 1
            ? passed(name, 'it has one.')
            : failed(name, `it has ${logs}: empty the others and remove them with ALTER DATABASE ... REMOVE FILE.`),
        ];
      }),
  },
  {
    id: 'filegroups',
    title: 'no FILESTREAM; memory-optimized tables only for Business Critical',
    level: 'blocker',
    goals: create,
    sides: both,
    questions: [filegroups, resources],
    source: 'Microsoft, link feature overview: limitations',
    judge: (evidence) => evidence.databases.flatMap((name) => filegroupOutcomes(evidence, name)),
  },
  {
    id: 'encryption',
    title: 'the certificate of an encrypted database is on the managed instance',
    level: 'blocker',
    goals: ['create', 'failback'],
    sides: sqlServer,
    questions: [databases, encryption],
    source:
      'Microsoft, prepare your environment; a managed instance does not list the certificates that were uploaded (not verified)',
    judge: (evidence) => evidence.databases.flatMap((name) => encryptionOutcomes(evidence, name)),
  },
  {
    id: 'size',
    title: 'the databases fit into the storage of the managed instance',
    level: 'blocker',
    goals: create,
    sides: both,
    questions: [databases, files, resources],
    source: 'sys.master_files against sys.server_resource_stats (the columns: not verified)',
    judge: sizeOutcomes,
  },
  {
    id: 'file_limits',
    title: 'the files stay below the limits of General Purpose',
    level: 'blocker',
    goals: create,
    sides: both,
    questions: [databases, files, resources],
    source: 'Microsoft, resource limits: 280 files and 100 databases of an instance, 8 TB a file of data, 2 TB of log',
    judge: limitOutcomes,
  },
];

function tierOf(evidence: Evidence): string | null {
  const answer = answerOf(evidence.managedInstance, resources);
  return answer.kind === 'rows'
    ? (answer.rows.toSorted((one, other) => other.end_time.getTime() - one.end_time.getTime())[0]?.sku ?? null)
    : null;
}

function filegroupOutcomes(evidence: Evidence, name: string): readonly Outcome[] {
  return fromRows({ side: evidence.sqlServer, question: filegroups, database: name, subject: name }, (rows) => {
    if (rows.length === 0) return [untold(name, 'sys.filegroups of the database shows no row.', 'VIEW ANY DEFINITION')];
    const types = rows.map(({ type }) => type.trim());
    if (types.includes('FD')) return [failed(name, 'it has FILESTREAM data, which no managed instance takes.')];
    if (!types.includes('FX')) return [passed(name, 'it has neither.')];
    const tier = tierOf(evidence);
    if (tier === null)
      return [untold(name, 'it has memory-optimized tables, and the tier of the managed instance was not seen.')];
    return [
      /business/i.test(tier)
        ? passed(name, 'it has memory-optimized tables, and the instance is Business Critical.')
        : failed(name, `it has memory-optimized tables: the managed instance is ${tier}, they need Business Critical.`),
    ];
  });
}

function encryptionOutcomes(evidence: Evidence, name: string): readonly Outcome[] {
  const side = evidence.sqlServer;
  return fromRows({ side, question: databases, subject: name }, (rows) => {
    const row = rows.find((each) => each.name.toLowerCase() === name.toLowerCase());
    if (row === undefined) return [];
    if (row.is_encrypted === false) return [passed(name, 'it is not encrypted.')];
    return fromRows({ side, question: encryption, subject: name }, (keys) => {
      const encryptor =
        keys.find(({ database_id }) => database_id === row.database_id)?.encryptor_type ??
        'something that is not shown';
      const text =
        evidence.goal === 'failback'
          ? `it is encrypted by ${encryptor}: a way back needs a key that the customer manages, a service-managed one can't leave Azure.`
          : `it is encrypted by ${encryptor}: upload that to the managed instance first (Add-AzSqlManagedInstanceTransparentDataEncryptionCertificate); whether it is there no view tells.`;
      return [untold(name, text)];
    });
  });
}

function sizeOutcomes(evidence: Evidence): readonly Outcome[] {
  const { sqlServer: server, managedInstance: instance } = evidence;
  return fromRows({ side: server, question: databases }, (rows) =>
    fromRows({ side: server, question: files }, (all) =>
      fromRows({ side: instance, question: resources }, (stats) => {
        const newest = stats.toSorted((one, other) => other.end_time.getTime() - one.end_time.getTime())[0];
        const [reserved, used] = [newest?.reserved_storage_mb ?? null, newest?.storage_space_used_mb ?? null];
        if (reserved === null || used === null)
          return [untold(instance.server, 'sys.server_resource_stats does not say how much storage is free.')];
        const ids = rows
          .filter(({ name }) => evidence.databases.some((wanted) => wanted.toLowerCase() === name.toLowerCase()))
          .map(({ database_id }) => database_id);
        const needed = all
          .filter(({ database_id }) => ids.includes(database_id))
          .reduce((sum, { size }) => sum + size * pageBytes, 0);
        const free = (Number(reserved) - Number(used)) * mebibyte;
        const text = `the databases take ${bytesText(needed)}, ${bytesText(Math.max(0, free))} of ${bytesText(Number(reserved) * mebibyte)} are free.`;
        return [
          needed <= free ? passed(instance.server, text) : failed(instance.server, `${text} Enlarge its storage.`),
        ];
      }),
    ),
  );
}

function limitOutcomes(evidence: Evidence): readonly Outcome[] {
  const tier = tierOf(evidence);
  const instance = evidence.managedInstance;
  const isTight = tier === null || /general/i.test(tier);
  const ofFiles = eachFiles(evidence, (name, own) => {
    const large = own.filter(
      ({ type_desc, size }) => size * pageBytes > (type_desc === 'LOG' ? limits.logFileBytes : limits.dataFileBytes),
    );
    return large.length === 0
      ? [passed(name, `it has ${own.length} files, none too large.`)]
      : [failed(name, `${large.length} of its files are larger than 8 TB of data or 2 TB of log.`)];
  });
  const ofInstance = fromRows({ side: instance, question: files }, (held) =>
    fromRows({ side: instance, question: databases }, (present) =>
      fromRows({ side: evidence.sqlServer, question: databases }, (source) =>
        fromRows({ side: evidence.sqlServer, question: files }, (all) => {
          const ids = source
            .filter(({ name }) => evidence.databases.some((wanted) => wanted.toLowerCase() === name.toLowerCase()))
            .map(({ database_id }) => database_id);
          const count = held.length + all.filter(({ database_id }) => ids.includes(database_id)).length;
          const databaseCount = present.filter(({ database_id }) => database_id > 4).length + ids.length;
          const text = `it would have ${count} files and ${databaseCount} databases.`;
          const isOver = count > limits.filesOfInstance || databaseCount > limits.databases;
          if (!isOver) return [passed(instance.server, text)];
          return [
            isTight
              ? warned(
                  instance.server,
                  `${text} General Purpose holds ${limits.filesOfInstance} and ${limits.databases}, its next generation more.`,
                )
              : passed(instance.server, text),
          ];
        }),
      ),
    ),
  );
  return [...ofFiles, ...ofInstance];
}
