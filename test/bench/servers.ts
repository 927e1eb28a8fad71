import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Pairs, startPairs } from './pairs.ts';
import { cpuSeconds, scrape, sum, values } from './scrape.ts';
import { longestStretches, startExporterOf, type Tree } from './tree.ts';

const password = 'Pa55-of-the-bench';
const pollIntervalSeconds = 15;
/** As Prometheus scrapes: one scrape for each interval. */
const measuredIntervals = 4;
/** Until the code that every poll runs is compiled. */
const warmUpIntervals = 4;
const databases = 5;

/** What an exporter takes for so many servers. */
interface ServerFigures {
  readonly tree: Tree['name'];
  readonly servers: number;
  readonly connections: number;
  /** As many as there are servers where none is late. */
  readonly pollsPerInterval: number;
  readonly residentBytes: number;
  readonly pageBytes: number;
  readonly series: number;
  readonly cpuSecondsPerSecond: number;
  /** As the exporter itself measures it: the simulated servers keep this process too busy to. */
  readonly meanScrapeSeconds: number;
  /** By the clock of this process, with gzip. */
  readonly longestScrapeSeconds: number;
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
  const folder = await mkdtemp(join(tmpdir(), 'milink-bench-'));
  const figures: ServerFigures[] = [];
  const pairs = startPairs({ databases, account: { name: 'milink', password }, folder });
  try {
    for (const count of counts.toSorted((one, other) => one - other)) {
      say(`starting simulated servers up to ${count}`);
      await pairs.grow(Math.ceil(count / 2));
      for (const tree of trees) figures.push(await measureExporter(tree, { pairs, folder, say }));
    }
  } finally {
    await pairs.close();
    await rm(folder, { recursive: true });
  }
  return trees.map(({ name }) => report(figures.filter(({ tree }) => tree === name))).join('\n');
}

interface Bench {
  readonly pairs: Pairs;
  /** Of the configuration, where the authorities of the simulated servers are. */
  readonly folder: string;
  readonly say: (text: string) => void;
}

async function measureExporter(tree: Tree, bench: Bench): Promise<ServerFigures> {
  const servers = bench.pairs.ends().map(({ name, host, port, ca }) => ({
    name,
    host,
    port,
    authentication: { type: 'sql_login', username: 'milink', password_env: 'PASSWORD' },
    tls: { ca_file: ca, server_name: 'localhost' },
  }));
  const interval = `${pollIntervalSeconds}s`;
  await writeFile(
    join(bench.folder, 'milink.yaml'),
    JSON.stringify({ poll_interval: interval, poll_timeout: interval, servers }),
  );
  const exporter = await startExporterOf(tree, bench.folder, { PASSWORD: password });
  try {
    const figures = await observe(exporter.url, bench);
    return { tree: tree.name, ...figures, stretches: longestStretches(exporter) };
  } finally {
    exporter.process.kill();
    await exporter.finished;
  }
}

async function observe(
  root: string,
  { pairs, say }: Pick<Bench, 'pairs' | 'say'>,
): Promise<Omit<ServerFigures, 'tree' | 'stretches'>> {
  const servers = pairs.ends().length;
  const url = `${root}/metrics`;
  say(`waiting for ${servers} servers to be polled`);
  while ((await fetch(`${root}/-/ready`)).status !== 200) await wait(500);
  // As Prometheus scrapes, from the beginning on: what is made ahead for it is made when it is expected.
  const scrapes = async (intervals: number): Promise<Scraped> => {
    const all: Scraped = { page: '', longestScrapeSeconds: 0, longestStopSeconds: 0 };
    for (let interval = 0; interval < intervals; interval += 1) {
      await wait(pollIntervalSeconds * 1000);
      const start = performance.now();
      all.page = await scrape(url);
      all.longestScrapeSeconds = Math.max(all.longestScrapeSeconds, (performance.now() - start) / 1000);
      const [stop = 0] = values(all.page, 'nodejs_eventloop_lag_max_seconds');
      all.longestStopSeconds = Math.max(all.longestStopSeconds, stop);
    }
    return all;
  };
  const { page: before } = await scrapes(warmUpIntervals);
  say(`measuring ${servers} servers over ${measuredIntervals} intervals`);
  const start = performance.now();
  const { page, longestScrapeSeconds, longestStopSeconds } = await scrapes(measuredIntervals);
  const seconds = (performance.now() - start) / 1000;
  const polls = (text: string): number => sum(values(text, 'milink_polls_total'));
  // A large page can be of a moment ago (decision 62): from one state to the other, and not from one scrape to the other.
  const stateSeconds = (text: string): number =>
    values(text, 'milink_last_poll_timestamp_seconds').reduce((latest, each) => Math.max(latest, each), 0);
  const pollingSeconds = stateSeconds(page) - stateSeconds(before);
  return {
    servers,
    connections: await pairs.connections(),
    pollsPerInterval: ((polls(page) - polls(before)) / pollingSeconds) * pollIntervalSeconds,
    residentBytes: values(page, 'process_resident_memory_bytes')[0] ?? Number.NaN,
    pageBytes: Buffer.byteLength(page),
    series: values(page, 'milink_exporter_page_series')[0] ?? Number.NaN,
    cpuSecondsPerSecond: (cpuSeconds(page) - cpuSeconds(before)) / seconds,
    meanScrapeSeconds: scrapeSeconds(page, before),
    longestScrapeSeconds,
    eventLoopLagP99Seconds: values(page, 'nodejs_eventloop_lag_p99_seconds')[0] ?? Number.NaN,
    longestStopSeconds,
  };
}

interface Scraped {
  page: string;
  longestScrapeSeconds: number;
  longestStopSeconds: number;
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
    ['polls per interval', ({ pollsPerInterval }) => pollsPerInterval.toFixed(1)],
    ['series', (row) => cell(row, 'series', String(row.series))],
    ['page', (row) => cell(row, 'pageBytes', `${(row.pageBytes / 1e6).toFixed(2)} MB`)],
    ['memory', (row) => cell(row, 'residentBytes', `${(row.residentBytes / 1e6).toFixed(0)} MB`)],
    ['CPU per second', (row) => cell(row, 'cpuSecondsPerSecond', `${(row.cpuSecondsPerSecond * 1000).toFixed(0)} ms`)],
    ['mean scrape', ({ meanScrapeSeconds }) => `${(meanScrapeSeconds * 1000).toFixed(0)} ms`],
    ['longest scrape', ({ longestScrapeSeconds }) => `${(longestScrapeSeconds * 1000).toFixed(0)} ms`],
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
