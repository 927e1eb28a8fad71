import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { type Fleet, startFleet } from '../../src/poll/fleet.ts';
import { pendingServer, runServerLoop } from '../../src/poll/server-loop.ts';
import type { PollResult } from '../../src/poll/server-poller.ts';
import { type AskedPolls, createAskedPolls } from '../../src/poll/time/asked-polls.ts';
import { systemClock } from '../../src/poll/time/clock.ts';
import { createPace } from '../../src/poll/time/pace.ts';
import { serverFacts, snapshot } from '../link/server-state.ts';
import { type FakeServer, fakeServer, resetError, serverConfig } from './fake-server.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

/** One server that is polled once, and then not for an hour unless somebody asks. */
function start(server: FakeServer): Fleet {
  const fleet = startFleet({
    config: { servers: [serverConfig('sql')], views: {}, pollIntervalSeconds: 3600, pollTimeoutSeconds: 60 },
    connect: server.connect,
    log: { info: () => undefined, warn: () => undefined },
  });
  stops.push(fleet.stop);
  return fleet;
}

test('a poll that is asked for runs before it is due, over the connection that is there', async () => {
  const server = fakeServer();
  const fleet = start(server);
  assert.equal((await fleet.pollNow('sql'))?.polls, 1);
  const asked = server.asked.length;
  const state = await fleet.pollNow('sql');
  assert.deepEqual([state?.polls, state?.outcome.kind, state?.recentPolls.length], [2, 'ok', 2]);
  assert.equal(state, fleet.states()[0]);
  assert.deepEqual([server.passwords.length, server.open, server.asked.length], [1, 1, 2 * asked]);
});

test('a poll that is asked for may fail, and says so', async () => {
  const server = fakeServer({ server: resetError() });
  const state = await start(server).pollNow('sql');
  assert.equal(state?.outcome.kind, 'failed');
  assert.equal(state?.recentPolls[0]?.failure?.reason, 'reset');
});

test('whoever asks during a poll gets the next one, one for all of them', async () => {
  const { promise: gate, resolve: open } = Promise.withResolvers<void>();
  const server = fakeServer();
  const begun = Promise.withResolvers<void>();
  const fleet = startFleet({
    config: { servers: [serverConfig('sql')], views: {}, pollIntervalSeconds: 3600, pollTimeoutSeconds: 60 },
    connect: async (...given) => {
      begun.resolve();
      await gate;
      return server.connect(...given);
    },
    log: { info: () => undefined, warn: () => undefined },
  });
  stops.push(fleet.stop);
  await begun.promise;
  const both = Promise.all([fleet.pollNow('sql'), fleet.pollNow('sql')]);
  open();
  assert.deepEqual(
    (await both).map((state) => state?.polls),
    [2, 2],
  );
  assert.equal(fleet.states()[0]?.polls, 2);
});

test('no answer comes for a server that is not there, nor once polling has ended', async () => {
  const fleet = start(fakeServer());
  assert.equal(await fleet.pollNow('other'), null);
  await fleet.pollNow('sql');
  await fleet.stop();
  assert.equal(await fleet.pollNow('sql'), null);
});

test('who waits for a poll that the end cuts short gets no answer', async () => {
  const server = fakeServer({ server: 'hang' });
  const fleet = start(server);
  const answer = fleet.pollNow('sql');
  await fleet.stop();
  assert.equal(await answer, null);
});

/** A loop with a clock that stands where it is put; gives when the next poll is due after each poll. */
function loop(results: readonly PollResult['outcome'][]): {
  time: { seconds: number };
  asked: AskedPolls;
  dues: number[];
} {
  const stop = new AbortController();
  const [time, dues, asked] = [{ seconds: 100 }, [] as number[], createAskedPolls()];
  let polls = 0;
  const running = runServerLoop(pendingServer(serverConfig('sql')), {
    poller: {
      poll: async () => {
        const outcome = results[polls] ?? failed;
        polls += 1;
        return { outcome, views: new Map(), durationSeconds: 0, logins: 0 };
      },
      readErrorLog: async (_outcome, { untilSeconds }) => {
        dues.push(untilSeconds);
        return null;
      },
      renew: async () => undefined,
      hasOtherProof: async () => false,
      close: () => undefined,
    },
    clock: { ...systemClock, monotonicSeconds: () => time.seconds, random: () => 0 },
    pace: createPace(10),
    firstDelaySeconds: 0,
    stop: stop.signal,
    onPolled: () => undefined,
    asked,
  });
  stops.push(async () => {
    stop.abort();
    await running;
  });
  return { time, asked, dues };
}

const ok: PollResult['outcome'] = { kind: 'ok', snapshot: snapshot(serverFacts()) };
const failed: PollResult['outcome'] = {
  kind: 'failed',
  view: null,
  failure: { reason: 'refused', message: 'refused', errorNumber: null },
};

test('a poll that is asked for does not move those that are due', async () => {
  const { time, asked, dues } = loop([ok, ok, ok]);
  await asked.ask();
  time.seconds = 104;
  await asked.ask();
  time.seconds = 109;
  await asked.ask();
  assert.deepEqual(dues.slice(0, 2), [110, 110]);
});

test('a server that is back is polled at its interval again, not after the wait of a failing one', async () => {
  const { time, asked, dues } = loop([failed, failed, failed, ok, ok]);
  for (const seconds of [100, 111, 140, 141, 142]) {
    time.seconds = seconds;
    await asked.ask();
  }
  assert.deepEqual(dues.slice(0, 4), [110, 131, 170, 151]);
});
