import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  compareSeverities,
  exitCodeOfSeverity,
  type Severity,
  severities,
  severityOfVerdict,
  worstOf,
} from '../../src/check/severity.ts';
import { type Verdict, verdicts } from '../../src/link/link.ts';

/** What docs/check.md and --help promise to monitoring systems. */
const exitCodes: Readonly<Record<Verdict, number>> = {
  healthy: 0,
  seeding: 1,
  partially_healthy: 1,
  split_brain: 2,
  missing: 2,
  no_primary: 2,
  primary_unreachable: 2,
  seeding_failed: 2,
  disconnected: 2,
  suspended: 2,
  not_healthy: 2,
  unknown: 3,
};

for (const verdict of verdicts) {
  test(`${verdict} alone is exit code ${exitCodes[verdict]}`, () => {
    assert.equal(exitCodeOfSeverity[severityOfVerdict[verdict]], exitCodes[verdict]);
  });
}

const worst: readonly (readonly [readonly Severity[], Severity])[] = [
  [[], 'healthy'],
  [['healthy', 'degraded'], 'degraded'],
  [['unknown', 'degraded'], 'unknown'],
  [['unknown', 'critical', 'healthy'], 'critical'],
];

for (const [all, expected] of worst) {
  test(`of ${all.join(', ') || 'none'} the worst is ${expected}`, () => assert.equal(worstOf(all), expected));
}

test('the worst comes first', () => {
  assert.deepEqual([...severities].sort(compareSeverities), ['critical', 'unknown', 'degraded', 'healthy']);
});
