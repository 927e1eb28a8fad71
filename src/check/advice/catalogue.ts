import { type FindingCode, findingCodes } from '../../link/findings/kinds.ts';
import { azureAdvice } from './azure.ts';
import {
  disconnected,
  endpointNotStarted,
  endpointSettings,
  endpointsDoNotMeet,
  notHealthy,
  partiallyHealthy,
} from './connection.ts';
import { logBackupMissing, logFilling, seeding, seedingFailed, seedingStalled } from './database.ts';
import { droppedAtOneEnd, missing, noPrimary, notRead, primaryUnreachable, unknown } from './role.ts';
import type { AdviceStep } from './step.ts';

/**
 * What to do about each kind of finding. Suspensions (by their reason), errors (by their number) and certificates (by
 * their part) have steps of their own beside these: `report/next-steps.ts`.
 */
export const adviceOfFinding: Readonly<Partial<Record<FindingCode, readonly AdviceStep[]>>> = {
  ...azureAdvice,
  not_found_anywhere: missing,
  dropped_at_one_end: droppedAtOneEnd,
  no_end_primary: noPrimary,
  primary_not_observed: primaryUnreachable,
  end_not_read: notRead,
  no_end_observed: unknown,
  primary_pending: unknown,
  seeding_failed: seedingFailed,
  seeding_running: seeding,
  seeding_stalled: seedingStalled,
  partner_disconnected: disconnected,
  partner_not_healthy: notHealthy,
  end_not_healthy: notHealthy,
  database_not_healthy: notHealthy,
  partner_partially_healthy: partiallyHealthy,
  end_partially_healthy: partiallyHealthy,
  database_partially_healthy: partiallyHealthy,
  log_full_soon: logFilling,
  log_filling: logFilling,
  log_backup_missing: logBackupMissing,
  endpoint_not_started: endpointNotStarted,
  endpoint_settings_refuse: endpointSettings,
  endpoints_do_not_meet: endpointsDoNotMeet,
  split_brain_not_excluded: [
    { text: 'Repair the polling of the other end: until it is seen, a split brain can not be excluded.' },
  ],
  other_end_not_found: [
    {
      text: 'Add the other end to `servers` in the configuration, or list the link under `links` with its `servers`.',
    },
  ],
  other_end_has_no_row: [
    {
      text: 'Wait for the other end to join if the link is new. If its creation has failed: remove what that left at both ends before it is tried again; docs/runbooks/recreate-the-link.md has the list. Else see whether it was dropped there, or another node is primary of its availability group: add every node to `servers`.',
    },
  ],
  role_not_reported: [
    {
      text: 'Poll the node that is primary of its own availability group: only that one shows the link. Add every node to `servers`.',
    },
  ],
  ambiguous_identity: [
    {
      text: 'Let the login see whose group it is.',
      at: 'each_end',
      sql: ['GRANT VIEW ANY DEFINITION TO [<login>];'],
    },
  ],
  no_partner_row: [{ text: 'Wait for the other end to join if the link is new; if it is not, it was dropped there.' }],
  database_missing: [
    {
      text: 'Add the database to the availability group at the primary end, or take it out of `databases` in the configuration. A link in single-database mode carries one.',
      at: 'primary',
      sql: ['ALTER AVAILABILITY GROUP [group] ADD DATABASE [database];'],
      onManagedInstance:
        "Take the database out of `databases` in the configuration, or see in Azure which databases the link was made for: the group at {end} is Azure's.",
    },
  ],
  database_unprotected: [
    {
      text: 'Find out why {secondary} has no copy: HADR was set off there, or it never joined. Seeding starts when the database is removed from the availability group and added again at {primary}; where that is a managed instance, whose groups Azure makes, when the link is made anew.',
      at: 'secondary',
      sql: ['SELECT name, state_desc, group_database_id FROM sys.databases;'],
    },
  ],
  database_orphaned: [
    {
      text: 'If {primary} was meant to drop the database from the link, the copy on {secondary} is left over: nothing reaches it any more.',
      at: 'secondary',
      sql: ['SELECT name, state_desc, group_database_id FROM sys.databases;'],
    },
  ],
  database_not_online: [
    {
      text: 'See why the database is not online: the error log of the server that says so, its disks and its files.',
      at: 'teller',
      sql: ['EXEC sys.sp_readerrorlog 0, 1;'],
    },
  ],
  end_not_operational: [
    {
      text: 'See why the availability group is not online there: the error log of that server and its cluster.',
      at: 'teller',
      sql: ['EXEC sys.sp_readerrorlog 0, 1;'],
    },
  ],
  end_pending_operation: [
    { text: 'Wait: pending is brief. If it stays, the server may have run out of worker threads.' },
  ],
  end_in_recovery: [
    { text: 'Wait for the recovery of the databases; the error log of that server tells how far it is.' },
  ],
  database_reverting: [
    {
      text: 'Wait. Do not restart {secondary}, do not resume or fail over: the undo would begin anew, or the database would not start. The error log of the server with the copy tells how far it is.',
      at: 'secondary',
      sql: ['EXEC sys.sp_readerrorlog 0, 1;'],
    },
  ],
  address_without_server: [
    {
      text: 'Give the address of the managed instance in the group its `;Server=[name]`, with the short name of the instance.',
      at: 'teller',
      sql: ['SELECT replica_server_name, endpoint_url FROM sys.availability_replicas;'],
    },
  ],
  endpoint_address_differs: [
    {
      text: 'Let the group and the endpoint name one port, or see that what translates the address does so. Both are read here:',
      at: 'teller',
      sql: [
        'SELECT name, port, ip_address, state_desc FROM sys.tcp_endpoints;',
        'SELECT replica_server_name, endpoint_url FROM sys.availability_replicas;',
      ],
    },
  ],
  build_too_old: [
    { text: 'Update that SQL Server before anything else: an older build refuses the link whatever the network does.' },
  ],
  commit_modes_differ: [
    {
      text: "Give both members the mode that you want at {sql_server}; asynchronous is what a link has by itself. The managed instance's end is set in Azure: `az sql mi link update --replication-mode Async`.",
      at: 'sql_server',
      sql: [
        "ALTER AVAILABILITY GROUP [link] MODIFY AVAILABILITY GROUP ON N'<first member>' WITH (AVAILABILITY_MODE = ASYNCHRONOUS_COMMIT), N'<second member>' WITH (AVAILABILITY_MODE = ASYNCHRONOUS_COMMIT);",
      ],
    },
  ],
  endpoint_certificate_not_seen: [
    {
      text: 'Let the login see the certificates.',
      at: 'teller',
      sql: ['GRANT VIEW ANY DEFINITION TO [<login>];'],
    },
    {
      text: 'Look whether the one that the endpoint names is there.',
      at: 'teller',
      sql: [
        'SELECT certificate_id FROM sys.database_mirroring_endpoints;',
        'SELECT certificate_id, name, expiry_date FROM sys.certificates;',
      ],
    },
  ],
};

