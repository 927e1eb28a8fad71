import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { EndFaults } from '../../src/simulator/pair-end.ts';
import {
  areAllUp,
  type Harness,
  type HarnessOptions,
  isDown,
  isUp,
  managedInstanceName as mi,
  sqlServerName as sql,
  startHarness,
} from './harness.ts';

/** Batches of a poll of each server: what travels together, the slow view, and a procedure of the managed instance. */
const perPoll = [2, 3];
/** The one that the driver adds to each login, and the first question: what the server is. */
const perLogin = 1;
const perConnection = perLogin + 1;

const scrapes = 50;

/** No poll comes between: the first one of each server is all that there is, and it may take its time. */
const onePoll = { pollIntervalSeconds: 3600, pollTimeoutSeconds: 60 };

/** What a poll waits for, and the batches that the server has got by then. */
const hangs: readonly (readonly [string, EndFaults, number])[] = [
  ['a server that never answers a login', { wire: { kind: 'hang_before_login' } }, 0],
  ['a query, its cancel acknowledged', { wire: { kind: 'hang_in_query', acknowledgeAttention: true } }, perLogin],
  ['a query, its cancel not acknowledged', { wire: { kind: 'hang_in_query', acknowledgeAttention: false } }, perLogin],
  ['an essential view', { hanging: ['dm_hadr_availability_replica_states'] }, perLogin + 2],
  ['a server that sends a byte every 50 ms', { wire: { kind: 'drip', millisecondsPerByte: 50 } }, 0],
];

function batches({ pair }: Harness): readonly number[] {
  return [pair.sqlServer, pair.managedInstance].map((end) => end.counts().batches);
}

/** The managed instance was polled, and the first poll of the SQL Server waits: it has a connection and nothing comes. */
async function hangingHarness(
  context: TestContext,
  [, faults, sent]: (typeof hangs)[number],
  options: HarnessOptions = {},
): Promise<Harness> {
  const harness = await startHarness(context, {
    ...onePoll,
    ...options,
    prepare: ({ sqlServer }) => sqlServer.setFaults(faults),
  });
  await harness.until('a poll of the other server', isUp(mi));
  const { sqlServer } = harness.pair;
  await harness.comes('the hang', () => sqlServer.counts().connections === 1 && sqlServer.counts().batches === sent);
  return harness;
}

describe('a scrape', { concurrency: 3 }, () => {
  it('runs no SQL while all is well', async (context) => {
    const harness = await startHarness(context, onePoll);
    await harness.until('both servers polled', areAllUp);
    const before = batches(harness);
    assert.deepEqual(
      before,
      perPoll.map((views) => views + perConnection),
    );
    for (let count = 0; count < scrapes; count += 1) await harness.scrape();
    assert.deepEqual(batches(harness), before);
  });

  it('runs no SQL and no login while a server is gone', async (context) => {
    const harness = await startHarness(context, { ...onePoll, prepare: (pair) => pair.sqlServer.stop() });
    await harness.until('a poll of each', (state) => isDown(sql)(state) && isUp(mi)(state));
    const before = batches(harness);
    for (let count = 0; count < scrapes; count += 1) await harness.scrape();
    assert.deepEqual(batches(harness), before);
    assert.deepEqual([harness.server(sql).logins, harness.server(mi).logins], [1, 1]);
  });

  it('is answered and runs no SQL while a poll hangs', async (context) => {
    const harness = await hangingHarness(context, hangs[3] ?? assert.fail());
    const before = batches(harness);
    for (let count = 0; count < scrapes; count += 1) {
      const page = await harness.scrape();
      assert.doesNotMatch(page, new RegExp(`^milink_up\\{server="${sql}"\\}`, 'm'), 'no poll of it has ended');
    }
    assert.deepEqual(batches(harness), before);
  });
});

