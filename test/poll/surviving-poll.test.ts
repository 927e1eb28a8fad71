import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { inspect } from 'node:util';
import { Secret } from '../../src/config/secret/secret.ts';
import type { Snapshot, ViewName } from '../../src/model/snapshot.ts';
import { createServerPoller, type PollResult, type ServerPoller } from '../../src/poll/server-poller.ts';
import { type Clock, systemClock } from '../../src/poll/time/clock.ts';
import { pollingOrder } from '../../src/views/index.ts';
import { isViewOf } from '../../src/views/view.ts';
import { type FakeServer, fakeServer, resetError, serverConfig, sqlError } from './fake-server.ts';

const running = new AbortController().signal;
const everyView = pollingOrder.filter((view) => isViewOf(view, 'sql_server')).map(({ name }) => name);

/** A clock that stands still until it is moved; its time limits are the real ones. */
function clockAt(start: number): { readonly clock: Clock; move: (seconds: number) => void } {
  let now = start;
  const clock = { ...systemClock, nowSeconds: () => now, monotonicSeconds: () => now, random: () => 0.5 };
  return {
    clock,
    move: (seconds) => {
      now += seconds;
    },
  };
}

function pollerOf(connect: FakeServer['connect'], given: { clock?: Clock; password?: Secret; limit?: number } = {}) {
  const { clock = clockAt(0).clock, password, limit = 0.4 } = given;
  return createServerPoller({ server: serverConfig('sql-1', password), connect, clock, timeoutSeconds: limit });
}

function viewsOf({ outcome }: PollResult): Snapshot['views'] {
  assert.ok(outcome.kind === 'ok', inspect(outcome));
  return outcome.snapshot.views;
}

/** Polls once, and then with the first batch of the kept connection going wrong. */
async function pollsWithDeadLine(end: Error | 'silence', after?: Error): Promise<[PollResult, FakeServer]> {
  const server = fakeServer();
  let isDead = false;
  let connections = 0;
  const connect: FakeServer['connect'] = async (...given) => {
    connections += 1;
    if (connections > 1 && after !== undefined) server.refusal = after;
    const own = connections;
    const connection = await server.connect(...given);
    const query: typeof connection.query = async (batch, signal, limit) => {
      if (!isDead || own > 1) return connection.query(batch, signal, limit);
      if (end !== 'silence') throw end;
      server.answers = { server: 'deaf' };
      return connection.query(batch, signal, limit).finally(() => {
        server.answers = {};
      });
    };
    const queryEach: typeof connection.queryEach = async (batch, each) => {
      if (!isDead || own > 1) return connection.queryEach(batch, each);
      await query('SELECT 1 AS server_name', each.signal, each.limit());
      return [];
    };
    return { ...connection, query, queryEach };
  };
  const poller = pollerOf(connect);
  await poller.poll(running);
  isDead = true;
  return [await poller.poll(running), server];
}

describe('a connection that died between two polls', () => {
  for (const [name, end] of [
    ['with a reset', resetError()],
    ['without a sign', 'silence'],
    ['as the server ended the session', Object.assign(sqlError(596), { class: 21 })],
  ] as const) {
    test(`${name}: is replaced within the same poll, by one login that is counted`, async () => {
      const [second, server] = await pollsWithDeadLine(end);
      assert.deepEqual(viewsOf(second).certificates, []);
      assert.deepEqual([second.logins, server.passwords.length, server.open], [1, 2, 1]);
    });
  }

  test('and can not be replaced: the poll fails with why not', async () => {
    const [second] = await pollsWithDeadLine(
      resetError(),
      Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }),
    );
    assert.ok(second.outcome.kind === 'failed');
    assert.deepEqual([second.outcome.view, second.outcome.failure.reason], [null, 'refused']);
  });
});

