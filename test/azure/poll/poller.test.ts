import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failureWithoutAnswer } from '../../../src/azure/failure.ts';
import { type AzurePoller, startAzurePoller } from '../../../src/azure/poll/poller.ts';
import type { AzureAnswer } from '../../../src/azure/resource-manager.ts';
import { type AzureConfig, defaultIntervals } from '../../../src/config/azure/azure.ts';
import type { AzureState } from '../../../src/model/azure/state.ts';
import { silentLog } from '../simulated.ts';

const id = '11111111-2222-4333-8444-555555555555';
const remaining = { reads: 200, globalReads: 3000 };

function configOf(count: number, ids: readonly string[] = [id]): AzureConfig {
  return {
    authentication: {
      type: 'managed_identity',
      clientId: null,
      cloud: { authorityHost: '', scope: '', isPublicAuthority: true },
    },
    resourceManager: 'https://management.azure.com',
    apiVersion: '2025-01-01',
    ca: null,
    timeoutSeconds: 30,
    intervals: defaultIntervals,
    subscriptions: ids.map((each, subscription) => ({
      id: each,
      name: each,
      managedInstances: Array.from({ length: count }, (_, index) => ({
        resourceGroup: 'rg',
        name: `mi-${subscription}-${index}`,
      })),
    })),
  };
}

interface Held {
  readonly poller: AzurePoller;
  readonly paths: string[];
  readonly most: () => number;
}

/** Runs an hour and more in no time: the clock goes on by itself whenever everything waits. */
async function run(
  config: AzureConfig,
  seconds: number,
  answerOf: (path: string, now: number) => AzureAnswer,
): Promise<Held> {
  const { mock } = await import('node:test');
  mock.timers.enable({ apis: ['setTimeout'] });
  let now = 0;
  let [running, most] = [0, 0];
  const paths: string[] = [];
  const poller = startAzurePoller({
    config,
    log: silentLog,
    onRead: () => undefined,
    clock: {
      nowSeconds: () => 1e9 + now,
      monotonicSeconds: () => now,
      random: () => 0.5,
      timeLimit: () => new AbortController().signal,
    },
    resourceManager: {
      read: async (path) => {
        paths.push(path);
        running += 1;
        most = Math.max(most, running);
        await Promise.resolve();
        running -= 1;
        return answerOf(path, now);
      },
    },
  });
  try {
    for (; now < seconds; now += 0.25) {
      mock.timers.tick(250);
      for (let turn = 0; turn < 12; turn += 1) await Promise.resolve();
    }
  } finally {
    await poller.stop();
    mock.timers.reset();
  }
  return { poller, paths, most: () => most };
}

const good = (path: string): AzureAnswer => ({
  items:
    path.endsWith('/distributedAvailabilityGroups') || !/mi-\d+-\d+$/.test(path)
      ? []
      : [{ name: path.split('/').at(-1), properties: { state: 'Ready' } }],
  failure: null,
  retryAfterSeconds: null,
  remaining,
});

const throttled = (retryAfter: number | null): AzureAnswer => ({
  items: [],
  failure: { ...failureWithoutAnswer('throttled', 'too many'), status: 429 },
  retryAfterSeconds: retryAfter,
  remaining,
});

const polls = (state: AzureState): number =>
  state.subscriptions[0]?.instances.reduce((sum, { links }) => sum + (links.polls.ok ?? 0), 0) ?? 0;

test('a hundred instances take what the budget says: links each minute, the rest each five minutes and each hour', async () => {
  const { paths, most, poller } = await run(configOf(100), 3660, good);
  const perMinute = paths.length / 61;
  // 100 lists of links; 200 of instances and operations each five minutes; 200 of certificates each hour, and the start.
  assert.ok(perMinute > 130 && perMinute < 160, `${perMinute} a minute`);
  assert.ok(most() <= 8);
  assert.ok(Math.abs(polls(poller.state()) - 6100) < 150);
});

test('a 429 stops the whole subscription for as long as it says, and no other', async () => {
  const other = '99999999-2222-4333-8444-555555555555';
  const asked = new Map<string, number[]>([
    [id, []],
    [other, []],
  ]);
  const { poller } = await run(configOf(5, [id, other]), 400, (path, now) => {
    const subscription = path.split('/')[2] ?? '';
    asked.get(subscription)?.push(now);
    return subscription === id && now >= 100 && now < 140 ? throttled(120) : good(path);
  });
  const within = (subscription: string): number[] =>
    (asked.get(subscription) ?? []).filter((now) => now > 140 && now < 220);
  const first = (asked.get(id) ?? []).find((now) => now >= 100) ?? 0;
  assert.deepEqual(
    (asked.get(id) ?? []).filter((now) => now > first + 1 && now < first + 120),
    [],
  );
  assert.ok(within(other).length > 5);
  const [paused] = poller.state().subscriptions;
  assert.ok((paused?.throttledSeconds ?? 0) >= 120);
  assert.equal(paused?.pausedUntilTimestampSeconds, null);
  assert.equal(paused?.instances[0]?.links.failure, null);
});

test('while a subscription is left alone nothing old is shown of it', async () => {
  const { poller } = await run(configOf(3), 200, (path, now) => (now > 70 ? throttled(600) : good(path)));
  const { instances = [], pausedUntilTimestampSeconds = null } = poller.state().subscriptions[0] ?? {};
  assert.ok((pausedUntilTimestampSeconds ?? 0) > 1e9 + 600);
  assert.deepEqual(
    instances.map(({ links }) => [links.value, links.failure?.reason]),
    [
      [null, 'throttled'],
      [null, 'throttled'],
      [null, 'throttled'],
    ],
  );
});

test('Retry-After 0 again and again makes longer and longer pauses', async () => {
  const { paths } = await run(configOf(1), 600, () => throttled(null));
  assert.ok(paths.length < 20, `${paths.length} requests`);
});

test('what is unavailable for a while is left alone as long as it says, and nothing else is', async () => {
  const asked = new Map<string, number[]>();
  const unavailable = { ...failureWithoutAnswer('unavailable', 'maintenance'), status: 503 };
  await run(configOf(2), 600, (path, now) => {
    const former = asked.get(path) ?? [];
    asked.set(path, [...former, now]);
    const isDown = path.includes('/mi-0-0/') && path.includes('distributedAvailabilityGroups') && former.length === 2;
    return isDown ? { items: [], failure: unavailable, retryAfterSeconds: 300, remaining } : good(path);
  });
  const gaps = (instance: string): readonly number[] => {
    const [, times = []] =
      [...asked].find(([path]) => path.includes(instance) && path.includes('distributedAvailabilityGroups')) ?? [];
    return times.slice(1).map((now, index) => now - (times[index] ?? 0));
  };
  assert.ok(Math.max(...gaps('/mi-0-0/')) >= 300, String(gaps('/mi-0-0/')));
  assert.ok(Math.max(...gaps('/mi-0-1/')) < 100, String(gaps('/mi-0-1/')));
});

test('a defect in an answer ends no reading', async () => {
  const { paths, poller } = await run(configOf(1), 300, (path, now) => {
    if (now < 100) throw new Error('a defect');
    return good(path);
  });
  assert.ok(paths.length > 5);
  assert.equal(poller.state().subscriptions[0]?.instances[0]?.links.failure, null);
});
