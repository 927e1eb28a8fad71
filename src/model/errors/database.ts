import type { SqlErrorDescription } from './description.ts';
import { readPartnerLog, resume, runCheck, showDatabaseStates, showReplicaStates } from './step.ts';

const seen = { seenIn: ['error_log'], isLinkError: false } as const;

/** What happens to a database that is part of a link. */
export const databaseErrors: readonly SqlErrorDescription[] = [
  {
    ...seen,
    number: 976,
    name: 'database_not_readable_here',
    severity: 'info',
    meaning: 'A session wanted to use a database whose copy on this server may not be read.',
    likelyCauses: ['The server is the secondary end of the link and does not allow connections to its copy.'],
    whatToDo: [
      'Send the application to the primary end; `milink-exporter check` says which one that is.',
      "Where SQL Server is that end, let its copy be read, if the licence allows it: `ALTER AVAILABILITY GROUP [group] MODIFY REPLICA ON N'<server>' WITH (SECONDARY_ROLE (ALLOW_CONNECTIONS = ALL));`",
    ],
    seenIn: ['statement', 'error_log'],
    unverified: 'Described from general knowledge; no source was read.',
  },
  {
    ...seen,
    number: 1480,
    name: 'role_changed',
    severity: 'info',
    meaning: 'A database changed its role between primary and secondary.',
    likelyCauses: ['A failover, planned or forced, or a restart of the server.'],
    whatToDo: ['Check that the failover was wanted.', runCheck],
  },
  {
    ...seen,
    number: 9002,
    name: 'log_full',
    severity: 'critical',
    meaning: 'The transaction log of a database is full, so the database takes no more writes.',
    likelyCauses: [
      'The link is down or slow, and the log is kept for the other end (AVAILABILITY_REPLICA).',
      'SQL Server is the primary, and nobody takes log backups there.',
      'A long transaction or seeding holds the log.',
    ],
    whatToDo: [
      'See what holds the log: `SELECT name, log_reuse_wait_desc FROM sys.databases;`',
      "On SQL Server give it room: enlarge the file or the disk, or, where it says LOG_BACKUP, take a log backup: `BACKUP LOG [database] TO DISK = N'<file>';`",
      'On a managed instance give it storage if that is full; its log backups are taken by the service.',
      'If it says AVAILABILITY_REPLICA, repair the link: see `milink-exporter check`.',
      'If that takes too long, give this copy up: take the database out of the ordinary group at the primary, or, where the link has no other database, delete the link. The log is then free, and the database has to be seeded again.',
    ],
    seenIn: ['error_log', 'statement'],
  },
  {
    ...seen,
    number: 35264,
    name: 'data_movement_suspended',
    severity: 'critical',
    meaning: 'Data movement of a database was suspended, and the message says who or what suspended it.',
    likelyCauses: [
      'Somebody suspended it by hand.',
      'A forced failover suspends it at the other end.',
      'Writing or redoing the log failed at the secondary, for example on a full disk.',
    ],
    whatToDo: [showDatabaseStates, 'Remove the reason first.', resume],
  },
  {
    ...seen,
    number: 35267,
    name: 'database_disconnected',
    severity: 'warning',
    meaning: 'The connection between the two copies of a database ended.',
    likelyCauses: ['The connection between the servers ended: see 35206 at the same time.', 'A failover or a restart.'],
    whatToDo: [showReplicaStates, showDatabaseStates, readPartnerLog],
    transient: true,
  },
];
