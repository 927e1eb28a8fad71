import type { Held } from '../history/ledger.ts';
import type { FailoverCheck } from '../link/data/database.ts';
import { exitCodeOfSeverity } from '../link/severity.ts';
import { isoTime } from '../text/quantity.ts';
import { visibleJson } from '../text/visible.ts';
import { azureDocument, unreadDocument } from './json-azure.ts';
import type {
  CertificateReport,
  CheckReport,
  CopyReport,
  DatabaseReport,
  EndReport,
  FailureReport,
  FindingReport,
  LinkReport,
  LogReport,
  NextStep,
  SeedingReport,
  ServerReport,
} from './report/report.ts';
import { isAnyLeftOut } from './report/servers.ts';

/** Raised when a key changes its meaning or goes away; new keys may come at any time. docs/check.md describes it. */
const jsonVersion = 2;

/**
 * The report for programs: snake_case keys, times as ISO 8601 in UTC, LSNs as decimal texts, null for what is not known.
 * Characters that a terminal obeys are escaped, so that it is safe to look at.
 */
export function checkJson(report: CheckReport, options: { readonly isPretty: boolean }): string {
  return visibleJson(JSON.stringify(checkDocument(report), null, options.isPretty ? 2 : 0));
}

/** What `checkJson` writes, as data. */
export function checkDocument(report: CheckReport): Readonly<Record<string, unknown>> {
  return {
    version: jsonVersion,
    generated_at: isoTime(report.generatedAtSeconds),
    status: report.severity,
    exit_code: exitCodeOfSeverity[report.severity],
    links: report.links.map(linkDocument),
    servers: report.servers.map(serverDocument),
    ...(report.unreadInAzure.length === 0 ? {} : { unread_in_azure: report.unreadInAzure.map(unreadDocument) }),
  };
}

/** The part of it about links. */
export function linksDocument(report: CheckReport): Readonly<Record<string, unknown>> {
  const { servers: _, ...rest } = checkDocument(report);
  return rest;
}

/** The part of it about servers. */
export function serversDocument(report: CheckReport): Readonly<Record<string, unknown>> {
  const { version, generated_at, servers } = checkDocument(report);
  return { version, generated_at, servers };
}

function linkDocument(link: LinkReport): object {
  return {
    link: link.name,
    managed_instance: link.managedInstance === '' ? null : link.managedInstance,
    status: link.severity,
    verdict: link.verdict,
    ...heldDocument(link.held),
    is_expected: link.isExpected,
    findings: link.findings.map(findingDocument),
    errors: link.errors.map(({ number, name, severity, meaning, likelyCauses, server }) => ({
      number,
      name,
      severity,
      meaning,
      likely_causes: likelyCauses,
      server,
    })),
    ends: link.ends.map(endDocument),
    databases: link.databases.map(databaseDocument),
    seedings: link.seedings.map(seedingDocument),
    certificates: link.certificates.map(certificateDocument),
    certificate_matches: link.certificateMatches.map(({ owner, isSame }) => ({ owner, is_same: isSame })),
    planned_failover: { ready: link.failover.isReady, checks: link.failover.checks.map(failoverDocument) },
    ...(link.beginnings.length === 0 ? {} : { first_copies: link.beginnings }),
    ...(link.azure === null ? {} : { azure: azureDocument(link.azure, link.isSeenThroughAzure) }),
    next_steps: link.nextSteps.map(stepDocument),
  };
}

function findingDocument({ code, severity, scope, text, sinceTimestampSeconds, held }: FindingReport): object {
  return { code, severity, ...scope, text, since: isoTime(sinceTimestampSeconds), ...heldDocument(held) };
}

/** Since when something holds, where somebody watched. */
function heldDocument(held: Held | null): object {
  if (held === null) return {};
  return { seen_since: isoTime(held.bySeconds), not_before: isoTime(held.notBeforeSeconds) };
}

function endDocument({ server, state, engine, role, partner, lastConnectError }: EndReport): object {
  return {
    server,
    state,
    engine,
    role,
    partner:
      partner === null ? null : { connected_state: partner.connectedState, synchronization_health: partner.health },
    last_connect_error:
      lastConnectError === null
        ? null
        : {
            number: lastConnectError.number,
            description: lastConnectError.description,
            at: isoTime(lastConnectError.timestampSeconds),
          },
  };
}

function databaseDocument(database: DatabaseReport): object {
  return {
    database: database.name,
    is_expected: database.isExpected,
    is_present: database.isCarried,
    copies: database.copies.map(copyDocument),
    logs: database.logs.map(logDocument),
    planned_failover: { ready: database.isFailoverReady, checks: database.failoverChecks.map(failoverDocument) },
  };
}

