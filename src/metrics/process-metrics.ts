import { openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs';
import { PerformanceObserver, constants as performanceConstants } from 'node:perf_hooks';
import { getHeapStatistics } from 'node:v8';
import { Gauge, Histogram, type Registry } from 'prom-client';

/** How late the event loop came to its timers in the last minute, in seconds. */
export interface LoopLag {
  readonly last: number;
  readonly maximum: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
}

/**
 * What a process says of itself, under the names that prom-client and other client libraries give it. Read here, and not by
 * prom-client's default metrics: those take eight times as long, half of it for a deviation of the loop that nobody looks at.
 */
export function addProcessMetrics(registry: Registry, loopLag: () => LoopLag | null): void {
  addCpu(registry);
  addMemory(registry);
  addDescriptors(registry);
  addLoop(registry, loopLag);
  addHeap(registry);
  addCollections(registry);
  group(registry, { nodejs_version_info: 'Node.js version info.' }, ['version']).nodejs_version_info.set(
    { version: process.version },
    1,
  );
}

type Gauges<Name extends string> = Readonly<Record<Name, Gauge>>;

/** Gauges that are read together: the first one of the page reads for all. */
function group<Name extends string>(
  registry: Registry,
  help: Readonly<Record<Name, string>>,
  labelNames: readonly string[] = [],
  read?: (gauges: Gauges<Name>) => void,
): Gauges<Name> {
  const gauges = {} as Record<Name, Gauge>;
  for (const [index, name] of (Object.keys(help) as Name[]).entries()) {
    const collect = index === 0 && read !== undefined ? { collect: () => read(gauges) } : {};
    gauges[name] = new Gauge({
      name,
      help: help[name],
      labelNames: [...labelNames],
      registers: [registry],
      ...collect,
    });
  }
  return gauges;
}

function addCpu(registry: Registry): void {
  const names = {
    process_cpu_user_seconds_total: 'Total user CPU time spent in seconds.',
    process_cpu_system_seconds_total: 'Total system CPU time spent in seconds.',
    process_cpu_seconds_total: 'Total user and system CPU time spent in seconds.',
  };
  group(registry, names, [], (gauges) => {
    const { user, system } = process.cpuUsage();
    gauges.process_cpu_user_seconds_total.set(user / 1e6);
    gauges.process_cpu_system_seconds_total.set(system / 1e6);
    gauges.process_cpu_seconds_total.set((user + system) / 1e6);
  });
  const start = group(registry, {
    process_start_time_seconds: 'Start time of the process since unix epoch in seconds.',
  });
  start.process_start_time_seconds.set(Math.round(performance.timeOrigin / 1000));
}

/** In proc_pid_statm(5): pages of the address space, and those in memory. */
function addMemory(registry: Registry): void {
  const names = { process_resident_memory_bytes: 'Resident memory size in bytes.' };
  const virtual = { process_virtual_memory_bytes: 'Virtual memory size in bytes.' };
  const file = statmFile();
  if (file === null) {
    group(registry, names, [], (gauges) => gauges.process_resident_memory_bytes.set(process.memoryUsage.rss()));
    return;
  }
  const text = Buffer.alloc(128);
  const pages = (): readonly number[] =>
    text
      .toString('latin1', 0, readSync(file, text, 0, text.length, 0))
      .split(' ')
      .map(Number);
  const pageBytes = 2 ** Math.round(Math.log2(process.memoryUsage.rss() / (pages()[1] ?? 1)));
  group(registry, { ...names, ...virtual }, [], (gauges) => {
    const [all = 0, resident = 0] = pages();
    gauges.process_resident_memory_bytes.set(resident * pageBytes);
    gauges.process_virtual_memory_bytes.set(all * pageBytes);
  });
}

function addDescriptors(registry: Registry): void {
  const open = openDescriptors();
  if (open === null) return;
  group(registry, { process_open_fds: 'Number of open file descriptors.' }, [], (gauges) =>
    gauges.process_open_fds.set(openDescriptors() ?? open),
  );
  const limit = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1];
  if (limit === undefined) return;
  group(registry, { process_max_fds: 'Maximum number of open file descriptors.' }).process_max_fds.set(Number(limit));
}

