import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Pair, startPair } from '../../src/simulator/pair.ts';
import { cpuSeconds, scrape, values } from './scrape.ts';
import { longestStretches, startExporterOf, type Tree } from './tree.ts';

const password = 'Pa55-of-the-bench';
const pollIntervalSeconds = 15;
/** As Prometheus scrapes: one scrape for each interval. */
const measuredIntervals = 3;
const databases = 5;

/** What an exporter takes for so many servers. */
interface ServerFigures {
  readonly tree: Tree['name'];
  readonly servers: number;
  readonly connections: number;
  readonly residentBytes: number;
  readonly pageBytes: number;
  readonly series: number;
  readonly cpuSecondsPerSecond: number;
  /** As the exporter itself measures it: the simulated servers keep this process too busy to. */
  readonly meanScrapeSeconds: number;
  readonly eventLoopLagP99Seconds: number;
  /** Between two scrapes, the longest of all. */
  readonly longestStopSeconds: number;
  readonly stretches: string;
}

/** Runs an exporter for each of the numbers of servers, one after another, and says how its needs grow. */
export async function benchServers(
  trees: readonly Tree[],
  counts: readonly number[],
  say: (text: string) => void,
): Promise<string> {
  const figures: ServerFigures[] = [];
  const pairs: Pair[] = [];
  try {
    for (const count of counts.toSorted((one, other) => one - other)) {
      say(`starting simulated servers up to ${count}`);
      while (pairs.length < count / 2) pairs.push(await startBenchPair(pairs.length));
      for (const tree of trees) figures.push(await measureExporter(tree, pairs, say));
    }
  } finally {
    await Promise.all(pairs.map((pair) => pair.close()));
  }
  return trees.map(({ name }) => report(figures.filter(({ tree }) => tree === name))).join('\n');
}

function startBenchPair(index: number): Promise<Pair> {
  const managedInstanceName = `mi-${index}`;
  const accounts = [{ name: 'milink', password }];
  return startPair({
    scenario: 'healthy',
    managedInstanceName,
    seed: managedInstanceName,
    accounts,
    databases,
    sqlServerMajor: 16,
  });
}