function logDocument(log: LogReport): object {
  return {
    server: log.server,
    role: log.role,
    log_reuse_wait: log.reuseWait,
    size_bytes: log.sizeBytes,
    used_bytes: log.usedBytes,
    limit_bytes: log.limitBytes,
    growth_bytes_per_second: log.growthBytesPerSecond === null ? null : Math.round(log.growthBytesPerSecond),
    time_left_seconds: log.timeLeftSeconds === null ? null : Math.round(log.timeLeftSeconds),
  };
}

function copyDocument(copy: CopyReport): object {
  return {
    server: copy.server,
    told_by: copy.toldBy,
    is_own: copy.isOwn,
    synchronization_state: copy.synchronizationState,
    synchronization_health: copy.health,
    database_state: copy.databaseState,
    is_suspended: copy.isSuspended,
    suspend_reason: copy.suspendReason,
    lag_seconds: copy.lagSeconds,
    log_send_queue_bytes: copy.sendQueueBytes,
    redo_queue_bytes: copy.redoQueueBytes,
    estimated_data_loss_seconds: milliseconds(copy.estimatedDataLossSeconds),
    estimated_recovery_seconds: milliseconds(copy.estimatedRecoverySeconds),
    last_commit_at: isoTime(copy.lastCommitTimestampSeconds),
    last_hardened_at: isoTime(copy.lastHardenedTimestampSeconds),
    last_hardened_lsn: copy.hardenedLsn === null ? null : String(copy.hardenedLsn),
  };
}

function seedingDocument(seeding: SeedingReport): object {
  const { transfer } = seeding;
  return {
    database: seeding.database,
    server: seeding.server,
    status: seeding.status,
    direction: seeding.direction,
    current_state: seeding.currentState,
    attempts: seeding.attempts,
    started_at: isoTime(seeding.startedTimestampSeconds),
    completed_at: isoTime(seeding.completedTimestampSeconds),
    error_code: seeding.errorCode,
    failure_state: seeding.failureState,
    failure_state_description: seeding.failureStateDescription,
    transfer:
      transfer === null
        ? null
        : {
            internal_state: transfer.internalState,
            transferred_bytes: transfer.transferredBytes,
            database_size_bytes: transfer.databaseSizeBytes,
            rate_bytes_per_second: transfer.rateBytesPerSecond,
            is_compressed: transfer.isCompressed,
            progress: transfer.progress,
            is_progress_lower_bound: transfer.isProgressLowerBound,
            estimated_completion_at: isoTime(transfer.estimatedCompletionTimestampSeconds),
            is_stalled: transfer.isStalled,
            last_progress_at: isoTime(transfer.lastProgressTimestampSeconds),
          },
  };
}

function certificateDocument(certificate: CertificateReport): object {
  return {
    certificate: certificate.name,
    server: certificate.server,
    usage: certificate.usage,
    valid_from: isoTime(certificate.startTimestampSeconds),
    expires_at: isoTime(certificate.expiryTimestampSeconds),
    seconds_left: certificate.secondsLeft === null ? null : Math.floor(certificate.secondsLeft),
    status: certificate.severity,
  };
}

function failoverDocument({ check, status, text }: FailoverCheck): object {
  return { check, status, text };
}

function stepDocument({ text, servers, statements, changes, alternative }: NextStep): object {
  return {
    text,
    servers,
    statements: statements.map((statement) => statement.text),
    changes,
    alternative_of: alternative?.of ?? null,
    alternative: alternative?.choice ?? null,
  };
}

function serverDocument(server: ServerReport): object {
  return {
    server: server.name,
    host: server.host,
    port: server.port,
    instance: server.instance,
    engine: server.engine,
    version: server.version,
    state: server.state,
    failure: server.failure === null ? null : failureDocument(server.failure),
    failed_views: server.failedViews.map(failureDocument),
    ...(server.unreadableColumns.length === 0 ? {} : { unreadable_columns: server.unreadableColumns }),
    missing_permissions: server.missingPermissions,
    ...(isAnyLeftOut(server.leftOut) ? { left_out: server.leftOut } : {}),
    may_hide_links: server.mayHideLinks,
    unlinked_distributed_groups: server.unlinkedGroups,
    last_poll_at: isoTime(server.lastPollTimestampSeconds),
    last_success_at: isoTime(server.lastSuccessTimestampSeconds),
    databases_read_at: isoTime(server.databasesReadTimestampSeconds),
    poll_duration_seconds: milliseconds(server.pollDurationSeconds),
    next_steps: server.nextSteps.map(stepDocument),
  };
}

/** Seconds to the millisecond, without the noise of binary fractions. */
function milliseconds(seconds: number | null): number | null {
  return seconds === null ? null : Math.round(seconds * 1000) / 1000;
}

function failureDocument({ view, reason, message, errorNumber }: FailureReport): object {
  return { view, reason, message, error_number: errorNumber };
}
