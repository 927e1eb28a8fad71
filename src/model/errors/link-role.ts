import type { SqlErrorDescription } from './description.ts';
import { askSupport, compareNames, readPartnerLog, runCheck } from './step.ts';

const seen = { seenIn: ['azure_resource_manager', 'error_log'], isLinkError: true } as const;

const retried = { ...seen, severity: 'warning', transient: true } as const;

const serviceSide = ['Something inside the managed instance was busy or restarting; nothing on SQL Server causes it.'];

const wait = [
  'Wait: the managed instance tries again by itself.',
  "Keep the link until the managed instance's first full backup after the failover: `SELECT TOP (1) database_name, backup_finish_date FROM msdb.dbo.backupset WHERE type = 'D' ORDER BY backup_finish_date DESC;`",
  askSupport,
];

/** What can happen at the managed instance while it becomes primary, or when its role is changed. */
export const linkRoleErrors: readonly SqlErrorDescription[] = [
  {
    ...retried,
    number: 41954,
    name: 'database_becoming_primary_delayed',
    meaning: 'A database on the managed instance did not become primary at the first try.',
    likelyCauses: serviceSide,
    whatToDo: ['Wait: the managed instance tries again by itself.', runCheck, askSupport],
  },
  {
    ...retried,
    number: 41955,
    name: 'backup_metadata_not_fetched',
    meaning: 'The managed instance could not fetch what it knows about the backups of the database.',
    likelyCauses: serviceSide,
    whatToDo: wait,
  },
  {
    ...retried,
    number: 41956,
    name: 'backup_addresses_not_fetched',
    meaning: 'The managed instance could not fetch where the backups of the database are stored.',
    likelyCauses: serviceSide,
    whatToDo: wait,
  },
  {
    ...seen,
    number: 41957,
    name: 'backup_addresses_invalid',
    severity: 'critical',
    meaning: 'What the managed instance knows of where the backups of the database are stored is damaged.',
    likelyCauses: ['The service stored something wrong; nothing on SQL Server causes it.'],
    whatToDo: [
      'Keep the link, and keep taking backups at SQL Server.',
      'Open a support request for the managed instance and name the database.',
    ],
  },
  {
    ...retried,
    number: 41958,
    name: 'backup_metadata_unavailable',
    meaning: "What the managed instance knows about the database's backups is not available for now.",
    likelyCauses: serviceSide,
    whatToDo: wait,
  },
  {
    ...retried,
    number: 41959,
    name: 'backup_metadata_read_failed',
    meaning: "The managed instance failed to read what it keeps about the database's backups.",
    likelyCauses: serviceSide,
    whatToDo: wait,
  },
  {
    ...retried,
    number: 41960,
    name: 'backup_metadata_write_failed',
    meaning: "The managed instance failed to record something about the database's backups.",
    likelyCauses: serviceSide,
    whatToDo: wait,
  },
  {
    ...retried,
    number: 41961,
    name: 'instance_becoming_primary_delayed',
    meaning: 'The managed instance did not take the primary role at the first try.',
    likelyCauses: serviceSide,
    whatToDo: ['Wait: the managed instance tries again by itself.', runCheck, askSupport],
  },
  {
    ...seen,
    number: 41965,
    name: 'role_already_held',
    severity: 'info',
    meaning: 'The managed instance was asked to take a role that it already has, so nothing was changed.',
    likelyCauses: ['The change of role was asked for twice.', 'The link had already failed over.'],
    whatToDo: [runCheck, 'Change the role of the other end only if the two roles do not match.'],
  },
  {
    ...seen,
    number: 41968,
    name: 'role_change_running',
    severity: 'warning',
    meaning: 'A change of role was refused because an earlier one has not ended yet.',
    likelyCauses: ['A failover was started twice, or from two tools.'],
    whatToDo: ['Wait until the running change has ended, then look again.', runCheck],
  },
  {
    ...seen,
    number: 41969,
    name: 'role_change_failed',
    severity: 'critical',
    meaning: 'The managed instance could not change its role and does not say why.',
    likelyCauses: ["The reason is in the managed instance's error log."],
    whatToDo: [
      'Run `milink-exporter check` before anything else: it says which end is primary now.',
      'Read the error log of the managed instance: `EXEC sys.sp_readerrorlog 0, 1;`',
      askSupport,
    ],
  },
  {
    ...seen,
    number: 41970,
    name: 'planned_switch_unsupported',
    severity: 'warning',
    meaning: 'The managed instance can become primary here only by a forced failover, not by a planned one.',
    likelyCauses: ['The planned failover was started at the secondary end, or this version has none.'],
    whatToDo: [
      'Fail over as docs/runbooks/fail-over.md says, which has the way for each version and each end.',
      'On older versions stop the load, wait until both ends show the same LSN, and fail over with SSMS or PowerShell.',
    ],
    unverified: 'That a forced failover is the way left in this case is inferred.',
  },
  {
    ...seen,
    number: 42033,
    name: 'distributed_group_update_failed',
    severity: 'warning',
    meaning: 'A change to the configuration of the distributed group was not applied at the managed instance.',
    likelyCauses: ['The link was busy with another change.', 'A setting does not fit the one at the other end.'],
    whatToDo: [compareNames, readPartnerLog, 'Make the change again.'],
    unverified: 'The causes are inferred; the message names none.',
  },
];