describe('a view that is not essential', () => {
  for (const view of everyView.filter((name) => name !== 'server' && name !== 'availability_replica_states')) {
    test(`${view} hangs: it is cancelled and told, all others are read over the same connection`, async () => {
      const server = fakeServer({ [view]: 'hang' });
      const result = await pollerOf(server.connect).poll(running);
      assert.equal(viewsOf(result)[view as Exclude<ViewName, 'server'>], null);
      const failed = [...result.views].filter(([, { failure }]) => failure !== null);
      assert.deepEqual(
        failed.map(([name, { failure }]) => [name, failure?.reason]),
        [[view, 'timeout']],
      );
      assert.deepEqual([result.views.size, server.passwords.length, server.open], [everyView.length, 1, 1]);
    });
  }

  test('costs the connection: what was read stays, and the rest is read over another one', async () => {
    const server = fakeServer({ permissions: 'deaf' });
    const result = await pollerOf(server.connect).poll(running);
    const unread = [...result.views].filter(([, { failure }]) => failure !== null).map(([name]) => name);
    // One for the batch, of which it is not known who ended it, and one for the view.
    assert.deepEqual([unread, result.logins, server.open], [['permissions'], 3, 1]);
  });

  test('costs the connection again: it comes last, and rests only when it was the view both times', async () => {
    const server = fakeServer({ permissions: 'deaf' });
    const { clock, move } = clockAt(0);
    const slow: FakeServer['connect'] = async (...given) => {
      const connection = await server.connect(...given);
      const query: typeof connection.query = (...call) => {
        if (call[0].includes('HAS_PERMS_BY_NAME')) move(2);
        return connection.query(...call);
      };
      return { ...connection, query };
    };
    const poller = pollerOf(slow, { clock, limit: 20 });
    const polls: string[] = [];
    server.answers = { permissions: resetError() };
    for (const _ of [1, 2, 3]) {
      const from = server.asked.length;
      await poller.poll(running);
      polls.push(server.asked.slice(from).indexOf('permissions').toString());
      move(1);
    }
    // Third of all, then the last of those without a limit of their own, then not at all.
    assert.deepEqual(polls, ['2', `${everyView.length - 2}`, '-1']);
    move(300);
    server.answers = {};
    assert.deepEqual(viewsOf(await poller.poll(running)).permissions?.length, 0);
  });

  test('ends two connections of one poll: the views after it are not asked, and said so', async () => {
    const server = fakeServer({ permissions: resetError(), certificates: resetError() });
    const result = await pollerOf(server.connect).poll(running);
    assert.equal(viewsOf(result).databases, null);
    const failure = result.views.get('databases')?.failure;
    assert.deepEqual([failure?.reason, failure?.message.startsWith('not asked: ')], ['reset', true]);
    assert.equal(result.logins, 3);
  });
});

describe('a connection that is old', () => {
  async function aged(given: { password?: Secret } = {}) {
    const server = fakeServer();
    const { clock, move } = clockAt(0);
    const poller = pollerOf(server.connect, { clock, ...given });
    await poller.poll(running);
    const rest = { stop: running, untilSeconds: Number.POSITIVE_INFINITY };
    await poller.renew(rest);
    assert.equal(server.passwords.length, 1, 'not before its time');
    move(3600);
    return { server, poller, rest };
  }

  test('is renewed between polls, and the login counted in the next', async () => {
    const { server, poller, rest } = await aged();
    await poller.renew(rest);
    assert.deepEqual([server.passwords.length, server.open], [2, 1]);
    const result = await poller.poll(running);
    assert.deepEqual([result.outcome.kind, result.logins, server.passwords.length], ['ok', 1, 2]);
  });

  test('whose login is refused now: the next poll says so, and sends nothing', async () => {
    const { server, poller, rest } = await aged();
    server.refusal = sqlError(18456);
    await poller.renew(rest);
    const result = await poller.poll(running);
    assert.ok(result.outcome.kind === 'failed');
    assert.deepEqual([result.outcome.failure.errorNumber, result.logins], [18456, 1]);
    assert.equal(server.passwords.length, 2);
    server.refusal = null;
    assert.equal((await poller.poll(running)).outcome.kind, 'ok');
  });

  test('that can not be renewed for a moment: the next poll logs in, and no poll is lost', async () => {
    const { server, poller, rest } = await aged();
    server.refusal = resetError();
    await poller.renew(rest);
    server.refusal = null;
    const result = await poller.poll(running);
    assert.deepEqual([result.outcome.kind, result.logins, server.open], ['ok', 2, 1]);
  });

  test('with no time left before the next poll, stays for now', async () => {
    const { server, poller } = await aged();
    await poller.renew({ stop: running, untilSeconds: 0 });
    assert.deepEqual([server.passwords.length, server.open], [1, 1]);
  });
});

test('another password in the place of a refused one is noticed, and the same one is not', async () => {
  let [value, isThere] = ['old', true];
  const password = new Secret(async () => (isThere ? value : Promise.reject(new Error('gone'))));
  const server = fakeServer();
  const poller: ServerPoller = pollerOf(server.connect, { password });
  assert.equal(await poller.hasOtherProof(running), false);
  server.refusal = sqlError(18456);
  await poller.poll(running);
  assert.equal(await poller.hasOtherProof(running), false);
  value = 'new';
  assert.equal(await poller.hasOtherProof(running), true);
  isThere = false;
  assert.equal(await poller.hasOtherProof(running), false);
});
