import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { inspect } from 'node:util';
import type { ViewSchedules } from '../../src/config/config.ts';
import type { ServerState } from '../../src/model/server-state.ts';
import type { Snapshot, ViewName } from '../../src/model/snapshot.ts';
import { viewPlans } from '../../src/poll/reading/view-schedule.ts';
import { pendingServer, runServerLoop } from '../../src/poll/server-loop.ts';
import { createServerPoller, type PollResult, type ServerPoller } from '../../src/poll/server-poller.ts';
import { type Clock, systemClock } from '../../src/poll/time/clock.ts';
import { createPace } from '../../src/poll/time/pace.ts';
import { type FakeServer, fakeServer, resetError, serverConfig, sqlError } from './fake-server.ts';

const running = new AbortController().signal;
const stops: AbortController[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop.abort();
});

/** A clock that stands still until it is moved. */
function clockAt(start: number): { readonly clock: Clock; move: (seconds: number) => void } {
  let now = start;
  const { timeLimit } = systemClock;
  const clock = { nowSeconds: () => now, monotonicSeconds: () => now, random: () => 0, timeLimit };
  return {
    clock,
    move: (seconds) => {
      now += seconds;
    },
  };
}

interface Polling {
  readonly clock?: Clock;
  readonly views?: ViewSchedules;
  readonly limitSeconds?: number;
}

function pollerOf(
  { connect }: FakeServer,
  { clock = clockAt(0).clock, views = {}, limitSeconds = 60 }: Polling = {},
): ServerPoller {
  return createServerPoller({
    server: serverConfig('sql-1'),
    connect,
    clock,
    timeoutSeconds: 60,
    plans: viewPlans({ views, pollTimeoutSeconds: limitSeconds }),
    earlyAfterSeconds: 0.005,
  });
}

function viewsOf({ outcome }: PollResult): Snapshot['views'] {
  assert.ok(outcome.kind === 'ok', inspect(outcome));
  return outcome.snapshot.views;
}

const hourly: ViewSchedules = { certificates: { intervalSeconds: 3600, timeoutSeconds: null } };

describe('a view that is read less often', () => {
  test('keeps its last rows with their age, and costs no round trip until it is due', async () => {
    const server = fakeServer();
    const { clock, move } = clockAt(1000);
    const poller = pollerOf(server, { clock, views: hourly });
    await poller.poll(running);
    const before = server.asked.length;
    move(15);
    const second = await poller.poll(running);
    assert.equal(server.asked.length, 2 * before - 1);
    assert.deepEqual(viewsOf(second).certificates, []);
    assert.equal(second.views.get('certificates')?.readTimestampSeconds, 1000);
    assert.equal(second.views.get('tcp_endpoints')?.readTimestampSeconds, 1015);
    move(3600);
    const third = await poller.poll(running);
    assert.equal(third.views.get('certificates')?.readTimestampSeconds, 4615);
  });

  test('is gone after a failed poll, and read in the next one that succeeds', async () => {
    const server = fakeServer();
    const poller = pollerOf(server, { views: hourly });
    await poller.poll(running);
    server.answers = { server: resetError() };
    assert.equal((await poller.poll(running)).outcome.kind, 'failed');
    server.answers = { certificates: sqlError(229) };
    const third = await poller.poll(running);
    assert.equal(viewsOf(third).certificates, null);
  });

  test('that could not be read stays not seen until it is due again', async () => {
    const server = fakeServer({ certificates: sqlError(229) });
    const poller = pollerOf(server, { views: hourly });
    await poller.poll(running);
    server.answers = {};
    const second = await poller.poll(running);
    assert.equal(viewsOf(second).certificates, null);
    const reading = second.views.get('certificates');
    assert.deepEqual([reading?.failure?.reason, reading?.readTimestampSeconds], ['permission', null]);
  });
});

