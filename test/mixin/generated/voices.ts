import type { FindingCode } from '../../../src/link/findings/kinds.ts';

/** An alert as `name severity`. */
type Alert = `Milink${string} ${'critical' | 'warning' | 'info'}`;

/** The alert that tells a kind of finding, or each of which one does; or why none does. */
export type Voice = Alert | readonly Alert[] | { readonly silent: string };

/** The alerts of a voice. */
export function alertsOf(voice: Voice): readonly Alert[] {
  if (typeof voice === 'string') return [voice];
  return 'silent' in voice ? [] : voice;
}

const info = { silent: 'Information: never a reason to call anyone.' } as const;
const unknown = 'MilinkLinkUnknown critical';

/** Who tells each kind of finding: the same severity, but for what stands in `others`. */
export const voices: Readonly<Record<FindingCode, Voice>> = {
  both_ends_primary: 'MilinkLinkSplitBrain critical',
  no_end_primary: 'MilinkLinkNoPrimary critical',
  primaries_without_link: unknown,
  several_primaries_on_one_side: 'MilinkReplicaNotHealthy warning',
  not_found_anywhere: 'MilinkLinkMissing critical',
  dropped_at_one_end: 'MilinkLinkDroppedAtOneEnd critical',
  other_end_has_no_row: 'MilinkLinkDisconnected warning',
  primary_not_observed: 'MilinkLinkPrimaryUnreachable critical',
  no_end_observed: unknown,
  end_not_read: unknown,
  primary_pending: unknown,
  ambiguous_identity: unknown,
  role_not_reported: unknown,
  other_end_not_found: unknown,
  split_brain_not_excluded: 'MilinkServerNotPolled warning',
  end_pending: info,
  end_unreachable: info,
  end_view_failed: info,
  // Where the right is lacking, the second takes the place of the first.
  view_not_read: ['MilinkViewFailing warning', 'MilinkPermissionMissing warning'],
  databases_left_out: 'MilinkServerTooLarge warning',
  duplicate_server: info,
  partner_disconnected: 'MilinkLinkDisconnected critical',
  partner_not_joined: 'MilinkLinkDisconnected warning',
  last_connect_error: info,
  connection_not_recognised: 'MilinkLinkSetupProblem warning',
  no_partner_row: 'MilinkLinkDisconnected critical',
  partner_not_healthy: 'MilinkLinkNotHealthy critical',
  partner_partially_healthy: 'MilinkLinkPartiallyHealthy warning',
  health_not_reported: unknown,
  health_not_recognised: unknown,
  end_not_healthy: 'MilinkReplicaNotHealthy critical',
  end_partially_healthy: 'MilinkReplicaNotHealthy warning',
  end_not_operational: 'MilinkReplicaNotHealthy critical',
  end_pending_operation: 'MilinkReplicaNotHealthy warning',
  end_in_recovery: 'MilinkReplicaNotHealthy warning',
  database_suspended: 'MilinkDatabaseSuspended critical',
  database_not_healthy: 'MilinkDatabaseNotHealthy critical',
  database_partially_healthy: 'MilinkDatabaseNotHealthy warning',
  database_reverting: 'MilinkDatabaseNotHealthy critical',
  database_not_online: 'MilinkDatabaseNotOnline critical',
  database_unprotected: 'MilinkDatabaseUnprotected warning',
  database_orphaned: 'MilinkDatabaseUnprotected warning',
  database_missing: 'MilinkDatabaseMissing warning',
  database_unexpected: info,
  log_full_soon: 'MilinkLogFullSoon critical',
  log_filling: 'MilinkLogFilling warning',
  log_held_by_node: info,
  log_backup_missing: 'MilinkLogBackupMissing warning',
  seeding_failed: 'MilinkSeedingFailed critical',
  seeding_running: 'MilinkSeedingRunning info',
  seeding_stalled: 'MilinkSeedingStalled warning',
  seeding_waiting: info,
  seeding_failed_before: info,
  endpoint_not_started: 'MilinkEndpointProblem warning',
  endpoint_settings_refuse: 'MilinkEndpointProblem warning',
  endpoints_do_not_meet: 'MilinkEndpointProblem warning',
  endpoint_address_differs: 'MilinkLinkSetupProblem warning',
  address_without_server: 'MilinkLinkSetupProblem warning',
  build_too_old: 'MilinkLinkSetupProblem warning',
  commit_modes_differ: 'MilinkLinkSetupProblem warning',
  certificate_expired: 'MilinkCertificateExpired critical',
  certificate_expires_now: 'MilinkCertificateExpiring critical',
  certificate_expiring: 'MilinkCertificateExpiring warning',
  certificate_not_valid_yet: 'MilinkCertificateProblem warning',
  certificate_differs: 'MilinkCertificateMismatch warning',
  authority_expired: 'MilinkCertificateProblem warning',
  endpoint_certificate_not_seen: 'MilinkCertificateProblem warning',
  azure_both_ends_primary: 'MilinkLinkSplitBrain critical',
  azure_not_found: 'MilinkLinkMissing critical',
  azure_link_error: 'MilinkAzureLinkError critical',
  azure_disconnected: 'MilinkAzureLinkError critical',
  azure_not_healthy: 'MilinkAzureLinkError critical',
  azure_certificate_expired: 'MilinkAzureLinkError critical',
  azure_partially_healthy: 'MilinkAzureLinkError warning',
  azure_link_error_unconfirmed: 'MilinkAzureLinkError warning',
  azure_role_differs: 'MilinkAzureLinkError warning',
  azure_link_not_listed: 'MilinkAzureLinkError warning',
  azure_lists_absent_link: 'MilinkAzureLinkError warning',
  azure_certificate_differs: 'MilinkAzureLinkError warning',
  azure_certificate_expiring: 'MilinkAzureLinkError warning',
  azure_link_starting: 'MilinkSeedingRunning info',
  azure_instance_not_ready: 'MilinkAzureInstanceNotReady warning',
  azure_link_error_recent: info,
  azure_last_error: info,
  azure_role_settling: info,
  azure_link_not_listed_yet: info,
  azure_failover_in_progress: info,
  azure_operation_in_progress: info,
  azure_not_read: info,
  azure_only: info,
};