/** Null where there is no /proc. From Linux 6.2 on the folder's size says it; before, its size is 0. */
function openDescriptors(): number | null {
  const folder = '/proc/self/fd';
  const size = statSync(folder, { throwIfNoEntry: false })?.size;
  return size === undefined ? null : size || readdirSync(folder).length;
}

let statm: number | null | undefined;

/** Opened once; null where there is no /proc. */
function statmFile(): number | null {
  try {
    statm ??= openSync('/proc/self/statm', 'r');
  } catch {
    statm = null;
  }
  return statm;
}

function addLoop(registry: Registry, loopLag: () => LoopLag | null): void {
  const names = {
    nodejs_eventloop_lag_seconds: 'How late the event loop came to its latest timer, in seconds.',
    nodejs_eventloop_lag_max_seconds: 'The most that the event loop was late in the last minute.',
    nodejs_eventloop_lag_p50_seconds: 'The 50th percentile of how late the event loop was in the last minute.',
    nodejs_eventloop_lag_p90_seconds: 'The 90th percentile of how late the event loop was in the last minute.',
    nodejs_eventloop_lag_p99_seconds: 'The 99th percentile of how late the event loop was in the last minute.',
  };
  group(registry, names, [], (gauges) => {
    const lag = loopLag();
    // Without one there is nothing to tell, and a gauge begins with 0.
    for (const gauge of lag === null ? Object.values(gauges) : []) gauge.remove();
    if (lag === null) return;
    const { last, maximum, p50, p90, p99 } = lag;
    gauges.nodejs_eventloop_lag_seconds.set(last);
    gauges.nodejs_eventloop_lag_max_seconds.set(maximum);
    gauges.nodejs_eventloop_lag_p50_seconds.set(p50);
    gauges.nodejs_eventloop_lag_p90_seconds.set(p90);
    gauges.nodejs_eventloop_lag_p99_seconds.set(p99);
  });
}

function addHeap(registry: Registry): void {
  const names = {
    nodejs_heap_size_total_bytes: 'Process heap size from Node.js in bytes.',
    nodejs_heap_size_used_bytes: 'Process heap size used from Node.js in bytes.',
    nodejs_external_memory_bytes: 'Node.js external memory size in bytes.',
  };
  group(registry, names, [], (gauges) => {
    const { total_heap_size: total, used_heap_size: used, external_memory: external } = getHeapStatistics();
    gauges.nodejs_heap_size_total_bytes.set(total);
    gauges.nodejs_heap_size_used_bytes.set(used);
    gauges.nodejs_external_memory_bytes.set(external);
  });
}

const collectionKinds: Readonly<Record<number, string>> = {
  [performanceConstants.NODE_PERFORMANCE_GC_MAJOR]: 'major',
  [performanceConstants.NODE_PERFORMANCE_GC_MINOR]: 'minor',
  [performanceConstants.NODE_PERFORMANCE_GC_INCREMENTAL]: 'incremental',
  [performanceConstants.NODE_PERFORMANCE_GC_WEAKCB]: 'weakcb',
};

/** `detail` is missing in the types. */
type Collection = { readonly duration: number } & { readonly detail: { readonly kind: number } };

function addCollections(registry: Registry): void {
  const durations = new Histogram({
    name: 'nodejs_gc_duration_seconds',
    help: 'Garbage collection duration by kind, one of major, minor, incremental or weakcb.',
    labelNames: ['kind'],
    buckets: [0.001, 0.01, 0.1, 0.5],
    registers: [registry],
  });
  const observer = new PerformanceObserver((list) => {
    for (const { duration, detail } of list.getEntries() as unknown as Collection[]) {
      const { kind } = detail;
      durations.observe({ kind: collectionKinds[kind] ?? String(kind) }, duration / 1000);
    }
  });
  observer.observe({ entryTypes: ['gc'] });
}