/**
 * Which findings are seen to first: in the order of the damage that waiting does. Data that drift apart, service that
 * stands still, data that are not protected, then what will break later.
 */
const first: readonly FindingCode[] = [
  'both_ends_primary',
  'azure_both_ends_primary',
  'no_end_primary',
  'dropped_at_one_end',
  'not_found_anywhere',
  'database_not_online',
  'end_not_operational',
  'primary_not_observed',
  'end_not_read',
  'certificate_expired',
  'build_too_old',
  'address_without_server',
  'endpoint_address_differs',
  'log_full_soon',
  'azure_instance_not_ready',
  'partner_disconnected',
  'log_filling',
  'database_suspended',
  'partner_not_healthy',
  'end_not_healthy',
  'database_reverting',
  'database_not_healthy',
  'azure_link_error',
  'azure_disconnected',
  'seeding_failed',
  'seeding_stalled',
  'database_unprotected',
  'seeding_running',
];

export const damageOrder: readonly FindingCode[] = [...first, ...findingCodes.filter((code) => !first.includes(code))];

/** What was read of an end and refuses a connection: while there is none it decides, and the way between the ends comes after it. */
const deciding: ReadonlySet<FindingCode> = new Set<FindingCode>([
  'endpoint_not_started',
  'endpoint_settings_refuse',
  'endpoints_do_not_meet',
  'certificate_not_valid_yet',
  'certificate_differs',
]);

/** The same while the ends are not connected. */
export const damageOrderDisconnected: readonly FindingCode[] = damageOrder.flatMap((code) => {
  if (deciding.has(code)) return [];
  return code === 'partner_disconnected' ? [...deciding, code] : [code];
});
