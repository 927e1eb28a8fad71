import assert from 'node:assert/strict';
import { test } from 'node:test';
import { finding } from '../../../src/link/data/finding.ts';
import type { AssessedLink } from '../../../src/link/data/link.ts';
import { verdicts } from '../../../src/link/data/verdict.ts';
import { linkFamilies } from '../../../src/metrics/families/link.ts';
import { failedServer, managedInstance, pendingServer, sqlServer } from '../../link/server-state.ts';
import { seriesOf, stateOf } from '../series.ts';

const ids = 'link="DAG_Sales",managed_instance="mi-prod"';

test('all verdicts are series, and one of them is 1', () => {
  const series = seriesOf(linkFamilies, stateOf([sqlServer(), managedInstance()]), 'milink_link_verdict');
  const expected = verdicts.map((verdict) => {
    return `milink_link_verdict{${ids},verdict="${verdict}"} ${verdict === 'healthy' ? 1 : 0}`;
  });
  assert.deepEqual(series, expected);
});

test('split brain shows as verdict, finding and two primaries', () => {
  const series = seriesOf(linkFamilies, stateOf([sqlServer(), managedInstance({ role: 'PRIMARY' })]));
  for (const line of [
    `milink_link_verdict{${ids},verdict="split_brain"} 1`,
    `milink_link_finding{${ids},finding="both_ends_primary",severity="critical",server="",database="",certificate=""} 1`,
    `milink_link_ends_observed{${ids}} 2`,
    `milink_link_primaries{${ids}} 2`,
    `milink_link_expected{${ids}} 0`,
  ]) {
    assert.ok(series.includes(line), line);
  }
});

for (const other of [failedServer, pendingServer]) {
  test(`the number of primaries is absent while one end was not seen (${other.name})`, () => {
    const state = stateOf([sqlServer(), other('mi-prod', { host: 'mi-prod.0123abcd.database.windows.net' })]);
    assert.deepEqual(seriesOf(linkFamilies, state, 'milink_link_primaries'), []);
    assert.deepEqual(seriesOf(linkFamilies, state, 'milink_link_ends_observed'), [
      `milink_link_ends_observed{${ids}} 1`,
    ]);
  });
}

test('an expected link that nobody shows is there all the same', () => {
  const expected = [{ name: 'DAG_Gone', managedInstance: 'mi-prod', servers: [], databases: [] }];
  const state = stateOf([sqlServer(), managedInstance()], expected);
  const series = seriesOf(linkFamilies, state).filter((line) => line.includes('DAG_Gone'));
  const gone = 'link="DAG_Gone",managed_instance="mi-prod"';
  assert.ok(series.includes(`milink_link_verdict{${gone},verdict="missing"} 1`));
  assert.ok(series.includes(`milink_link_expected{${gone}} 1`));
});

test('two texts of one finding about one database are one series', () => {
  const link: AssessedLink = {
    name: 'DAG_Sales',
    managedInstance: 'mi-prod',
    ends: [],
    unseen: [],
    goneAt: [],
    isExpected: true,
    verdict: 'seeding_failed',
    severity: 'critical',
    findings: ['one', 'two'].map((text) =>
      finding('seeding_failed', { database: 'Sales', server: 'sql-prod-01', text }),
    ),
    seedings: [],
    endsObserved: 0,
    primaries: null,
    databases: [],
    certificateMatches: [],
    failoverChecks: [],
    azure: null,
    azureEnd: null,
  };
  const series = seriesOf(linkFamilies, { servers: [], links: [link] }, 'milink_link_finding');
  assert.deepEqual(series, [
    `milink_link_finding{${ids},finding="seeding_failed",severity="critical",server="sql-prod-01",database="Sales",certificate=""} 1`,
  ]);
});
