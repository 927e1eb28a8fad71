import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { createExporterMetrics } from '../../src/metrics/exporter-metrics.ts';
import { type Family, family, type State } from '../../src/metrics/family.ts';
import { createPage, type PageRequest } from '../../src/metrics/page.ts';
import type { ServerState } from '../../src/model/server-state.ts';
import { failedServer, pendingServer, sqlServer } from '../link/server-state.ts';
import { stateOf } from './series.ts';

/** Of what the exporter says of itself nothing. */
const selection = { servers: null, hasState: true, hasOwn: false };

interface PageSetup {
  /** Lines of a hundred bytes. */
  readonly lines?: number;
  readonly pollIntervalSeconds?: number;
  /** What a rendering takes of the clock. */
  readonly takesSeconds?: number;
}

/** A page whose state is so many servers, over a clock that stands still unless it is set. */
function pageOfServers({ lines = 12_000, pollIntervalSeconds = 15, takesSeconds = 0 }: PageSetup = {}) {
  let [state, seconds, renders, isBroken] = [stateOf([]), 100, 0, false];
  const counting = family({
    name: 'milink_watched',
    help: 'Counts.',
    type: 'gauge',
    labels: ['line'],
    source: 'test',
    scope: 'state',
    samples: ({ servers }) => {
      if (isBroken) throw new Error('defect');
      seconds += takesSeconds;
      renders += 1;
      return Array.from({ length: lines }, (_, line) => ({
        labels: { line: String(line).padEnd(74, '.') },
        value: servers.length,
      }));
    },
  });
  let families: readonly Family[] = [counting];
  const page = createPage({
    readState: () => state,
    metrics: createExporterMetrics({ version: '0.1.0', revision: 'abc', nodeVersion: 'v24.0.0' }),
    readFamilies: () => families,
    monotonicSeconds: () => seconds,
    pollIntervalSeconds: () => pollIntervalSeconds,
  });
  const become = (next: State): void => {
    state = next;
  };
  return {
    page,
    /** Another state, told of at once. */
    change: (servers: number) => {
      become(stateOf(Array.from({ length: servers }, (_, index) => pendingServer(`server-${index}`))));
      page.stateChanged();
    },
    /** The poll of the first of so many servers ends. */
    poll: (servers: number, first: (name: string) => ServerState) => {
      become(stateOf([first('a'), ...Array.from({ length: servers - 1 }, (_, index) => pendingServer(`b-${index}`))]));
      page.stateChanged();
    },
    changeUntold: () => become(stateOf([pendingServer('one')])),
    wait: (more: number) => {
      seconds += more;
    },
    breakRendering: () => {
      isBroken = true;
    },
    publishOthers: () => {
      families = [counting];
    },
    renders: () => renders,
    /** How many servers the lines of an answer tell of: each the same, and as many lines as there are. */
    shown: async (request: PageRequest = {}) => {
      const { body, contentEncoding } = await page.answer({ ...request, selection });
      const bytes = Buffer.concat(body);
      const text = (contentEncoding === 'gzip' ? gunzipSync(bytes) : bytes).toString();
      const values = text.split('\n').flatMap((line) => (/^milink_watched\{.*\} (\d+)$/.exec(line) ?? []).slice(1));
      assert.equal(values.length, lines);
      assert.equal(new Set(values).size, 1);
      return Number(values[0]);
    },
  };
}

const requests: readonly PageRequest[] = ['text/plain', 'application/openmetrics-text'].flatMap((accept) => [
  { accept },
  { accept, acceptEncoding: 'gzip' },
]);

test('a large page is shown for a moment after its state has passed, while the next is made', async () => {
  for (const request of requests) {
    const { page, change, wait, shown, renders } = pageOfServers();
    assert.equal(await shown(request), 0);
    change(3);
    wait(0.9);
    assert.equal(await shown(request), 0);
    // What that scrape has begun.
    await page.prepare();
    assert.equal(await shown(request), 3);
    assert.equal(renders(), 2);
    change(4);
    wait(1);
    assert.equal(await shown(request), 4, 'it waits once the moment is over');
  }
});

