import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { startPair } from '../../src/simulator/pair.ts';
import { startAltered, startReshaped } from '../integration/altered-end.ts';
import { certificate } from '../simulator/tds/scripted-server.ts';
import { readOddConfig } from './config.ts';
import { sendOddRequest } from './http.ts';
import { sendOddFrames } from './http2.ts';
import { reshapeColumns } from './odd-types.ts';
import { pageFault } from './page-fault.ts';
import { runProperties } from './properties.ts';
import { type ProxyTls, startTdsProxy, type TdsProxy } from './tds-proxy.ts';
import { alterTexts } from './texts.ts';

export interface FuzzOptions {
  readonly seed: number;
  readonly seconds: number;
  /** Whether the properties of the suite are drawn anew beside all else. */
  readonly hasProperties: boolean;
}

export interface FuzzReport {
  readonly connections: number;
  readonly requests: number;
  /** Connections of HTTP/2. */
  readonly sessions: number;
  readonly configurations: number;
  /** Pages of metrics looked through, in both formats. */
  readonly pages: number;
  /** By what the properties hold for; empty where none were drawn. */
  readonly properties: Readonly<Record<string, number>>;
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
export async function runFuzz({ seed, seconds, hasProperties }: FuzzOptions): Promise<FuzzReport> {
  const closers = closing();
  try {
    const proxies = await startServers(seed, closers);
    const folder = await mkdtemp(join(tmpdir(), 'milink-fuzz-'));
    closers.add(() => rm(folder, { recursive: true }));
    const target = await startTarget(proxies, folder, closers);
    const end = performance.now() + seconds * 1000;
    const isOver = (): boolean => performance.now() >= end || target.hasEnded();
    let [requests, sessions, configurations, pages, slowest, peak] = [0, 0, 0, 0, 0, 0];
    const defects: string[] = [];
    const asking = async (): Promise<void> => {
      while (!isOver()) {
        const wrong = await sendOddRequest(target.port, seed, requests++);
        if (wrong !== null) defects.push(wrong);
      }
    };
    const framing = async (): Promise<void> => {
      while (!isOver()) await sendOddFrames(target.securedPort, seed, sessions++);
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
        const accept = pages++ % 2 === 0 ? 'text/plain' : 'application/openmetrics-text;version=1.0.0';
        const page = await fetch(`http://127.0.0.1:${target.port}/metrics`, { headers: { accept } }).then(
          (response) => response.text(),
          () => '',
        );
        const wrong = pageFault(page);
        if (wrong !== null) defects.push(`page: ${wrong}`);
        await wait(200);
      }
    };
    const proving = hasProperties ? runProperties(folder, isOver) : { inputs: {}, failures: [] };
    await Promise.all([asking(), asking(), framing(), framing(), framing(), reading(), watching()]);
    const { inputs: properties, failures } = await proving;
    const death = target.hasEnded() ? target.words() : null;
    return {
      connections: proxies.reduce((sum, { changed }) => sum + changed(), 0),
      ...{ requests, sessions, configurations, pages, properties, death },
      outcomes: Object.fromEntries(target.outcomes),
      slowestHealthSeconds: slowest,
      peakMebibytes: peak,
      defects: [...defects, ...target.defects, ...failures],
    };
  } finally {
    await closers.all();
  }
}

/** A proxy, and the authority that its client trusts. */
interface FuzzedServer extends TdsProxy {
  readonly ca: string | null;
}

/** Each kind of TLS, in front of servers whose rows are as they should be and of such whose texts are odd. */
async function startServers(seed: number, closers: Closers): Promise<readonly FuzzedServer[]> {
  const accounts = [{ name: 'milink', password: 'pässwörd-✓' }];
  const pair = await startPair({ scenario: 'healthy', encryption: 'off', accounts });
  const encrypted = await startPair({ scenario: 'healthy', accounts });
  closers.add(pair.close);
  closers.add(encrypted.close);
  const after = (close: () => unknown): void => closers.add(close);
  const servers: FuzzedServer[] = [];
  const add = async (upstreamPort: number, tls: ProxyTls, ca: string | null): Promise<void> => {
    const proxy = await startTdsProxy({ upstreamPort, seed: seed + servers.length, tls });
    closers.add(proxy.close);
    servers.push({ ...proxy, ca });
  };
  for (const [index, end] of [pair.sqlServer, pair.managedInstance].entries()) {
    const odd = await startAltered({ after }, end, alterTexts(seed + index), 'off');
    const other = await startReshaped({ after }, end, reshapeColumns(seed + index), 'off');
    servers.push({ ...plainPlace(other.address.port), ca: null });
    for (const port of [end.port, odd.address.port]) {
      await add(port, 'off', null);
      await add(port, 'strict', certificate.cert);
    }
  }
  for (const end of [encrypted.sqlServer, encrypted.managedInstance])
    await add(end.port, 'encrypt', encrypted.certificateAuthority);
  return servers;
}

/** A server that is reached as it is: it is odd itself. */
function plainPlace(port: number): TdsProxy {
  return { port, tls: 'off', changed: () => 0, close: () => undefined };
}

async function startTarget(proxies: readonly FuzzedServer[], folder: string, closers: Closers) {
  const servers = proxies.map(({ port, tls, ca }, index) => ({ name: `s-${index}`, port, mode: tls, ca }));
  const webConfigFile = join(folder, 'web.yml');
  await writeFile(join(folder, 'web.crt'), certificate.cert);
  await writeFile(join(folder, 'web.key'), certificate.key);
  await writeFile(webConfigFile, 'tls_server_config: { cert_file: web.crt, key_file: web.key }\n');
  const program = resolve(import.meta.dirname, 'target.ts');
  const child = spawn(process.execPath, [program, JSON.stringify({ servers, webConfigFile })], {
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
  const { promise: listening, resolve: listen } = Promise.withResolvers<{ port: number; securedPort: number }>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    const { port, securedPort, msg, reason, error: words } = JSON.parse(line);
    if (securedPort !== undefined && msg === undefined) listen({ port, securedPort });
    const outcome = msg === 'poll succeeded' ? 'ok' : reason;
    if (outcome !== undefined) outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    if (reason === 'internal') defects.push(words);
  });
  const ports = await Promise.race([listening, gone.then(() => Promise.reject(new Error(`${ended}: ${error}`)))]);
  const hasEnded = (): boolean => ended !== '';
  return { ...ports, id: child.pid ?? 0, hasEnded, words: () => `${ended}: ${error}`, outcomes, defects };
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