describe('a view that is slow', () => {
  const slow: ViewName = 'database_replica_states';

  test('comes last and is cut at its own limit: the poll succeeds and the connection stays', async () => {
    const server = fakeServer({ [slow]: 'hang' });
    const poller = pollerOf(server, { limitSeconds: 0.01 });
    const result = await poller.poll(running);
    assert.equal(server.asked.at(-1), slow);
    assert.equal(viewsOf(result)[slow], null);
    assert.deepEqual(viewsOf(result).availability_replica_states, []);
    assert.equal(result.views.get(slow)?.failure?.reason, 'timeout');
    await poller.poll(running);
    assert.equal(server.passwords.length, 1);
  });

  test('is left alone for ten times as long after that', async () => {
    const server = fakeServer({ [slow]: 'hang' });
    const { clock, move } = clockAt(0);
    const connect: FakeServer['connect'] = async (...given) => {
      const connection = await server.connect(...given);
      const query: typeof connection.query = (batch, ...rest) => {
        if (batch.includes('dm_hadr_database_replica_states')) move(5);
        return connection.query(batch, ...rest);
      };
      return { ...connection, query };
    };
    const poller = pollerOf({ ...server, connect }, { clock, limitSeconds: 0.01 });
    const times = (): number => server.asked.filter((name) => name === slow).length;
    await poller.poll(running);
    move(44);
    assert.equal((await poller.poll(running)).views.get(slow)?.failure?.reason, 'timeout');
    assert.equal(times(), 1);
    move(1);
    await poller.poll(running);
    assert.equal(times(), 2);
  });

  test('costs the connection when the server does not acknowledge the cancellation, but not the poll', async () => {
    const server = fakeServer({ [slow]: 'deaf' });
    const poller = pollerOf(server, { limitSeconds: 0.01 });
    assert.equal(viewsOf(await poller.poll(running))[slow], null);
    assert.equal(server.open, 0);
    server.answers = {};
    assert.equal((await poller.poll(running)).logins, 1);
  });

  test('does not hold up role and health: they are told early, with the rows of the poll before', async () => {
    const server = fakeServer();
    const { clock, move } = clockAt(1000);
    const poller = pollerOf(server, { clock });
    await poller.poll(running);
    server.answers = { [slow]: 'hang' };
    move(15);
    const stop = new AbortController();
    stops.push(stop);
    const early = await new Promise<PollResult>((resolve) => void poller.poll(stop.signal, resolve));
    assert.deepEqual(viewsOf(early)[slow], []);
    assert.equal(early.views.get(slow)?.readTimestampSeconds, 1000);
    assert.equal(early.views.get('availability_replica_states')?.readTimestampSeconds, 1015);
  });

  test('an early word and the end of the poll count as one poll', async () => {
    const server = fakeServer({ [slow]: 'hang' });
    const stop = new AbortController();
    stops.push(stop);
    const states: ServerState[] = [];
    const { promise, resolve } = Promise.withResolvers<void>();
    const cut = new AbortController();
    const { clock } = clockAt(1000);
    // The view's own limit ends by hand, after the early word: on a busy machine two timers may end together.
    const timeLimit: Clock['timeLimit'] = (seconds) => (seconds === 50 ? cut.signal : clock.timeLimit(seconds));
    void runServerLoop(pendingServer(serverConfig('sql-1')), {
      poller: pollerOf(server, { clock: { ...clock, timeLimit }, limitSeconds: 50 }),
      clock,
      pace: createPace(3600),
      firstDelaySeconds: 0,
      stop: stop.signal,
      onPolled: (state) => {
        if (states.push(state) === 2) resolve();
        cut.abort(new DOMException('the limit of the view', 'TimeoutError'));
      },
    });
    await promise;
    assert.deepEqual(
      states.map(({ polls, logins, views }) => [polls, logins, views.get(slow)?.failure?.reason]),
      [
        [1, 1, undefined],
        [1, 1, 'timeout'],
      ],
    );
  });
});
