import type { Verdict } from '../link/link.ts';

/**
 * How bad a link is, best first. What could not be seen may be the worst of all, so `unknown` comes before everything but
 * what is known to be critical.
 */
export const severities = ['healthy', 'degraded', 'unknown', 'critical'] as const;

export type Severity = (typeof severities)[number];

/** What a verdict alone means. What else is known of a link can make it worse, never better. */
export const severityOfVerdict: Readonly<Record<Verdict, Severity>> = {
  split_brain: 'critical',
  missing: 'critical',
  unknown: 'unknown',
  no_primary: 'critical',
  primary_unreachable: 'critical',
  seeding_failed: 'critical',
  seeding: 'degraded',
  disconnected: 'critical',
  suspended: 'critical',
  not_healthy: 'critical',
  partially_healthy: 'degraded',
  healthy: 'healthy',
};

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
