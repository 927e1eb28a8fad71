/**
 * - `critical`: data does not move, is not protected at once, or nobody takes writes: someone is called
 * - `warning`: works now, but something will break or is not protected: someone looks today
 * - `info`: worth knowing beside the rest, never a reason to act by itself
 */
export type FindingSeverity = 'critical' | 'warning' | 'info';

/** Worst first: of findings of one severity the first of these words is the verdict. `severity.ts` says how. */
export const verdicts = [
  'split_brain',
  'missing',
  'no_primary',
  'primary_unreachable',
  'seeding_failed',
  'disconnected',
  'suspended',
  'not_healthy',
  'unknown',
  'seeding',
  'partially_healthy',
  'healthy',
] as const;

export type Verdict = (typeof verdicts)[number];

/**
 * How bad a link is, best first. What could not be seen may be the worst of all, so `unknown` comes before everything but
 * what is known to be critical.
 */
export const severities = ['healthy', 'degraded', 'unknown', 'critical'] as const;

export type Severity = (typeof severities)[number];
