import type { SqlErrorDescription } from './description.ts';
import { readGroupLog, readPartnerLog, resume, runCheck, showDatabaseStates, showReplicaStates } from './step.ts';

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

const ofGroup = { seenIn: ['error_log'], isLinkError: false, end: 'either' } as const;

/** What a server says of a group, or of its databases, that is in no good state. */
export const groupStateErrors: readonly SqlErrorDescription[] = [
  {
    ...ofGroup,
    number: 41096,
    name: 'replica_being_removed',
    severity: 'critical',
    meaning: "This server gives up its part of a group because the group's configuration is gone.",
    likelyCauses: [
      'The group was dropped at another server, which for a link is its other end or another node.',
      'The store of the Windows cluster was lost or restored.',
    ],
    whatToDo: [
      'Ask who dropped it.',
      'See at both ends what is left, and whether the database is online: `SELECT d.name, d.state_desc, g.name AS group_name FROM sys.databases AS d LEFT JOIN sys.availability_databases_cluster AS c ON c.database_name = d.name LEFT JOIN sys.availability_groups AS g ON g.group_id = c.group_id;`',
      'Do not fail over: where the group is gone, nothing follows any more.',
    ],
  },
  {
    ...ofGroup,
    number: 41414,
    name: 'group_has_disconnected_replica',
    severity: 'warning',
    meaning: 'A rule of the dashboard of SQL Server says that a secondary of the group is not connected.',
    likelyCauses: ['Read on the distributed group it is the link that is not connected.'],
    whatToDo: [showReplicaStates, runCheck],
    seenIn: ['statement'],
    unverified: 'The number belongs to a rule of policy-based management; that it is met in no log is inferred.',
  },
  {
    ...ofGroup,
    number: 41418,
    name: 'secondary_disconnected',
    severity: 'warning',
    meaning: 'A rule of the dashboard of SQL Server says that this secondary is not connected to its primary.',
    likelyCauses: ['Read on the distributed group it is the link that is not connected.'],
    whatToDo: [showReplicaStates, runCheck],
    seenIn: ['statement'],
    unverified: 'The number belongs to a rule of policy-based management; that it is met in no log is inferred.',
  },
  {
    ...ofGroup,
    number: 35274,
    name: 'recovery_waits_for_log',
    severity: 'warning',
    meaning: 'A copy cannot come online before it has received more log from the primary.',
    likelyCauses: ['The primary is down or out of reach, after a restart or a role change of this server.'],
    whatToDo: ['Bring the primary back, or the way to it.', showReplicaStates, runCheck],
    end: 'secondary',
  },
  {
    ...ofGroup,
    number: 35276,
    name: 'synchronization_task_failed',
    severity: 'critical',
    meaning: 'A task that moves the log of a database could not be started, and may have to be started by hand.',
    likelyCauses: ['The server had no worker thread or no memory left.'],
    whatToDo: [showDatabaseStates, readGroupLog, resume],
  },
  {
    ...ofGroup,
    number: 35287,
    name: 'log_block_not_decompressed',
    severity: 'critical',
    meaning: 'Log that arrived could not be decompressed, and the copy was suspended.',
    likelyCauses: ['The network damaged it.', 'The two ends compress in different versions.'],
    whatToDo: [resume, 'If it comes back, look at the network, then at the builds of both ends.'],
    end: 'secondary',
  },
  {
    ...ofGroup,
    number: 35288,
    name: 'log_block_out_of_order',
    severity: 'critical',
    meaning: 'Log arrived in the wrong order, and the copy was suspended.',
    likelyCauses: ['A fault inside SQL Server.'],
    whatToDo: [resume, 'If it comes back, open a support request.'],
    end: 'secondary',
  },
];
