import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Account, defaultAccount } from '../../src/simulator/account.ts';
import type { EndName } from '../../src/simulator/world/topology.ts';
import type { WitnessPair } from './witness-pair.ts';

/** Debian's prometheus-sql-exporter after the first run of each of its jobs. */
export interface SqlExporter {
  /** What went wrong in that run, in the words of go-mssqldb and of the exporter, sorted. */
  readonly troubles: readonly string[];
  /** The page that it serves, in Prometheus' text format. */
  scrape(): Promise<string>;
  stop(): Promise<void>;
}

interface LogLine {
  readonly level?: string;
  readonly msg?: string;
  readonly err?: string;
  readonly job?: string;
}

type Exporter = ChildProcessByStdio<null, Readable, null>;

const maximumAttempts = 5;
/** A job whose queries all fail runs them again and again. */
const maximumTroubles = 20;
const noPort = /address already in use/;

/** The address of an end, as go-mssqldb takes it. */
export function dataSourceName(witness: WitnessPair, end: EndName, account: Account = defaultAccount): string {
  const tls = { encrypt: 'true', certificate: witness.authorityFile };
  const parameters = new URLSearchParams({
    database: 'master',
    ...(witness.wire === 'plain' ? { encrypt: 'disable' } : tls),
    'dial timeout': '10',
    'connection timeout': '20',
  });
  return `sqlserver://${account.name}:${account.password}@localhost:${witness.pair[end].port}?${parameters}`;
}

/**
 * Starts the exporter and answers when each of so many jobs has run once, or could not connect. Rejects when the exporter
 * can't start.
 */
export async function startSqlExporter(configuration: string, jobs: number): Promise<SqlExporter> {
  const folder = await mkdtemp(join(tmpdir(), 'milink-sql-exporter-'));
  const file = join(folder, 'sql-exporter.yaml');
  await writeFile(file, configuration);
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const child = spawn(
      'prometheus-sql-exporter',
      ['-config.file', file, '-web.listen-address', `127.0.0.1:${port}`],
      // It logs what it reads by default; the environment may hold proxies and other configurations.
      { stdio: ['ignore', 'pipe', 'inherit'], env: { PATH: process.env.PATH, LOGLEVEL: 'debug' } },
    );
    const stop = async (): Promise<void> => {
      await end(child);
      await rm(folder, { recursive: true });
    };
    const run = await firstRun(child, jobs).catch(async (error: unknown) => {
      await stop();
      throw error;
    });
    if (!run.hasEnded) return { troubles: run.troubles.toSorted(), scrape: () => scrape(child, port), stop };
    if (attempt === maximumAttempts || !run.troubles.some((trouble) => noPort.test(trouble))) {
      await stop();
      throw new Error(`prometheus-sql-exporter ended: ${run.troubles.join('; ')}`);
    }
  }
}

/** Follows the log until every job sleeps or can't connect, or until the program ends. */
async function firstRun(child: Exporter, jobs: number): Promise<{ hasEnded: boolean; troubles: readonly string[] }> {
  const failed = once(child, 'error').then(([error]: unknown[]) => {
    const message = 'prometheus-sql-exporter does not start: it is in the Debian package of that name';
    throw new Error(message, { cause: error });
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const troubles: string[] = [];
  const settled = new Set<string>();
  while (settled.size < jobs && troubles.length < maximumTroubles) {
    const line = await Promise.race([lines.next(), failed]);
    if (line.done === true) return { hasEnded: true, troubles };
    const { level, msg = '', err, job = '' }: LogLine = JSON.parse(line.value);
    if ((level === 'error' || level === 'warn') && !settled.has(job)) troubles.push(`${msg} ${err ?? ''}`.trim());
    if (msg.startsWith('Sleeping') || msg === 'Failed to connect') settled.add(job);
  }
  // What it says from now on is not read, and a full pipe would stop it.
  child.stdout.resume();
  return { hasEnded: false, troubles };
}

async function end(child: Exporter): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill();
  await ended;
}

async function scrape(child: Exporter, port: number): Promise<string> {
  const response = await connected(child, `http://127.0.0.1:${port}/metrics`);
  const page = await response.text();
  if (!response.ok) throw new Error(`prometheus-sql-exporter answers ${response.status}: ${page}`);
  return page;
}

/** Asks until it listens: its first jobs may be done before that, and it does not say when. */
async function connected(child: Exporter, url: string): Promise<Response> {
  for (;;) {
    try {
      return await fetch(url);
    } catch (error) {
      if (child.exitCode !== null)
        throw new Error('prometheus-sql-exporter ended before it was asked', { cause: error });
      await nextTurn();
    }
  }
}

/** A port that was free a moment ago: the exporter would not say which one it was given. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('a server without a port');
  return address.port;
}
