import { getActiveResourcesInfo } from 'node:process';

// Loaded into the exporter by the soak, with --import and --expose-gc: tells over the channel of its parent what no page does.

/** What one answer tells; stops are those since the answer before. */
export interface Inside {
  /** After a full collection, which each question asks for. */
  readonly heapBytes: number;
  /** Of buffers outside of the heap, after it too. */
  readonly externalBytes: number;
  /** Sockets, files and timers that the loop waits for. */
  readonly resources: number;
  /** The most processor time of the main thread from one look at the loop to the next. */
  readonly stopCpuMilliseconds: number;
  /** The latest that the loop came to a look. */
  readonly stopClockMilliseconds: number;
}

const tickMilliseconds = 10;
let [stopCpu, stopClock] = [0, 0];
let look = { clock: performance.now(), cpu: cpuMilliseconds() };

function cpuMilliseconds(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

function tick(): void {
  const now = { clock: performance.now(), cpu: cpuMilliseconds() };
  stopCpu = Math.max(stopCpu, now.cpu - look.cpu);
  stopClock = Math.max(stopClock, now.clock - look.clock - tickMilliseconds);
  look = now;
}

setInterval(tick, tickMilliseconds).unref();

process.on('message', () => {
  tick();
  const stops = { stopCpuMilliseconds: stopCpu, stopClockMilliseconds: stopClock };
  globalThis.gc?.();
  const { heapUsed: heapBytes, external: externalBytes } = process.memoryUsage();
  process.send?.({ heapBytes, externalBytes, resources: getActiveResourcesInfo().length, ...stops } satisfies Inside);
  // What is asked here is not the exporter's.
  [stopCpu, stopClock] = [0, 0];
  look = { clock: performance.now(), cpu: cpuMilliseconds() };
});
// Whether the exporter ends is its own affair.
process.channel?.unref();
