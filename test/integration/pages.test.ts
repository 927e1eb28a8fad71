import assert from 'node:assert/strict';
import { it } from 'node:test';
import { pollingOrder } from '../../src/views/index.ts';
import { isViewOf } from '../../src/views/view.ts';
import { areAllUp, type Harness, managedInstanceName, sqlServerName, startHarness } from './harness.ts';

/** No poll comes between: the first one of each server is all that there is. */
const onePoll = { pollIntervalSeconds: 3600, pollTimeoutSeconds: 60 };

const pages = [
  '/',
  '/link?name=DAG_Sales&managed_instance=mi-prod',
  '/servers',
  `/server?name=${sqlServerName}`,
  `/debug?server=${sqlServerName}`,
];

function counts({ pair }: Harness): readonly object[] {
  return [pair.sqlServer, pair.managedInstance].map((end) => {
    const { batches, connections, logins } = end.counts();
    return { batches, connections, logins };
  });
}

it('no page runs SQL; the button of the debug view runs one poll over the connection that is there', async (context) => {
  const harness = await startHarness(context, onePoll);
  await harness.until('both servers polled', areAllUp);
  const url = `http://127.0.0.1:${harness.exporter.addresses[0]?.port}`;
  const before = counts(harness);
  for (const page of pages) {
    for (const method of ['GET', 'HEAD']) assert.equal((await fetch(url + page, { method })).status, 200, page);
  }
  assert.deepEqual(counts(harness), before);

  const response = await fetch(`${url}/debug?server=${sqlServerName}`, { method: 'POST' });
  assert.equal(response.status, 200);
  assert.match(await response.text(), /SYNCHRONIZING/);
  const views = pollingOrder.filter((view) => isViewOf(view, 'sql_server')).length;
  const { batches } = harness.pair.sqlServer.counts();
  assert.deepEqual(counts(harness), [{ ...before[0], batches }, before[1]]);
  // What is quick is asked together, so one poll takes fewer batches than there are views.
  const added = batches - (Object(before[0]).batches ?? 0);
  assert.ok(added > 0 && added < views, `${added} batches`);
  assert.deepEqual({ ...before[0], batches: 0 }, { batches: 0, connections: 1, logins: 1 });
  assert.equal(harness.server(sqlServerName).polls, 2);
  assert.equal(harness.server(managedInstanceName).polls, 1);
});
