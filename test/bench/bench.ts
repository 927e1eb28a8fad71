import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Running, start } from '../cli/process.ts';
import { benchCompiled } from './compiled.ts';
import { benchGate } from './gate.ts';
import { benchHostile } from './hostile.ts';
import { type Figures, measure } from './measure.ts';
import { benchServers } from './servers.ts';
import { longestStretches, startExporterOf, type Tree, treesIn } from './tree.ts';

/**
 * As many links as asked for on the command line, 200 unless given, each with so many databases, 1 unless given; or, after
 * the word `servers`, one exporter after another with so many servers, 20, 100 and 300 unless given; after `hostile` or
 * `gate`, what a hostile server costs those beside it, or the gate for bytes a poll, measured over so many seconds; after
 * `compiled`, the memory of the compiled package with two servers, over so many intervals.
 * `--against=FOLDER` measures the exporter of another checkout before, in the same run and on the same simulated servers.
 */
const trees = treesIn(process.argv.slice(2));
const words = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const part = ['servers', 'hostile', 'gate', 'compiled'].find((name) => name === words[0]) ?? null;
const numbers = (part === null ? words : words.slice(1)).map(Number);
const [links = 200, databases = 1] = numbers;
/** The default of the configuration. */
const pollIntervalSeconds = 15;

/** Runs the simulated pair and the exporter in processes of their own and measures the exporter from outside. */
async function bench(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'milink-bench-'));
  const running: Running[] = [];
  try {
    say(`starting two simulated servers with ${links} links of ${databases} databases`);
    const simulator = start([
      'simulate',
      '--scenario=healthy',
      `--links=${links}`,
      `--databases=${databases}`,
      `--simulator.ca-file=${join(folder, 'ca.pem')}`,
    ]);
    running.push(simulator);
    const [, sqlServer] = await simulator.seen(/SQL Server +127\.0\.0\.1:(\d+)/);
    const [, managedInstance] = await simulator.seen(/managed instance +127\.0\.0\.1:(\d+)/);
    await writeFile(join(folder, 'milink.yaml'), configuration(Number(sqlServer), Number(managedInstance)));
    for (const tree of trees) process.stdout.write(await benchTree(tree, folder));
  } finally {
    for (const { process } of running) process.kill();
    await Promise.all(running.map(({ finished }) => finished));
    await rm(folder, { recursive: true });
  }
}

async function benchTree(tree: Tree, folder: string): Promise<string> {
  say(`starting the exporter: ${tree.name}`);
  const exporter = await startExporterOf(tree, folder, { PASSWORD: 'milink-demo' });
  try {
    const figures = await measure(exporter.url, say);
    return `${tree.name}\n${report(figures, longestStretches(exporter))}\n`;
  } finally {
    exporter.process.kill();
    await exporter.finished;
  }
}

function configuration(...ports: readonly number[]): string {
  const servers = ports.map((port, index) =>
    [
      `  - name: server-${index + 1}`,
      '    host: 127.0.0.1',
      `    port: ${port}`,
      '    authentication: { type: sql_login, username: milink, password_env: PASSWORD }',
      '    tls: { ca_file: ca.pem, server_name: localhost }',
    ].join('\n'),
  );
  return `poll_interval: ${pollIntervalSeconds}s\nservers:\n${servers.join('\n')}\n`;
}

function report({ scrapes, ...figures }: Figures, stretches: string): string {
  const milliseconds = (seconds: number): string => `${(seconds * 1000).toFixed(1)} ms`;
  const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;
  const { plain, gzip } = scrapes;
  const ratio = (one: number, other: number): string => (one / other).toFixed(2);
  const rows = [
    ['links on two servers', `${links}, of ${databases} database${databases === 1 ? '' : 's'}`],
    ['series', String(figures.series)],
    ['poll of one server', figures.pollSeconds.map(milliseconds).join(' and ')],
    ['scrape, plain, p50 / p95', `${milliseconds(plain.p50)} / ${milliseconds(plain.p95)}, ${plain.bytes} bytes`],
    ['scrape, gzip, p50 / p95', `${milliseconds(gzip.p50)} / ${milliseconds(gzip.p95)}, ${gzip.bytes} bytes`],
    ['bare Node server, p50 / p95', `${milliseconds(scrapes.bare.p50)} / ${milliseconds(scrapes.bare.p95)}`],
    ['gzip to bare, p50 / p95', `${ratio(gzip.p50, scrapes.bare.p50)} / ${ratio(gzip.p95, scrapes.bare.p95)} times`],
    ['gzip to plain, p50', `${(gzip.p50 / plain.p50).toFixed(2)} times`],
    ['CPU per scrape, polls included', milliseconds(figures.cpuSecondsPerScrape)],
    ['CPU per second without scrapes', milliseconds(figures.idleCpuSecondsPerSecond)],
    ['longest stop of the event loop', milliseconds(figures.longestStopSeconds)],
    ['longest stretch of a kind, ms', stretches],
    ['resident memory', megabytes(figures.residentBytes)],
    ['logins per minute in steady state', figures.loginsPerMinute.toFixed(1)],
  ];
  return rows.map(([name = '', value]) => `${name.padEnd(36)}${value}\n`).join('');
}

const say = (text: string): boolean => process.stderr.write(`${text}\n`);
if (part === 'servers') {
  process.stdout.write(await benchServers(trees, numbers.length === 0 ? [20, 100, 300] : numbers, say));
} else if (part === 'hostile') {
  process.stdout.write(await benchHostile(numbers[0] ?? 300, say));
} else if (part === 'compiled') {
  process.stdout.write(await benchCompiled(numbers[0] ?? 8, say));
} else if (part === 'gate') {
  process.stdout.write(await benchGate(numbers[0] ?? 60, say));
} else {
  await bench();
}
