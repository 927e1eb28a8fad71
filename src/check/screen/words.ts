import type { Engine } from '../../model/server.ts';
import type { LinkReport } from '../report/report.ts';
import { type Severity, severityOfVerdict } from '../severity.ts';
import { type Span, span, type Tone } from './line.ts';

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

/** What makes a link worse than its verdict, in short, by the code of the reason that says it in full. */
const remarks: Readonly<Record<string, string>> = {
  certificate_expired: 'a certificate has expired',
  certificate_differs: 'an end holds an old certificate',
  certificate_expiring: 'a certificate ends soon',
  certificate_not_valid_yet: 'a certificate is not valid yet',
  view_not_read: 'not everything was read',
  split_brain_not_excluded: 'the other end not seen',
  other_end_has_no_row: 'the other end does not have it',
  seeding_stalled: 'it does not move',
  several_primaries_on_one_side: 'several primaries on one side',
  connection_not_recognised: 'the connection state is not known',
  database_missing: 'a database is not in it',
  database_not_healthy: 'a database is not healthy',
};

/** `split brain`: the label of `milink_link_verdict` with blanks, and what makes the link worse than that. */
export function stateText({ verdict, severity, reasons }: LinkReport): string {
  const text = verdict.replaceAll('_', ' ');
  if (severity === severityOfVerdict[verdict]) return text;
  const worse = Object.keys(remarks).find((code) => reasons.some((reason) => reason.code === code));
  return worse === undefined ? text : `${text}, but ${remarks[worse]}`;
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
