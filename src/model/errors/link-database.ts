import type { SqlErrorDescription } from './description.ts';
import { createAgain } from './step.ts';

const seen = { seenIn: ['azure_resource_manager', 'error_log', 'statement'], isLinkError: true } as const;

const showFiles =
  "List its files on SQL Server: `SELECT name, type_desc, state_desc, physical_name FROM sys.master_files WHERE database_id = DB_ID(N'<database>');`";

/** The link can't carry this database as it is (catalogue of error messages 41400 to 49999). */
export const linkDatabaseErrors: readonly SqlErrorDescription[] = [
  {
    ...seen,
    number: 41429,
    name: 'second_database_in_link',
    severity: 'warning',
    meaning: 'A link in single-database mode carries one database, and its group already holds one.',
    likelyCauses: ['A database was added to the availability group of an existing link.'],
    whatToDo: [
      'Create a link of its own for the second database.',
      'Or use multi-database mode where both ends support it: `EXEC sys.sp_multidb_milink;` without a parameter says whether it is on.',
    ],
  },
  {
    ...seen,
    number: 41947,
    name: 'memory_optimized_not_allowed',
    severity: 'critical',
    meaning: "The database holds memory-optimized data, which the managed instance's service tier can't take.",
    likelyCauses: ['The managed instance is in the General Purpose tier; only Business Critical has In-Memory OLTP.'],
    whatToDo: [
      'Move the managed instance to the Business Critical tier, or remove the memory-optimized tables from the database.',
      createAgain,
    ],
  },
  {
    ...seen,
    number: 41948,
    name: 'several_log_files',
    severity: 'critical',
    meaning: 'The database has more than one transaction log file, and a link needs exactly one.',
    likelyCauses: ['A second log file was added, often in haste when a disk was full.'],
    whatToDo: [
      showFiles,
      'Back up the log until the extra file is empty, then drop it: `ALTER DATABASE [database] REMOVE FILE [<log file>];`',
      createAgain,
    ],
  },
  {
    ...seen,
    number: 41949,
    name: 'too_many_files',
    severity: 'critical',
    meaning: 'With the files of this database the managed instance would have more files than it may hold.',
    likelyCauses: [
      'The database has very many data files.',
      'Other databases on the managed instance use up the limit.',
    ],
    whatToDo: [
      showFiles,
      "Empty and drop data files: `DBCC SHRINKFILE (N'<file>', EMPTYFILE);`, then `ALTER DATABASE [database] REMOVE FILE [<file>];`",
      createAgain,
    ],
  },
  {
    ...seen,
    number: 41950,
    name: 'filestream_not_allowed',
    severity: 'critical',
    meaning: "The database uses FILESTREAM or FileTables, which a managed instance doesn't have.",
    likelyCauses: ['The database has a FILESTREAM filegroup, even if it is empty.'],
    whatToDo: [showFiles, 'Move that data into ordinary tables and drop the FILESTREAM filegroup.', createAgain],
  },
  {
    ...seen,
    number: 41951,
    name: 'defunct_files',
    severity: 'critical',
    meaning: 'The database has files in the state DEFUNCT, left by a dropped or never restored filegroup.',
    likelyCauses: ['A piecemeal restore left a filegroup out.'],
    whatToDo: [showFiles, 'Remove those files, or restore the database in full under a new name.', createAgain],
  },
  {
    ...seen,
    number: 41952,
    name: 'unsupported_feature',
    severity: 'critical',
    meaning: "The database uses a feature that a managed instance doesn't have; the full message names it.",
    likelyCauses: ['A feature was enabled in the database before or after the link was created.'],
    whatToDo: ['Read in the message which feature it is, and remove it from the database.', createAgain],
  },
];
