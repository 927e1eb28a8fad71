import type { SqlErrorDescription } from './description.ts';
import { checkFailover, readPartnerLog, runCheck } from './step.ts';

const seen = { seenIn: ['statement', 'error_log'], severity: 'warning' } as const;

const link = { ...seen, isLinkError: true, end: 'primary' } as const;

const group = { ...seen, isLinkError: false } as const;

/** What refuses a failover of a link. 47512 to 47517 are in Microsoft's list of messages 41400 to 49999. */
export const failoverErrors: readonly SqlErrorDescription[] = [
  {
    ...link,
    number: 47512,
    name: 'setting_locked_by_failover',
    meaning: 'A setting cannot be changed while a failover is running.',
    likelyCauses: ['A failover was started a short time ago, perhaps from another tool.'],
    whatToDo: ['Wait until it has ended, then look again.', runCheck],
  },
  {
    ...link,
    number: 47513,
    name: 'failover_running',
    meaning: 'A failover was refused because an earlier one has not ended.',
    likelyCauses: ['It was started twice, or from two tools.'],
    whatToDo: ['Wait until it has ended, then look again.', runCheck],
  },
  {
    ...link,
    number: 47514,
    name: 'failover_secondary_behind',
    meaning: 'A planned failover was given up because the secondary does not catch up.',
    likelyCauses: ['The link is not connected, a database is suspended, or a copy is not healthy.'],
    whatToDo: [checkFailover, readPartnerLog, 'Mend what is named, then fail over again.'],
  },
  {
    ...link,
    number: 47515,
    name: 'failover_send_queue_too_large',
    meaning: 'A planned failover was given up because too much log has still to be sent.',
    likelyCauses: ['The applications were not stopped.', 'The network is too slow for what they write.'],
    whatToDo: ['Stop the applications and wait until the queue is empty.', checkFailover],
  },
  {
    ...link,
    number: 47516,
    name: 'failover_redo_queue_too_large',
    meaning: 'A planned failover was given up because the secondary has too much log still to apply.',
    likelyCauses: ['The applications were not stopped.', 'The secondary is too small or too busy.'],
    whatToDo: ['Stop the applications and wait until the queue is empty.', checkFailover],
  },
  {
    ...link,
    number: 47517,
    name: 'failover_only_on_primary',
    meaning: 'This kind of failover is started on the primary, and this server is not it.',
    likelyCauses: ['A planned failover of a link was started on the secondary.'],
    whatToDo: ['See which end is primary.', 'Start it again, connected to that end.', runCheck],
    end: 'secondary',
  },
  {
    ...link,
    number: 41988,
    name: 'database_formats_differ',
    meaning: 'A failover in both directions needs both ends to have the same database format.',
    likelyCauses: [
      "The managed instance's update policy is not the version of SQL Server.",
      'The managed instance is always up to date: then there is no way back.',
    ],
    whatToDo: [
      'Read the versions of both ends: `SELECT @@VERSION;`',
      'Choose an instance with the update policy of that version, or plan a failover that is one way.',
    ],
    end: 'either',
  },
  {
    ...group,
    number: 35251,
    name: 'only_on_primary',
    meaning: 'The statement can be run on the primary of the group only.',
    likelyCauses: ['It was run on the secondary, or on a node that is not the primary of its own group.'],
    whatToDo: ['See which end is primary.', 'Run the statement there.', runCheck],
    end: 'secondary',
  },
  {
    ...group,
    number: 35253,
    name: 'copy_cannot_become_primary',
    severity: 'critical',
    meaning: 'A copy is being brought back to an earlier state and cannot become primary until the log has come.',
    likelyCauses: ['The copy is reverting after a forced failover, and the old primary went away meanwhile.'],
    whatToDo: [
      'Do not fail over to this end. Bring the primary back, and let the copy finish.',
      'See how the copy stands: `SELECT DB_NAME(database_id) AS name, synchronization_state_desc, database_state_desc FROM sys.dm_hadr_database_replica_states WHERE is_local = 1;`',
    ],
    end: 'secondary',
  },
  {
    ...group,
    number: 41122,
    name: 'already_primary',
    severity: 'info',
    meaning: 'This server is the primary of the group already, so nothing was changed.',
    likelyCauses: ['The failover had been done, or was meant for the other server.'],
    whatToDo: [runCheck],
    end: 'primary',
  },
  {
    ...group,
    number: 41142,
    name: 'replica_not_synchronized',
    meaning: 'This server cannot become primary without loss: a database is not synchronized or has not joined.',
    likelyCauses: [
      'The link copies asynchronously, which is how a link is made.',
      'A copy lags, is suspended or seeds.',
    ],
    whatToDo: [
      'Fail a link over as docs/runbooks/fail-over.md says: at which end that begins depends on the version.',
      checkFailover,
    ],
    end: 'secondary',
  },
  {
    ...group,
    number: 41190,
    name: 'group_cannot_process_command',
    meaning:
      'This server could not run the command because it is not the primary of that group, or the group is offline.',
    likelyCauses: [
      'It was run on the secondary end, or on a node that is not the primary of its own group.',
      'A database was taken out at one end only, and is looked for at the other.',
    ],
    whatToDo: [
      'See the role of this server in every group: `SELECT g.name, g.is_distributed, s.role_desc, s.operational_state_desc FROM sys.dm_hadr_availability_replica_states AS s JOIN sys.availability_groups AS g ON g.group_id = s.group_id WHERE s.is_local = 1;`',
      'Run the command on the primary of that group.',
      runCheck,
    ],
    end: 'either',
    unverified: 'That a database removed at one end leads here rests on public reports.',
  },
  {
    ...group,
    number: 41191,
    name: 'replica_of_older_version',
    severity: 'critical',
    meaning: 'This server cannot become primary because the last primary was of a newer version.',
    likelyCauses: ['The managed instance was primary and is newer than SQL Server.'],
    whatToDo: [
      'Read the versions of both ends: `SELECT @@VERSION;`',
      'Update SQL Server, or leave the role where it is.',
    ],
    end: 'sql_server',
  },
  {
    ...group,
    number: 47122,
    name: 'group_without_cluster_manager',
    meaning: 'A group with CLUSTER_TYPE = NONE knows no planned failover between its own nodes.',
    likelyCauses: ['The failover was asked for on the ordinary group instead of the link.'],
    whatToDo: [
      'Look which of the two groups was named: a link is the one with `is_distributed = 1` in `sys.availability_groups`.',
    ],
    end: 'sql_server',
  },
];
