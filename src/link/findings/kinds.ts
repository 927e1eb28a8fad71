import type { FindingSeverity, Verdict } from '../data/verdict.ts';

/** What a kind of finding means, whatever it is about. */
export interface FindingKind {
  readonly severity: FindingSeverity;
  /** The word that it gives the link when no finding is worse; `healthy` for one that changes nothing. */
  readonly verdict: Verdict;
}

/**
 * Every kind of finding: a closed set, so that programs can rely on it. The alert of a kind has its severity.
 * The finders in this folder say when each holds; docs/check.md and docs/runbooks say what to do.
 */
export const findingKinds = {
  // Roles
  both_ends_primary: { severity: 'critical', verdict: 'split_brain' },
  no_end_primary: { severity: 'critical', verdict: 'no_primary' },
  primaries_without_link: { severity: 'critical', verdict: 'unknown' },
  several_primaries_on_one_side: { severity: 'warning', verdict: 'partially_healthy' },
  // Ends that are gone
  not_found_anywhere: { severity: 'critical', verdict: 'missing' },
  dropped_at_one_end: { severity: 'critical', verdict: 'missing' },
  other_end_has_no_row: { severity: 'warning', verdict: 'partially_healthy' },
  // Ends that are not seen
  primary_not_observed: { severity: 'critical', verdict: 'primary_unreachable' },
  no_end_observed: { severity: 'critical', verdict: 'unknown' },
  end_not_read: { severity: 'critical', verdict: 'unknown' },
  primary_pending: { severity: 'critical', verdict: 'unknown' },
  ambiguous_identity: { severity: 'critical', verdict: 'unknown' },
  role_not_reported: { severity: 'critical', verdict: 'unknown' },
  other_end_not_found: { severity: 'critical', verdict: 'unknown' },
  split_brain_not_excluded: { severity: 'warning', verdict: 'partially_healthy' },
  end_pending: { severity: 'info', verdict: 'healthy' },
  end_unreachable: { severity: 'info', verdict: 'healthy' },
  end_view_failed: { severity: 'info', verdict: 'healthy' },
  view_not_read: { severity: 'warning', verdict: 'partially_healthy' },
  databases_left_out: { severity: 'warning', verdict: 'partially_healthy' },
  duplicate_server: { severity: 'info', verdict: 'healthy' },
  // The connection
  partner_disconnected: { severity: 'critical', verdict: 'disconnected' },
  partner_not_joined: { severity: 'info', verdict: 'healthy' },
  last_connect_error: { severity: 'info', verdict: 'healthy' },
  connection_not_recognised: { severity: 'warning', verdict: 'partially_healthy' },
  no_partner_row: { severity: 'critical', verdict: 'unknown' },
  // What the replicas say
  partner_not_healthy: { severity: 'critical', verdict: 'not_healthy' },
  partner_partially_healthy: { severity: 'warning', verdict: 'partially_healthy' },
  health_not_reported: { severity: 'critical', verdict: 'unknown' },
  health_not_recognised: { severity: 'critical', verdict: 'unknown' },
  end_not_healthy: { severity: 'critical', verdict: 'not_healthy' },
  end_partially_healthy: { severity: 'warning', verdict: 'partially_healthy' },
  end_not_operational: { severity: 'critical', verdict: 'not_healthy' },
  end_pending_operation: { severity: 'warning', verdict: 'partially_healthy' },
  end_in_recovery: { severity: 'warning', verdict: 'partially_healthy' },
  // Databases
  database_suspended: { severity: 'critical', verdict: 'suspended' },
  database_not_healthy: { severity: 'critical', verdict: 'not_healthy' },
  database_partially_healthy: { severity: 'warning', verdict: 'partially_healthy' },
  database_reverting: { severity: 'critical', verdict: 'not_healthy' },
  database_not_online: { severity: 'critical', verdict: 'not_healthy' },
  database_unprotected: { severity: 'warning', verdict: 'partially_healthy' },
  database_orphaned: { severity: 'warning', verdict: 'partially_healthy' },
  database_missing: { severity: 'warning', verdict: 'partially_healthy' },
  database_unexpected: { severity: 'info', verdict: 'healthy' },
  // The log of the primary, which is kept for a copy
  log_full_soon: { severity: 'critical', verdict: 'not_healthy' },
  log_filling: { severity: 'warning', verdict: 'partially_healthy' },
  log_held_by_node: { severity: 'info', verdict: 'healthy' },
  log_backup_missing: { severity: 'warning', verdict: 'partially_healthy' },
  // The first copy
  seeding_failed: { severity: 'critical', verdict: 'seeding_failed' },
  seeding_running: { severity: 'warning', verdict: 'seeding' },
  seeding_stalled: { severity: 'warning', verdict: 'seeding' },
  seeding_waiting: { severity: 'info', verdict: 'healthy' },
  seeding_failed_before: { severity: 'info', verdict: 'healthy' },
  // Endpoints and certificates: what the next connection will need
  endpoint_not_started: { severity: 'warning', verdict: 'partially_healthy' },
  endpoint_settings_refuse: { severity: 'warning', verdict: 'partially_healthy' },
  endpoints_do_not_meet: { severity: 'warning', verdict: 'partially_healthy' },
  endpoint_address_differs: { severity: 'warning', verdict: 'partially_healthy' },
  address_without_server: { severity: 'warning', verdict: 'partially_healthy' },
  build_too_old: { severity: 'warning', verdict: 'partially_healthy' },
  commit_modes_differ: { severity: 'warning', verdict: 'partially_healthy' },
  certificate_expired: { severity: 'critical', verdict: 'not_healthy' },
  certificate_expires_now: { severity: 'critical', verdict: 'not_healthy' },
  certificate_expiring: { severity: 'warning', verdict: 'partially_healthy' },
  certificate_not_valid_yet: { severity: 'warning', verdict: 'partially_healthy' },
  certificate_differs: { severity: 'warning', verdict: 'partially_healthy' },
  authority_expired: { severity: 'warning', verdict: 'partially_healthy' },
  endpoint_certificate_not_seen: { severity: 'warning', verdict: 'partially_healthy' },
  // What Azure says, a witness beside the servers
  azure_both_ends_primary: { severity: 'critical', verdict: 'split_brain' },
  azure_not_found: { severity: 'critical', verdict: 'missing' },
  azure_link_error: { severity: 'critical', verdict: 'not_healthy' },
  azure_disconnected: { severity: 'critical', verdict: 'disconnected' },
  azure_not_healthy: { severity: 'critical', verdict: 'not_healthy' },
  azure_certificate_expired: { severity: 'critical', verdict: 'not_healthy' },
  azure_partially_healthy: { severity: 'warning', verdict: 'partially_healthy' },
  azure_link_starting: { severity: 'warning', verdict: 'seeding' },
  azure_link_error_unconfirmed: { severity: 'warning', verdict: 'partially_healthy' },
  azure_role_differs: { severity: 'warning', verdict: 'partially_healthy' },
  azure_link_not_listed: { severity: 'warning', verdict: 'partially_healthy' },
  azure_lists_absent_link: { severity: 'warning', verdict: 'partially_healthy' },
  azure_instance_not_ready: { severity: 'warning', verdict: 'partially_healthy' },
  azure_certificate_differs: { severity: 'warning', verdict: 'partially_healthy' },
  azure_certificate_expiring: { severity: 'warning', verdict: 'partially_healthy' },
  azure_link_error_recent: { severity: 'info', verdict: 'healthy' },
  azure_last_error: { severity: 'info', verdict: 'healthy' },
  azure_role_settling: { severity: 'info', verdict: 'healthy' },
  azure_link_not_listed_yet: { severity: 'info', verdict: 'healthy' },
  azure_failover_in_progress: { severity: 'info', verdict: 'healthy' },
  azure_operation_in_progress: { severity: 'info', verdict: 'healthy' },
  azure_not_read: { severity: 'info', verdict: 'healthy' },
  azure_only: { severity: 'info', verdict: 'healthy' },
} as const satisfies Readonly<Record<string, FindingKind>>;

export type FindingCode = keyof typeof findingKinds;

export const findingCodes = Object.keys(findingKinds) as readonly FindingCode[];