/** Kinds of which the alert has another severity than `check` gives them, each with its reason. */
export const others: Readonly<Partial<Record<FindingCode, string>>> = {
  seeding_running:
    'The first copy is legal and lasts hours: whoever runs `check` has to see that nothing is protected yet, and nobody is to be called for it.',
  azure_link_starting: 'As `seeding_running`.',
  partner_not_joined:
    'Every new link reads like this for minutes. That it still does after ten is what is wrong, and one poll can not see it.',
};

/**
 * What a secondary says of itself only repeats what these say: told as them where the finding is about such an end.
 * The rules know the same of each, `echo` in src/mixin/alerts/findings.
 */
const secondaryEchoes = [
  'MilinkLinkPrimaryUnreachable',
  'MilinkLinkNotHealthy',
  'MilinkLinkDisconnected',
  'MilinkDatabaseNotHealthy',
  'MilinkDatabaseSuspended',
  'MilinkDatabaseNotOnline',
  'MilinkSeedingFailed',
];
export const toldAs: Readonly<Partial<Record<FindingCode, readonly string[]>>> = {
  end_not_healthy: secondaryEchoes,
  end_partially_healthy: [...secondaryEchoes, 'MilinkLinkPartiallyHealthy'],
};

/** Alerts above information that no finding stands behind, so that `check` may be better than they are. */
export const alertsWithoutFinding: Readonly<Record<string, string>> = {
  MilinkDatabaseLagHigh: 'A figure over a limit that the site sets in the rules.',
  MilinkDataLossOverObjective: 'The same.',
  MilinkLogSendQueueHigh: 'The same.',
  MilinkLogSendQueueGrowing: 'The same, foretold.',
  MilinkRedoQueueHigh: 'The same.',
  MilinkRedoQueueGrowing: 'The same, foretold.',
  MilinkLogTruncationBlocked:
    'Legal at any one moment: that it lasts for half an hour is what is wrong, and one poll can not see it.',
  MilinkLinkErrors: 'What the error log or the last connection said, which need not be so any more.',
  MilinkLinkVanished: 'Of a link that nobody listed and nobody shows: there is nothing to judge.',
  MilinkHistoryNotWritten: 'About the exporter: what it remembers, not what holds now.',
  MilinkServerNotPolled:
    'About a server: `check` says it of the server, and has 3 as exit code when a link is not seen for it.',
  MilinkPermissionMissing: 'About a login, also where no link needs the right.',
  MilinkServerTooLarge: 'About a server.',
  MilinkAzureNotReadable: 'About the reading of Azure: what the servers say of their links is not touched by it.',
  MilinkDataStale: 'About polling: `check` polls itself.',
};
