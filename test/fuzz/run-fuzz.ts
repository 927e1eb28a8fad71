import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { startPair } from '../../src/simulator/pair.ts';
import { startAltered } from '../integration/altered-end.ts';
import { certificate } from '../simulator/tds/scripted-server.ts';
import { readOddConfig } from './config.ts';
import { sendOddRequest } from './http.ts';
import { startTdsProxy, type TdsProxy } from './tds-proxy.ts';
import { alterTexts } from './texts.ts';

export interface FuzzOptions {
  readonly seed: number;
  readonly seconds: number;
}

export interface FuzzReport {
  readonly connections: number;
  readonly requests: number;
  readonly configurations: number;
  /** Polls that ended, by reason; `ok` for those that succeeded. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** How the exporter ended before it was asked to; null: it did not. */
  readonly death: string | null;
  /** The slowest answer of /-/healthy. */
  readonly slowestHealthSeconds: number;
  readonly peakMebibytes: number;
  /** What was told as a defect of the program, or thrown at a user. */
  readonly defects: readonly string[];
}

interface Closers {
  readonly add: (close: () => unknown) => void;
  readonly all: () => Promise<void>;
}

/** The exporter among servers, clients and files that a seed makes odd, for so many seconds. */
export async function runFuzz({ seed, seconds }: FuzzOptions): Promise<FuzzReport> {
  const closers = closing();
  try {
    const proxies = await startServers(seed, closers);
    const target = await startTarget(proxies, closers);
    const folder = await mkdtemp(join(tmpdir(), 'milink-fuzz-'));
    closers.add(() => rm(folder, { recursive: true }));
    const end = performance.now() + seconds * 1000;
    const isOver = (): boolean => performance.now() >= end || target.hasEnded();
    let [requests, configurations, slowest, peak] = [0, 0, 0, 0];
    const defects: string[] = [];
    const asking = async (): Promise<void> => {
      while (!isOver()) await sendOddRequest(target.port, seed, requests++);
    };
    const reading = async (): Promise<void> => {
      while (!isOver()) {
        const index = configurations++;
        await readOddConfig(folder, seed, index).catch((error: unknown) =>
          defects.push(`configuration ${index} of seed ${seed}: ${error instanceof Error ? error.stack : error}`),
        );
        await wait(5);
      }
    };
    const watching = async (): Promise<void> => {
      while (!isOver()) {
        slowest = Math.max(slowest, await healthSeconds(target.port));
        peak = Math.max(peak, mebibytesOf(target.id));
        await fetch(`http://127.0.0.1:${target.port}/metrics`).then(
          (response) => response.text(),
          () => '',
        );
        await wait(200);
      }
    };
    await Promise.all([asking(), asking(), reading(), watching()]);
    const death = target.hasEnded() ? target.words() : null;
    return {
      connections: proxies.reduce((sum, proxy) => sum + proxy.changed(), 0),
      ...{ requests, configurations, death },
      outcomes: Object.fromEntries(target.outcomes),
      slowestHealthSeconds: slowest,
      peakMebibytes: peak,
      defects: [...defects, ...target.defects],
    };
  } finally {
    await closers.all();
  }
}

/** Each kind of TLS, in front of servers whose rows are as they should be and of such whose texts are odd. */
async function startServers(seed: number, closers: Closers): Promise<readonly TdsProxy[]> {
  const accounts = [{ name: 'milink', password: 'pässwörd-✓' }];
  const pair = await startPair({ scenario: 'healthy', encryption: 'off', accounts });
  closers.add(pair.close);
  const after = (close: () => unknown): void => closers.add(close);
  const proxies: TdsProxy[] = [];
  for (const [index, end] of [pair.sqlServer, pair.managedInstance].entries()) {
    const odd = await startAltered({ after }, end, alterTexts(seed + index), 'off');
    for (const upstreamPort of [end.port, odd.address.port]) {
      for (const isStrict of [false, true]) {
        const proxy = await startTdsProxy({ upstreamPort, seed: seed + proxies.length, isStrict });
        closers.add(proxy.close);
        proxies.push(proxy);
      }
    }
  }
  return proxies;
}

async function startTarget(proxies: readonly TdsProxy[], closers: Closers) {
  const servers = proxies.map(({ port, isStrict }, index) => ({ name: `s-${index}`, port, isStrict }));
  const program = resolve(import.meta.dirname, 'target.ts');
  const child = spawn(process.execPath, [program, JSON.stringify({ servers, ca: certificate.cert })], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [outcomes, defects] = [new Map<string, number>(), [] as string[]];
  let [ended, error] = ['', ''];
  const gone = new Promise<void>((settle) => {
    child.once('exit', (code, signal) => {
      ended = `exit code ${code}, signal ${signal}`;
      settle();
    });
  });
  closers.add(async () => {
    child.kill('SIGTERM');
    await gone;
  });
  child.stderr.on('data', (text) => {
    error = `${error}${text}`.slice(-4000);
  });
  const { promise: listening, resolve: listen } = Promise.withResolvers<number>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    const { port, msg, reason, error: words } = JSON.parse(line);
    if (port !== undefined && msg === undefined) listen(port);
    const outcome = msg === 'poll succeeded' ? 'ok' : reason;
    if (outcome !== undefined) outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    if (reason === 'internal') defects.push(words);
  });
  const port = await Promise.race([listening, gone.then(() => Promise.reject(new Error(`${ended}: ${error}`)))]);
  const hasEnded = (): boolean => ended !== '';
  return { port, id: child.pid ?? 0, hasEnded, words: () => `${ended}: ${error}`, outcomes, defects };
}

async function healthSeconds(port: number): Promise<number> {
  const start = performance.now();
  // What is not answered within a minute hangs, and is not waited for.
  await fetch(`http://127.0.0.1:${port}/-/healthy`, { signal: AbortSignal.timeout(60_000) }).catch(() => undefined);
  return (performance.now() - start) / 1000;
}

/** The most memory that a process has had, from proc_pid_status(5). */
function mebibytesOf(id: number): number {
  try {
    return Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

function closing(): Closers {
  const list: (() => unknown)[] = [];
  return {
    add: (close) => list.push(close),
    all: async () => {
      for (const close of list.reverse()) await close();
    },
  };
}
