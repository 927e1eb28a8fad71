import type { Verdict } from '../../link/link.ts';
import type { Engine } from '../../model/server.ts';
import type { LinkReport } from '../report/report.ts';
import type { Severity } from '../severity.ts';
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

/** `split brain`: the label of `milink_link_verdict` with blanks. */
export function verdictText(verdict: Verdict): string {
  return verdict.replaceAll('_', ' ');
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