describe('a hang', { concurrency: 3 }, () => {
  it('ends at the time limit', async (context) => {
    const harness = await startHarness(context, {
      pollTimeoutSeconds: 0.3,
      prepare: ({ sqlServer }) => sqlServer.setFaults({ wire: { kind: 'hang_in_query', acknowledgeAttention: false } }),
    });
    await harness.until('the end of the poll', isDown(sql));
    assert.equal(harness.server(sql).pollFailures.get('timeout'), 1);
  });

  for (const hang of hangs) {
    it(`delays neither the other server nor the end of the program: ${hang[0]}`, async (context) => {
      const harness = await hangingHarness(context, hang, { pollIntervalSeconds: 0.1 });
      await harness.morePolls(mi, 4);
      assert.equal(harness.server(sql).outcome.kind, 'pending', 'it is still the first poll that hangs');
      assert.equal(harness.server(mi).outcome.kind, 'ok');
      assert.equal(harness.pair.managedInstance.counts().logins, 1);
      // The poll's own time limit is a minute away.
      await harness.soon('the end', harness.exporter.stop());
      assert.equal(harness.server(sql).polls, 0, 'a poll that was cut short says nothing of the server');
      await harness.comes('the end of the connections', () =>
        [harness.pair.sqlServer, harness.pair.managedInstance].every((end) => end.counts().connections === 0),
      );
    });
  }
});

describe('the polls of one server', { concurrency: 3 }, () => {
  it('do not overlap, however much longer than the interval they take', async (context) => {
    const harness = await startHarness(context, {
      pollIntervalSeconds: 0.02,
      prepare: ({ sqlServer }) => sqlServer.setFaults({ slowMilliseconds: { availability_replicas: 100 } }),
    });
    for (let polls = 1; polls <= 5; polls += 1) {
      await harness.until(`poll ${polls}`, () => harness.server(sql).polls >= polls);
      const { connections, logins, batches } = harness.pair.sqlServer.counts();
      assert.deepEqual({ connections, logins }, { connections: 1, logins: 1 });
      assert.equal(
        batches,
        perConnection + harness.server(sql).polls * (perPoll[0] ?? 0),
        'no batch of a next poll was sent',
      );
    }
    await harness.until('the other server at its own pace', () => harness.server(mi).polls > harness.server(sql).polls);
  });

  it('do not fail when the server restarts between two of them, and log in once more', async (context) => {
    const harness = await startHarness(context);
    await harness.until('both servers polled', areAllUp);
    await harness.morePolls(sql, 1);
    harness.pair.sqlServer.restart();
    await harness.morePolls(sql, 3);
    const { outcome, pollFailures, polls, logins } = harness.server(sql);
    assert.equal(outcome.kind, 'ok');
    assert.equal(
      [...pollFailures.values()].reduce((sum, count) => sum + count),
      0,
      `${polls} polls`,
    );
    assert.deepEqual([logins, harness.pair.sqlServer.counts().logins], [2, 2]);
    assert.deepEqual(
      harness.log.filter(({ server }) => server === sql).map(({ msg }) => msg),
      ['poll succeeded'],
    );
  });

  for (const answerTo of ['prelogin', 'batch'] as const) {
    it(`outlive 64 KiB at random in answer to a ${answerTo}`, async (context) => {
      const harness = await startHarness(context, { pollTimeoutSeconds: 1 });
      await harness.until('both servers polled', areAllUp);
      harness.pair.sqlServer.setFaults({ wire: { kind: 'garbage', answerTo } });
      harness.pair.sqlServer.restart();
      await harness.until('a poll that meets them', isDown(sql));
      await harness.morePolls(mi, 3);
      const { outcome } = harness.server(sql);
      assert.ok(outcome.kind === 'failed');
      // What the bytes happen to mean decides: a length that never comes is a timeout.
      assert.ok(['protocol', 'timeout', 'reset', 'tls'].includes(outcome.failure.reason), outcome.failure.reason);
      harness.pair.sqlServer.setFaults({});
      // If they were taken for an alert of TLS it would be minutes.
      await harness.pollNow(sql);
      await harness.until('the recovery', isUp(sql));
      assert.equal(harness.server(mi).pollFailures.get('timeout'), 0);
    });
  }
});
