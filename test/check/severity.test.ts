import assert from 'node:assert/strict';
import { test } from 'node:test';
import { finding } from '../../src/link/data/finding.ts';
import { type Severity, severities, type Verdict } from '../../src/link/data/verdict.ts';
import { type FindingCode, findingCodes, findingKinds } from '../../src/link/findings/kinds.ts';
import { compareSeverities, exitCodeOfSeverity, severityOf, verdictOf, worstOf } from '../../src/link/severity.ts';

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

for (const code of findingCodes) {
  const { verdict, severity } = findingKinds[code];
  test(`${code} alone is ${verdict}, exit code ${exitCodes[verdict]}`, () => {
    const alone = [finding(code, { text: 'It is so.' })];
    assert.equal(verdictOf(alone), verdict);
    assert.equal(exitCodeOfSeverity[severityOf(alone)], exitCodes[verdict]);
    assert.equal(severity === 'info', verdict === 'healthy');
  });
}

test('no finding beside another one makes the link better', () => {
  for (const one of findingCodes) {
    for (const other of findingCodes) {
      const [first, second] = [finding(one, { text: 'a' }), finding(other, { text: 'b' })];
      const together = severities.indexOf(severityOf([first, second]));
      assert.ok(together >= severities.indexOf(severityOf([first])), `${one} beside ${other}`);
    }
  }
});

test('of one severity the word that comes first counts, and what is known to be broken is not unknown', () => {
  const both = (one: FindingCode, other: FindingCode): Verdict =>
    verdictOf([finding(one, { text: 'a' }), finding(other, { text: 'b' })]);
  assert.equal(both('database_not_healthy', 'both_ends_primary'), 'split_brain');
  assert.equal(both('health_not_reported', 'database_not_healthy'), 'not_healthy');
  assert.equal(both('seeding_running', 'database_not_healthy'), 'not_healthy');
  assert.equal(both('seeding_running', 'certificate_differs'), 'seeding');
  assert.equal(verdictOf([]), 'healthy');
});

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
