import type { LinkReport } from '../check/report/report.ts';
import type { Held } from '../history/ledger.ts';
import type { Severity } from '../link/data/verdict.ts';
import { type FindingCode, findingKinds } from '../link/findings/kinds.ts';
import { betweenText } from '../link/words.ts';
import type { Engine } from '../model/server.ts';
import { clockText, durationText } from '../text/quantity.ts';
import { type Span, span, type Tone } from '../text/visible.ts';

/** Since when something holds, and for how long: as exactly as it is known. */
export function heldText({ notBeforeSeconds, bySeconds }: Held, nowSeconds: number): string {
  const lasted = durationText(nowSeconds - bySeconds);
  if (notBeforeSeconds === null) return `for ${lasted} at least: it was so when the exporter first looked`;
  const times = { afterTimestampSeconds: notBeforeSeconds, byTimestampSeconds: bySeconds };
  return `for ${lasted}: it became so ${betweenText(times)}`;
}

/** The same in a few words. */
export function sinceText({ notBeforeSeconds, bySeconds }: Held, nowSeconds: number): string {
  return `since ${clockText(bySeconds, nowSeconds)}${notBeforeSeconds === null ? ' or before' : ''}`;
}

const severityTones: Readonly<Record<Severity, Tone>> = {
  healthy: 'good',
  degraded: 'warning',
  critical: 'bad',
  unknown: 'open',
};

/** As wide as the longest, so that what follows stands in one column. */
const severityCells = 'CRITICAL'.length;

export function severityTone(severity: Severity): Tone {
  return severityTones[severity];
}

/** `CRITICAL`, `HEALTHY `, ... */
export function severityWord(severity: Severity): Span {
  return span(severity.toUpperCase().padEnd(severityCells), severityTones[severity]);
}

/** In a few words what the word of a finding that has none of its own stands for. Its text says it in full. */
const remarks: Readonly<Partial<Record<FindingCode, string>>> = {
  certificate_expired: 'a certificate has expired',
  certificate_expires_now: 'a certificate ends within two days',
  end_not_operational: 'an end is not operational',
  end_not_healthy: 'an end is not healthy',
  database_not_online: 'a database is not online',
  database_not_healthy: 'a database is not healthy',
  log_full_soon: 'a log is full within hours',
  log_filling: 'a log is full within a day',
  log_backup_missing: 'nobody takes log backups',
  database_unprotected: 'a database has no copy',
  database_orphaned: 'a copy has no primary',
  database_missing: 'a database is not in it',
  seeding_stalled: 'it does not move',
  other_end_has_no_row: 'the other end does not have it',
  split_brain_not_excluded: 'the other end is not seen',
  several_primaries_on_one_side: 'several primaries on one side',
  endpoint_not_started: 'an endpoint is not started',
  endpoint_settings_refuse: 'the endpoint refuses the link',
  endpoints_do_not_meet: 'the endpoints do not meet',
  certificate_differs: 'an end holds an old certificate',
  authority_expired: 'an imported authority has expired',
  certificate_expiring: 'a certificate ends soon',
  certificate_not_valid_yet: 'a certificate is not valid yet',
  endpoint_certificate_not_seen: "the endpoint's certificate is not seen",
  connection_not_recognised: 'the connection state is not known',
  view_not_read: 'not everything was read',
  databases_left_out: 'not everything is shown',
  end_in_recovery: 'an end is in recovery',
  end_pending_operation: 'an end is pending',
  azure_both_ends_primary: 'seen through Azure',
  azure_link_error: 'Azure shows an error',
  azure_link_error_unconfirmed: 'Azure shows an error, the servers do not',
  azure_disconnected: 'seen through Azure',
  azure_not_healthy: 'seen through Azure',
  azure_partially_healthy: 'seen through Azure',
  azure_not_found: 'Azure does not list it',
  azure_certificate_expired: 'a certificate has expired',
  azure_certificate_expiring: 'a certificate ends soon',
  azure_certificate_differs: 'a certificate is another one in Azure',
  azure_link_not_listed: 'Azure does not list it',
  azure_lists_absent_link: 'a server does not have it',
  azure_role_differs: 'Azure shows another role',
  azure_instance_not_ready: 'the instance is not ready',
};

/** `split brain`: the label of `milink_link_verdict` with blanks, and in short what the worst finding is about. */
export function stateText({ verdict, findings }: Pick<LinkReport, 'verdict' | 'findings'>): string {
  const text = verdict.replaceAll('_', ' ');
  const [worst] = findings.filter(({ code }) => findingKinds[code].verdict === verdict);
  const remark = worst === undefined || worst.severity === 'info' ? undefined : remarks[worst.code];
  return remark === undefined ? text : `${text}: ${remark}`;
}

export function stateSpan(link: LinkReport): Span {
  return span(stateText(link), severityTones[link.severity]);
}

/** `DAG_Sales on mi-prod`. */
export function linkText({ name, managedInstance }: Pick<LinkReport, 'name' | 'managedInstance'>): string {
  return managedInstance === '' ? name : `${name} on ${managedInstance}`;
}

const engineTexts: Readonly<Record<Engine, string>> = {
  sql_server: 'SQL Server',
  managed_instance: 'managed instance',
};

export function engineText(engine: Engine | null): string {
  return engine === null ? '' : engineTexts[engine];
}

/** `-` for what is not known: an empty cell would look like a zero. */
export function orDash<Value>(value: Value | null, text: (value: Value) => string): string {
  return value === null ? '-' : text(value);
}