async function measureExporter(
  tree: Tree,
  pairs: readonly Pair[],
  say: (text: string) => void,
): Promise<ServerFigures> {
  const folder = await mkdtemp(join(tmpdir(), 'milink-bench-'));
  try {
    const ends = pairs.flatMap((pair, index) => [
      { name: `sql-${index}`, end: pair.sqlServer, ca: `${index}.pem` },
      { name: `mi-${index}`, end: pair.managedInstance, ca: `${index}.pem` },
    ]);
    for (const [index, pair] of pairs.entries())
      await writeFile(join(folder, `${index}.pem`), pair.certificateAuthority);
    const servers = ends.map(({ name, end, ca }) => ({
      name,
      host: end.host,
      port: end.port,
      authentication: { type: 'sql_login', username: 'milink', password_env: 'PASSWORD' },
      tls: { ca_file: ca, server_name: 'localhost' },
    }));
    const interval = `${pollIntervalSeconds}s`;
    await writeFile(
      join(folder, 'milink.yaml'),
      JSON.stringify({ poll_interval: interval, poll_timeout: interval, servers }),
    );
    const exporter = await startExporterOf(tree, folder, { PASSWORD: password });
    try {
      const figures = await observe(exporter.url, pairs, say);
      return { tree: tree.name, ...figures, stretches: longestStretches(exporter) };
    } finally {
      exporter.process.kill();
      await exporter.finished;
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function observe(
  root: string,
  pairs: readonly Pair[],
  say: (text: string) => void,
): Promise<Omit<ServerFigures, 'tree' | 'stretches'>> {
  const servers = 2 * pairs.length;
  const url = `${root}/metrics`;
  say(`waiting for ${servers} servers to be polled`);
  while ((await fetch(`${root}/-/ready`)).status !== 200) await wait(500);
  await wait(pollIntervalSeconds * 1000);
  say(`measuring ${servers} servers over ${measuredIntervals} intervals`);
  const before = await scrape(url);
  const start = performance.now();
  let page = before;
  let longestStopSeconds = 0;
  for (let interval = 0; interval < measuredIntervals; interval += 1) {
    await wait(pollIntervalSeconds * 1000);
    page = await scrape(url);
    longestStopSeconds = Math.max(longestStopSeconds, values(page, 'nodejs_eventloop_lag_max_seconds')[0] ?? 0);
  }
  const seconds = (performance.now() - start) / 1000;
  return {
    servers,
    connections: pairs.reduce(
      (sum, { sqlServer, managedInstance }) =>
        sum + sqlServer.counts().connections + managedInstance.counts().connections,
      0,
    ),
    residentBytes: values(page, 'process_resident_memory_bytes')[0] ?? Number.NaN,
    pageBytes: Buffer.byteLength(page),
    series: values(page, 'milink_exporter_page_series')[0] ?? Number.NaN,
    cpuSecondsPerSecond: (cpuSeconds(page) - cpuSeconds(before)) / seconds,
    meanScrapeSeconds: scrapeSeconds(page, before),
    eventLoopLagP99Seconds: values(page, 'nodejs_eventloop_lag_p99_seconds')[0] ?? Number.NaN,
    longestStopSeconds,
  };
}

/** A scrape is counted when it is answered, so a page shows those before it. */
function scrapeSeconds(after: string, before: string): number {
  const total = (page: string, suffix: string): number =>
    values(page.replaceAll('{handler="/metrics"}', ''), `milink_exporter_http_request_duration_seconds_${suffix}`)[0] ??
    0;
  return (total(after, 'sum') - total(before, 'sum')) / (total(after, 'count') - total(before, 'count'));
}

/** Beside each figure how it grew against the first row, divided by how the servers did: 1 is linear. */
function report(figures: readonly ServerFigures[]): string {
  const [first] = figures;
  if (first === undefined) return '';
  const cell = (
    current: ServerFigures,
    key: 'connections' | 'series' | 'pageBytes' | 'residentBytes' | 'cpuSecondsPerSecond',
    shown: string,
  ): string => {
    const growth = current[key] / first[key] / (current.servers / first.servers);
    return `${shown} (${growth.toFixed(2)})`;
  };
  const columns: readonly [string, (row: ServerFigures) => string][] = [
    ['servers', ({ servers }) => String(servers)],
    ['connections', (row) => cell(row, 'connections', String(row.connections))],
    ['series', (row) => cell(row, 'series', String(row.series))],
    ['page', (row) => cell(row, 'pageBytes', `${(row.pageBytes / 1e6).toFixed(2)} MB`)],
    ['memory', (row) => cell(row, 'residentBytes', `${(row.residentBytes / 1e6).toFixed(0)} MB`)],
    ['CPU per second', (row) => cell(row, 'cpuSecondsPerSecond', `${(row.cpuSecondsPerSecond * 1000).toFixed(0)} ms`)],
    ['mean scrape', ({ meanScrapeSeconds }) => `${(meanScrapeSeconds * 1000).toFixed(0)} ms`],
    ['longest stop', (row) => `${(row.longestStopSeconds * 1000).toFixed(0)} ms`],
    ['event loop p99', ({ eventLoopLagP99Seconds }) => `${(eventLoopLagP99Seconds * 1000).toFixed(0)} ms`],
  ];
  const stretches = figures.map((row) => `${row.servers} servers: ${row.stretches}\n`).join('');
  const rows = [columns.map(([name]) => name), ...figures.map((row) => columns.map(([, text]) => text(row)))];
  const table = rows
    .map(
      (row) =>
        `${row
          .map((text) => text.padEnd(20))
          .join('')
          .trimEnd()}\n`,
    )
    .join('');
  return `${first.tree}\n${table}longest stretch of each kind, in milliseconds\n${stretches}`;
}
