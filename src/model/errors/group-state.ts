import type { SqlErrorDescription } from './description.ts';
import { readGroupLog, resume, runCheck, showDatabaseStates, showReplicaStates } from './step.ts';

const seen = { seenIn: ['error_log'], isLinkError: false, end: 'either' } as const;

/** What a server says of a group, or of its databases, that is in no good state. */
export const groupStateErrors: readonly SqlErrorDescription[] = [
  {
    ...seen,
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
    ...seen,
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
    ...seen,
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
    ...seen,
    number: 35274,
    name: 'recovery_waits_for_log',
    severity: 'warning',
    meaning: 'A copy cannot come online before it has received more log from the primary.',
    likelyCauses: ['The primary is down or out of reach, after a restart or a role change of this server.'],
    whatToDo: ['Bring the primary back, or the way to it.', showReplicaStates, runCheck],
    end: 'secondary',
  },
  {
    ...seen,
    number: 35276,
    name: 'synchronization_task_failed',
    severity: 'critical',
    meaning: 'A task that moves the log of a database could not be started, and may have to be started by hand.',
    likelyCauses: ['The server had no worker thread or no memory left.'],
    whatToDo: [showDatabaseStates, readGroupLog, resume],
  },
  {
    ...seen,
    number: 35287,
    name: 'log_block_not_decompressed',
    severity: 'critical',
    meaning: 'Log that arrived could not be decompressed, and the copy was suspended.',
    likelyCauses: ['The network damaged it.', 'The two ends compress in different versions.'],
    whatToDo: [resume, 'If it comes back, look at the network, then at the builds of both ends.'],
    end: 'secondary',
  },
  {
    ...seen,
    number: 35288,
    name: 'log_block_out_of_order',
    severity: 'critical',
    meaning: 'Log arrived in the wrong order, and the copy was suspended.',
    likelyCauses: ['A fault inside SQL Server.'],
    whatToDo: [resume, 'If it comes back, open a support request.'],
    end: 'secondary',
  },
];
