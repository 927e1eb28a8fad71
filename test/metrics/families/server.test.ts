import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serverFamilies } from '../../../src/metrics/families/server.ts';
import { polledServer, serverFacts, serverState, snapshot, sqlServer } from '../../link/server-state.ts';
import { seriesOf, stateOf } from '../series.ts';

test('a server says its engine, version and edition', () => {
  const servers = [polledServer('one', 'sql_server'), polledServer('two', 'managed_instance')];
  assert.deepEqual(seriesOf(serverFamilies, stateOf(servers), 'milink_server_info'), [
    'milink_server_info{server="one",engine="sql_server",version="16.0.4175.1",edition="Enterprise Edition (64-bit)",update_type=""} 1',
    'milink_server_info{server="two",engine="managed_instance",version="12.0.2000.8",edition="SQL Azure",update_type="CU"} 1',
  ]);
});

test('the offset of the clock keeps its sign', () => {
  const late = { ...snapshot(serverFacts()), clockOffsetSeconds: -2.5 };
  const state = stateOf([serverState('one', { kind: 'ok', snapshot: late })]);
  assert.deepEqual(seriesOf(serverFamilies, state, 'milink_server_clock_offset_seconds'), [
    'milink_server_clock_offset_seconds{server="one"} -2.5',
  ]);
});

test('a permission is held, not held or, where the server does not know its name, absent', () => {
  const permissions = [
    { name: 'VIEW SERVER STATE', held: true },
    { name: 'VIEW ANY DEFINITION', held: false },
    { name: 'VIEW SERVER PERFORMANCE STATE', held: null },
  ];
  const state = stateOf([sqlServer({}, { views: { permissions } })]);
  assert.deepEqual(seriesOf(serverFamilies, state, 'milink_permission'), [
    'milink_permission{server="sql-prod-01",permission="VIEW SERVER STATE"} 1',
    'milink_permission{server="sql-prod-01",permission="VIEW ANY DEFINITION"} 0',
  ]);
});
