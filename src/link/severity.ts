import type { Finding } from './data/finding.ts';
import { type FindingSeverity, type Severity, severities, type Verdict, verdicts } from './data/verdict.ts';
import { findingKinds } from './findings/kinds.ts';

/** Worst first. */
const findingSeverities: readonly FindingSeverity[] = ['critical', 'warning', 'info'];

/**
 * The verdict summarises the findings and hides none: of the worst severity the word that comes first in `verdicts`.
 * `unknown` is the last of the critical words, because something that is known to be broken is not unknown.
 */
export function verdictOf(findings: readonly Finding[]): Verdict {
  for (const severity of findingSeverities) {
    const words = new Set(
      findings.filter((each) => each.severity === severity).map(({ code }) => findingKinds[code].verdict),
    );
    if (words.size > 0) return verdicts.find((verdict) => words.has(verdict)) ?? 'healthy';
  }
  return 'healthy';
}

/** What the findings mean together: `unknown` when the worst of them says that nothing is known. */
export function severityOf(findings: readonly Finding[]): Severity {
  if (findings.some(({ severity }) => severity === 'critical')) {
    return verdictOf(findings) === 'unknown' ? 'unknown' : 'critical';
  }
  return findings.some(({ severity }) => severity === 'warning') ? 'degraded' : 'healthy';
}

/** The exit codes of monitoring plugins: OK, WARNING, CRITICAL, UNKNOWN. */
export const exitCodeOfSeverity: Readonly<Record<Severity, number>> = {
  healthy: 0,
  degraded: 1,
  critical: 2,
  unknown: 3,
};

/** The worst of several; `healthy` when there are none. */
export function worstOf(all: readonly Severity[]): Severity {
  return severities.findLast((severity) => all.includes(severity)) ?? 'healthy';
}

/** Sorts the worst first. */
export function compareSeverities(one: Severity, other: Severity): number {
  return severities.indexOf(other) - severities.indexOf(one);
}
