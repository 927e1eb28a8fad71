import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Pair, startPair } from '../../src/simulator/pair.ts';
import { type Running, start, startProgram } from '../cli/process.ts';
import { scrape, sum, values } from './scrape.ts';

const password = 'Pa55-of-the-bench';
const goodServers = 9;
const pollIntervalSeconds = 5;
const scrapeSeconds = 5;

/** What an exporter of nine good servers does. */
interface Course {
  readonly polls: number;
  readonly failures: number;
  /** Of the hostile server. */
  readonly refused: number;
  readonly peakMebibytes: number;
  readonly slowestHealthSeconds: number;
}

/** Polls nine good servers for so long, then again with a hostile one beside them: what that costs the nine. */
export async function benchHostile(seconds: number, say: (text: string) => void): Promise<string> {
  const pairs: Pair[] = [];
  try {
    while (pairs.length < goodServers / 2) pairs.push(await startGoodPair(pairs.length));
    say(`nine good servers for ${seconds} s`);
    const alone = await run(pairs, seconds, false);
    say(`nine good servers and a hostile one for ${seconds} s`);
    return report(alone, await run(pairs, seconds, true));
  } finally {
    await Promise.all(pairs.map((pair) => pair.close()));
  }
}

function startGoodPair(index: number): Promise<Pair> {
  const managedInstanceName = `mi-${index}`;
  const accounts = [{ name: 'milink', password }];
  return startPair({ scenario: 'healthy', managedInstanceName, seed: managedInstanceName, accounts, databases: 5 });
}

async function run(pairs: readonly Pair[], seconds: number, isBesideHostile: boolean): Promise<Course> {
  const folder = await mkdtemp(join(tmpdir(), 'milink-bench-'));
  const running: Running[] = [];
  try {
    const servers = await Promise.all(pairs.map((pair, index) => goodOnes(pair, index, folder)));
    const all: object[] = servers.flat().slice(0, goodServers);
    if (isBesideHostile) {
      const hostile = startProgram(process.execPath, [resolve(import.meta.dirname, 'hostile-server.ts')]);
      running.push(hostile);
      const [, port] = await hostile.seen(/port (\d+)/);
      all.push({ ...login('hostile', '127.0.0.1', Number(port)), tls: { mode: 'off' } });
    }
    const config = { poll_interval: `${pollIntervalSeconds}s`, servers: all };
    await writeFile(join(folder, 'milink.yaml'), JSON.stringify(config));
    const exporter = start(['--web.listen-address=127.0.0.1:0'], { cwd: folder, env: { PASSWORD: password } });
    running.push(exporter);
    const [, port] = await exporter.seen(/address=127\.0\.0\.1:(\d+)/);
    return await observe(`http://127.0.0.1:${port}`, seconds);
  } finally {
    for (const { process } of running) process.kill();
    await Promise.all(running.map(({ finished }) => finished));
    await rm(folder, { recursive: true });
  }
}

async function goodOnes(pair: Pair, index: number, folder: string): Promise<readonly object[]> {
  await writeFile(join(folder, `${index}.pem`), pair.certificateAuthority);
  const tls = { ca_file: `${index}.pem`, server_name: 'localhost' };
  return [
    { ...login(`sql-${index}`, pair.sqlServer.host, pair.sqlServer.port), tls },
    { ...login(`mi-${index}`, pair.managedInstance.host, pair.managedInstance.port), tls },
  ];
}

const login = (name: string, host: string, port: number) => ({
  ...{ name, host, port },
  authentication: { type: 'sql_login', username: 'milink', password_env: 'PASSWORD' },
});

async function observe(root: string, seconds: number): Promise<Course> {
  let [page, peakBytes, slowestHealthSeconds] = ['', 0, 0];
  for (const end = performance.now() + seconds * 1000; performance.now() < end; await wait(scrapeSeconds * 1000)) {
    const asked = performance.now();
    await scrape(`${root}/-/healthy`);
    slowestHealthSeconds = Math.max(slowestHealthSeconds, (performance.now() - asked) / 1000);
    page = await scrape(`${root}/metrics`);
    peakBytes = Math.max(peakBytes, ...values(page, 'process_resident_memory_bytes'));
  }
  const ofGood = (name: string): number => {
    const lines = page.split('\n').filter((line) => line.startsWith(`${name}{`) && !line.includes('"hostile"'));
    return sum(lines.map((line) => Number(line.split(' ').at(-1))));
  };
  const failures = ofGood('milink_poll_failures_total');
  return {
    polls: ofGood('milink_polls_total'),
    failures,
    refused: sum(values(page, 'milink_poll_failures_total')) - failures,
    peakMebibytes: peakBytes / 2 ** 20,
    slowestHealthSeconds,
  };
}

function report(alone: Course, beside: Course): string {
  const rows: readonly (readonly [string, (course: Course) => string])[] = [
    ['polls of the nine', ({ polls }) => String(polls)],
    ['failed polls of the nine', ({ failures }) => String(failures)],
    ['failed polls of the hostile one', ({ refused }) => String(refused)],
    ['most resident memory', ({ peakMebibytes }) => `${peakMebibytes.toFixed(0)} MiB`],
    ['slowest /-/healthy', ({ slowestHealthSeconds }) => `${(slowestHealthSeconds * 1000).toFixed(0)} ms`],
  ];
  const lines = rows.map(([name, cell]) => `${name.padEnd(34)}${cell(alone).padEnd(12)}${cell(beside)}\n`);
  return `${''.padEnd(34)}${'alone'.padEnd(12)}beside a hostile one\n${lines.join('')}`;
}
