import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { Secret, SecretError } from '../../src/config/secret/secret.ts';
import type { FailureReason } from '../../src/model/failure-reason.ts';
import type { ViewName } from '../../src/model/snapshot.ts';
import { createServerPoller, type PollResult, type ServerPoller } from '../../src/poll/server-poller.ts';
import { type Clock, systemClock } from '../../src/poll/time/clock.ts';
import { runningLimit } from '../../src/threads/abort-signals.ts';
import { databaseReplicaStates } from '../../src/views/database-replica-states.ts';
import { pollingOrder } from '../../src/views/index.ts';
import { isViewOf } from '../../src/views/view.ts';
import { type Answer, type FakeServer, fakeServer, resetError, serverConfig, sqlError } from './fake-server.ts';

const running = new AbortController().signal;
const everyView = pollingOrder.filter((view) => isViewOf(view, 'sql_server')).map(({ name }) => name);

interface Limits {
  readonly clock?: Clock;
  readonly timeoutSeconds?: number;
  readonly password?: Secret;
}

function pollerOf(
  { connect }: FakeServer,
  { clock = systemClock, timeoutSeconds = 60, password }: Limits = {},
): ServerPoller {
  return createServerPoller({ server: serverConfig('sql-1', password), connect, clock, timeoutSeconds });
}

function snapshotOf({ outcome }: PollResult) {
  assert.ok(outcome.kind === 'ok', inspect(outcome));
  return outcome.snapshot;
}

function failureOf({ outcome }: PollResult): [ViewName | null, FailureReason] {
  assert.ok(outcome.kind === 'failed');
  return [outcome.view, outcome.failure.reason];
}

test('a poll reads every view once, in order, and the next one needs no login', async () => {
  const server = fakeServer();
  const poller = pollerOf(server);
  const results = [await poller.poll(running), await poller.poll(running)];
  assert.deepEqual(server.asked, [...everyView, ...everyView]);
  assert.deepEqual(
    results.map(({ logins }) => logins),
    [1, 0],
  );
  assert.equal(server.passwords.length, 1);
  poller.close();
  assert.equal(server.open, 0);
});

test('nothing of a poll waits for its time limits after it', async () => {
  const limits: AbortSignal[] = [];
  let ended = 0;
  const timeLimit = (): AbortSignal => {
    const limit = new AbortController().signal;
    limits.push(limit);
    return runningLimit(limit, () => {
      ended += 1;
    });
  };
  const poller = pollerOf(fakeServer(), { clock: { ...systemClock, timeLimit } });
  for (let poll = 0; poll < 2; poll += 1) snapshotOf(await poller.poll(running));
  assert.equal(ended, limits.length);
  assert.ok(limits.every((limit) => getEventListeners(limit, 'abort').length === 0));
  assert.equal(getEventListeners(running, 'abort').length, 0);
});

test('no rows are no rows, not an unseen view', async () => {
  const { views } = snapshotOf(await pollerOf(fakeServer()).poll(running));
  assert.deepEqual(views.certificates, []);
});

const refusals: readonly [string, Answer, FailureReason][] = [
  ['no permission', sqlError(229), 'permission'],
  ['no such view', sqlError(208), 'missing_object'],
  ['any SQL error', sqlError(8134), 'query'],
  ['a row of other types', [{ certificate_id: 'x' }], 'protocol'],
];

for (const [name, answer, reason] of refusals) {
  test(`${name}: that view is not seen, the others are, and the connection stays`, async () => {
    const server = fakeServer({ certificates: answer });
    const poller = pollerOf(server);
    const result = await poller.poll(running);
    assert.equal(snapshotOf(result).views.certificates, null);
    assert.deepEqual(snapshotOf(result).views.tcp_endpoints, []);
    assert.equal(result.views.get('certificates')?.failure?.reason, reason);
    assert.equal(result.views.get('tcp_endpoints')?.failure, null);
    await poller.poll(running);
    assert.equal(server.passwords.length, 1);
  });
}

const fatal: readonly [string, ViewName, Answer, FailureReason, number][] = [
  ['a refused server view', 'server', sqlError(229), 'permission', 1],
  ['a server view without a row', 'server', [], 'protocol', 1],
  ['refused replica states', 'availability_replica_states', sqlError(300), 'permission', 1],
  ['a reset of a new connection', 'availability_replica_states', resetError(), 'reset', 3],
  ['an essential view that hangs', 'availability_replica_states', 'hang', 'timeout', 2],
];

for (const [name, view, answer, reason, logins] of fatal) {
  test(`${name} fails the poll, and the next one ${logins === 1 ? 'keeps the connection' : 'logs in again'}`, async () => {
    const server = fakeServer({ [view]: answer });
    // Long enough that only what hangs meets it, on a busy machine too.
    const poller = pollerOf(server, { timeoutSeconds: answer === 'hang' ? 1 : 60 });
    const result = await poller.poll(running);
    assert.deepEqual(failureOf(result), [view, reason]);
    assert.equal([...result.views.keys()].at(-1), view, 'nothing is asked after it');
    server.answers = {};
    assert.equal((await poller.poll(running)).outcome.kind, 'ok');
    assert.equal(server.passwords.length, logins);
    assert.equal(server.open, 1);
  });
}

test('a connection that is never made is left at the time limit', async () => {
  const server = fakeServer();
  server.refusal = 'hang';
  const result = await pollerOf(server, { timeoutSeconds: 0.02 }).poll(running);
  assert.deepEqual(failureOf(result), [null, 'timeout']);
});

test('a poll under way ends when the program stops', async () => {
  const server = fakeServer({ server: 'hang' });
  const stop = new AbortController();
  const poll = pollerOf(server).poll(stop.signal);
  setImmediate(() => stop.abort());
  assert.equal((await poll).outcome.kind, 'failed');
  assert.equal(server.open, 0);
});

