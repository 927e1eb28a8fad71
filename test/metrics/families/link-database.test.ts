import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linkDatabaseFamilies } from '../../../src/metrics/families/link-database.ts';
import { managedInstanceWithDatabase, sqlServerWithDatabase } from '../../link/database-rows.ts';
import { seriesOf, stateOf } from '../series.ts';

const link = 'link="DAG_Sales",managed_instance="mi-prod"';
const both = [sqlServerWithDatabase(), managedInstanceWithDatabase()];

function expecting(...databases: readonly string[]) {
  return [{ name: 'DAG_Sales', managedInstance: 'mi-prod', servers: [], databases }];
}

test('checks are 1 or 0, and absent while they can not be told', () => {
  const behind = sqlServerWithDatabase({ partnerCopy: { secondaryLagSeconds: 4 } });
  const series = seriesOf(
    linkDatabaseFamilies,
    stateOf([behind, managedInstanceWithDatabase()]),
    'milink_link_failover_check',
  );
  const check = (database: string, name: string, value: number): string =>
    `milink_link_failover_check{${link},database="${database}",check="${name}"} ${value}`;
  assert.deepEqual(series, [
    check('', 'one_primary', 1),
    check('', 'connected', 1),
    check('', 'healthy', 1),
    check('', 'version_allows', 1),
    check('', 'commit_modes_equal', 1),
    check('Sales', 'copy_joined', 1),
    check('Sales', 'not_suspended', 1),
    check('Sales', 'not_seeding', 1),
    check('Sales', 'no_lag', 0),
    check('Sales', 'hardened_lsn_equal', 1),
  ]);
});

test('readiness is absent while a check is not known, and 0 as soon as one failed', () => {
  const name = 'milink_link_failover_ready';
  assert.deepEqual(seriesOf(linkDatabaseFamilies, stateOf(both), name), []);
  const behind = [sqlServerWithDatabase({ partnerCopy: { secondaryLagSeconds: 4 } }), managedInstanceWithDatabase()];
  assert.deepEqual(seriesOf(linkDatabaseFamilies, stateOf(behind), name), [`${name}{${link},database="Sales"} 0`]);
});

test('databases that the configuration lists', () => {
  const state = stateOf(both, expecting('HR', 'Sales'));
  assert.deepEqual(seriesOf(linkDatabaseFamilies, state, 'milink_link_database_expected'), [
    `milink_link_database_expected{${link},database="HR"} 1`,
    `milink_link_database_expected{${link},database="Sales"} 1`,
  ]);
  assert.deepEqual(seriesOf(linkDatabaseFamilies, state, 'milink_link_database_present'), [
    `milink_link_database_present{${link},database="HR"} 0`,
    `milink_link_database_present{${link},database="Sales"} 1`,
  ]);
});

test('a link without a list has no expectation, and without the primary nothing is called absent', () => {
  assert.deepEqual(seriesOf(linkDatabaseFamilies, stateOf(both), 'milink_link_database_expected'), []);
  const state = stateOf([managedInstanceWithDatabase()], expecting('HR'));
  assert.deepEqual(seriesOf(linkDatabaseFamilies, state, 'milink_link_database_present'), [
    `milink_link_database_present{${link},database="Sales"} 1`,
  ]);
});