test('a moment begins with the first state that is not shown, whatever comes after', async () => {
  const { change, wait, shown } = pageOfServers();
  await shown();
  change(1);
  wait(0.6);
  change(2);
  wait(0.6);
  assert.equal(await shown(), 2);
});

test('a small page is always that of the present state', async () => {
  const { change, shown } = pageOfServers({ lines: 10_000 });
  for (const servers of [1, 2, 3]) {
    change(servers);
    for (const request of requests) assert.equal(await shown(request), servers);
  }
});

test('a form that was not made before is waited for', async () => {
  const { change, shown } = pageOfServers();
  await shown({ acceptEncoding: 'gzip' });
  change(1);
  assert.equal(await shown(), 1);
  change(2);
  assert.equal(await shown({ acceptEncoding: 'gzip' }), 0);
});

test('the moment is a fifth of the poll interval at most', async () => {
  const { change, wait, shown } = pageOfServers({ pollIntervalSeconds: 2 });
  await shown();
  change(1);
  wait(0.35);
  assert.equal(await shown(), 0);
  wait(0.1);
  assert.equal(await shown(), 1);
});

test('what takes long to make is shown for as long as two makings take, and never longer than a fifth of the interval', async () => {
  for (const [pollIntervalSeconds, behindSeconds] of [
    [15, 2.5],
    [60, 3.9],
  ] as const) {
    const { change, wait, shown } = pageOfServers({ takesSeconds: 2, pollIntervalSeconds });
    await shown();
    change(1);
    wait(behindSeconds);
    assert.equal(await shown(), 0);
    wait(0.6);
    assert.equal(await shown(), 1);
  }
});

test('after a reload, with other families or when no change was told, a scrape waits', async () => {
  const { page, change, changeUntold, publishOthers, shown } = pageOfServers();
  await shown();
  change(2);
  page.reloaded();
  assert.equal(await shown(), 2);
  change(3);
  await page.prepare();
  publishOthers();
  change(4);
  assert.equal(await shown(), 4);
  changeUntold();
  assert.equal(await shown(), 1);
});

test('after a poll that failed nothing is shown of before, however large the page is', async () => {
  for (const request of requests) {
    const { poll, shown, wait } = pageOfServers();
    const answered = (name: string): ServerState => ({ ...sqlServer(), name });
    poll(2, answered);
    assert.equal(await shown(request), 2);
    poll(3, answered);
    assert.equal(await shown(request), 2, 'of a moment ago');
    poll(4, failedServer);
    assert.equal(await shown(request), 4);
    wait(0.1);
    poll(5, failedServer);
    assert.equal(await shown(request), 4, 'it says already that the poll failed');
  }
});

/** Written, and given to the threads that compress. */
async function isWritten(renders: () => number): Promise<void> {
  while (renders() === 0) await new Promise((resolve) => setImmediate(resolve));
}

const gzip: PageRequest = { acceptEncoding: 'gzip' };

test('what was being made when a poll failed is not shown after it', async () => {
  const { poll, shown, renders } = pageOfServers();
  poll(2, (name) => ({ ...sqlServer(), name }));
  const before = shown(gzip);
  await isWritten(renders);
  poll(3, failedServer);
  assert.equal(await before, 2);
  assert.equal(await shown(gzip), 3);
});

test('what was being made when a reload came is not shown after it', async () => {
  const { page, change, shown, renders } = pageOfServers();
  const before = shown(gzip);
  await isWritten(renders);
  page.reloaded();
  change(1);
  assert.equal(await before, 0);
  assert.equal(await shown(gzip), 1);
});

test('a defect in rendering is shown once the moment is over', async () => {
  const { change, wait, breakRendering, shown } = pageOfServers();
  await shown();
  breakRendering();
  change(1);
  assert.equal(await shown(), 0);
  wait(1);
  await assert.rejects(shown(), { message: 'defect' });
});