test('the password is read at each login', async () => {
  const server = fakeServer({ server: resetError() });
  let version = 0;
  const poller = pollerOf(server, { password: new Secret(async () => `pa55-${++version}`) });
  await poller.poll(running);
  await poller.poll(running);
  assert.deepEqual(server.passwords, ['pa55-1', 'pa55-2']);
});

const secrets: readonly [string, () => Promise<string>][] = [
  [
    'can not be read',
    async () => Promise.reject(new SecretError({ what: 'password', path: '/in/the/wrong/place' }, 'no such file')),
  ],
  ['never arrives', () => new Promise<string>(() => undefined)],
];

for (const [name, read] of secrets) {
  test(`a password that ${name}: no login is tried, and its place is not told`, async () => {
    const server = fakeServer();
    const result = await pollerOf(server, { password: new Secret(read), timeoutSeconds: 0.02 }).poll(running);
    assert.deepEqual(failureOf(result), [null, 'secret']);
    assert.equal(result.logins, 0);
    assert.equal(server.passwords.length, 0);
    assert.doesNotMatch(JSON.stringify(result.outcome), /wrong/);
  });
}

test('a column that the server does not have costs itself, from the first poll on, and is not asked for again', async () => {
  const columns = ['group_id', 'name', 'is_distributed'];
  const row = { group_id: 'A', name: 'DAG', is_distributed: true };
  const server = fakeServer({
    // In another language: only the number counts.
    availability_groups: (batch) =>
      batch.includes('cluster_type_desc')
        ? Object.assign(sqlError(207), { message: 'Ungültiger Spaltenname.' })
        : [row],
  });
  server.columns = { availability_groups: columns };
  const poller = pollerOf(server);
  for (const _ of [1, 2]) {
    const result = await poller.poll(running);
    assert.deepEqual(
      snapshotOf(result).views.availability_groups?.map(({ name }) => name),
      ['DAG'],
    );
    assert.deepEqual(result.views.get('availability_groups')?.unreadableColumns, ['cluster_type_desc']);
  }
  assert.deepEqual(
    server.batches
      .filter((batch) => batch.includes('sys.availability_groups'))
      .map((batch) => (batch.includes('*') ? 'probe' : batch.includes('cluster_type_desc'))),
    // In the batch, alone, what it has, alone without it, in the batch of the second poll without it.
    [true, true, 'probe', false, false],
  );
});

test('a view that fails falls out of the batch in that poll, costs the others nothing, and is back once it works', async () => {
  const server = fakeServer();
  const poller = pollerOf(server);
  const polled = async () => {
    const [asked, rounds] = [server.batches.length, server.round.length];
    const result = await poller.poll(running);
    const inBatch = server.round.slice(rounds).some((batch) => batch.includes('sys.tcp_endpoints'));
    const times = server.batches.slice(asked).filter((batch) => batch.includes('sys.tcp_endpoints')).length;
    const others = [...result.views].filter(([name, { failure }]) => name !== 'tcp_endpoints' && failure !== null);
    assert.deepEqual(others, []);
    return { inBatch, times, reason: result.views.get('tcp_endpoints')?.failure?.reason ?? null };
  };
  assert.deepEqual(await polled(), { inBatch: true, times: 1, reason: null });
  server.answers = { tcp_endpoints: sqlError(229) };
  assert.deepEqual(await polled(), { inBatch: true, times: 2, reason: 'permission' }, 'asked alone in the same poll');
  assert.deepEqual(await polled(), { inBatch: false, times: 1, reason: 'permission' }, 'no more in the batch');
  server.answers = {};
  assert.deepEqual(await polled(), { inBatch: false, times: 1, reason: null }, 'alone until it works');
  assert.deepEqual(await polled(), { inBatch: true, times: 1, reason: null });
});

test('a server that minds the case of names is asked in its own spelling, and read as any other', async () => {
  const server = fakeServer({
    availability_groups: (batch) =>
      batch.includes('*') || batch.includes('[Is_Distributed] AS is_distributed')
        ? [{ group_id: 'A', name: 'DAG', is_distributed: true, cluster_type_desc: 'NONE' }]
        : sqlError(207),
    // One that is converted on the way.
    database_replica_states: (batch) => (/\*|CAST\(\[Last_Sent_LSN\] AS/.test(batch) ? [] : sqlError(207)),
  });
  server.columns = {
    availability_groups: ['group_id', 'name', 'Is_Distributed', 'cluster_type_desc'],
    database_replica_states: databaseReplicaStates
      .asked(null)
      .map((name) => (name === 'last_sent_lsn' ? 'Last_Sent_LSN' : name)),
  };
  const result = await pollerOf(server).poll(running);
  const { views } = snapshotOf(result);
  assert.deepEqual(
    views.availability_groups?.map(({ isDistributed }) => isDistributed),
    [true],
  );
  assert.deepEqual(views.database_replica_states, []);
  assert.equal(result.views.get('availability_groups')?.unreadableColumns, undefined);
});

test('the clock offset is taken at the middle of the round trip', async () => {
  // The server says 10:00:00 after a round trip from 09:59:54 to 09:59:58: in the middle it was 09:59:56 here.
  const asked = Date.parse('2026-11-21T09:59:54Z') / 1000;
  let ticks = 0;
  const clock: Clock = { ...systemClock, nowSeconds: () => asked, monotonicSeconds: () => 4 * ticks++ };
  const { server, clockOffsetSeconds } = snapshotOf(await pollerOf(fakeServer(), { clock }).poll(running));
  assert.equal(server.localOffsetSeconds, 7200);
  assert.equal(clockOffsetSeconds, 4);
});
