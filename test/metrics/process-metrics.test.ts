import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Registry } from 'prom-client';
import { addProcessMetrics, type LoopLag } from '../../src/metrics/process-metrics.ts';

async function samplesOf(registry: Registry): Promise<ReadonlyMap<string, number>> {
  const metrics = await registry.getMetricsAsJSON();
  return new Map(metrics.flatMap(({ name, values }) => values.slice(0, 1).map(({ value }) => [name, value] as const)));
}

test('they are what the process itself says', async () => {
  const registry = new Registry();
  addProcessMetrics(registry, () => null);
  const samples = await samplesOf(registry);
  const near = (name: string, expected: number, share: number): void => {
    const value = samples.get(name) ?? Number.NaN;
    assert.ok(Math.abs(value - expected) <= share * expected, `${name} is ${value}, not about ${expected}`);
  };
  const { user, system } = process.cpuUsage();
  near('process_cpu_seconds_total', (user + system) / 1e6, 0.5);
  near('process_resident_memory_bytes', process.memoryUsage.rss(), 0.5);
  near('nodejs_heap_size_used_bytes', process.memoryUsage().heapUsed, 0.5);
  near('process_start_time_seconds', Date.now() / 1000 - process.uptime(), 1e-6);
  assert.ok((samples.get('process_open_fds') ?? 0) >= 3);
  assert.ok(
    (samples.get('process_max_fds') ?? Number.POSITIVE_INFINITY) > (samples.get('process_open_fds') ?? Number.NaN),
  );
});

test('how late the loop was is no sample before there was a timer, and the same for each who asks', async () => {
  const registry = new Registry();
  let lag: LoopLag | null = null;
  addProcessMetrics(registry, () => lag);
  const lags = async (): Promise<readonly (readonly [string, number])[]> =>
    [...(await samplesOf(registry))].filter(([name]) => name.startsWith('nodejs_eventloop_lag'));
  assert.deepEqual(await lags(), []);
  lag = { last: 1, maximum: 5, p50: 2, p90: 3, p99: 4 };
  const expected = [
    ['nodejs_eventloop_lag_seconds', 1],
    ['nodejs_eventloop_lag_max_seconds', 5],
    ['nodejs_eventloop_lag_p50_seconds', 2],
    ['nodejs_eventloop_lag_p90_seconds', 3],
    ['nodejs_eventloop_lag_p99_seconds', 4],
  ];
  assert.deepEqual(await lags(), expected);
  assert.deepEqual(await lags(), expected);
});
