import assert from 'node:assert/strict';
import { test } from 'node:test';
import { managedInstanceName as mi, sqlServerName as sql, startHarness } from './harness.ts';

/** What is quick, the slow view, and on a managed instance its procedure. */
const steadyTrips = { [sql]: 2, [mi]: 3 };

/** Before anything is known of a server it is asked alone what it is. */
const firstTrips = 1;

test('100 links of 2 databases: a poll makes at most three round trips, however many views are due', async (context) => {
  const harness = await startHarness(context, {
    pair: { scenario: 'healthy', links: 100, databases: 2 },
    pollIntervalSeconds: 0.1,
    pollTimeoutSeconds: 20,
  });
  await harness.morePolls(sql, 2);
  await harness.morePolls(mi, 2);
  await harness.exporter.stop();
  for (const [name, end] of [[sql, harness.pair.sqlServer] as const, [mi, harness.pair.managedInstance] as const]) {
    const { outcome, polls, views } = harness.server(name);
    assert.equal(outcome.kind, 'ok');
    assert.ok(views.size >= 12, `${views.size} views`);
    // The driver adds a batch of its own to each login. The poll that stop() cut off may have begun.
    const { batches, logins } = end.counts();
    const trips = batches - logins - firstTrips - polls * steadyTrips[name];
    assert.ok(
      trips >= 0 && trips <= steadyTrips[name],
      `${name}: ${batches} batches, ${logins} logins, ${polls} polls`,
    );
    assert.equal(logins, 1);
  }
});
