import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { start } from '../cli/process.ts';
import { scrape } from './scrape.ts';
import { startExporterOf, type Tree, treesIn } from './tree.ts';

// `node test/bench/line.ts [--against=FOLDER] [MILLISECONDS]`: how long polls of both kinds of server take in steady state over
// a line with such a round trip, 30 ms unless given, and over one without. The difference is what the round trips cost.

const links = 2;
const databases = 5;
const measuredPolls = 30;
const settlingPolls = 5;
const lookMilliseconds = 100;

const words = process.argv.slice(2);
const delayMilliseconds = Number(words.find((word) => !word.startsWith('--')) ?? 30);

/** The median poll of each server over a line, in milliseconds. */
type Medians = ReadonlyMap<string, number>;

async function measureOver(tree: Tree, delay: number): Promise<Medians> {
  const folder = await mkdtemp(join(tmpdir(), 'milink-line-'));
  const ca = join(folder, 'ca.pem');
  const simulator = start([
    'simulate',
    ...['--scenario=healthy', `--links=${links}`, `--databases=${databases}`],
    ...[`--delay=${delay}ms`, `--simulator.ca-file=${ca}`],
  ]);
  try {
    const [, sqlServer] = await simulator.seen(/SQL Server +127\.0\.0\.1:(\d+)/);
    const [, managedInstance] = await simulator.seen(/managed instance +127\.0\.0\.1:(\d+)/);
    const servers = [
      ['SQL Server', sqlServer],
      ['managed instance', managedInstance],
    ].map(([name, port]) => ({
      name,
      host: '127.0.0.1',
      port: Number(port),
      authentication: { type: 'sql_login', username: 'milink', password_env: 'PASSWORD' },
      tls: { ca_file: 'ca.pem', server_name: 'localhost' },
    }));
    // As seldom as the slowest of them needs, and the same for all.
    const timing = { poll_interval: '2s', poll_timeout: '2s' };
    await writeFile(join(folder, 'milink.yaml'), JSON.stringify({ ...timing, servers }));
    const exporter = await startExporterOf(tree, folder, { PASSWORD: 'milink-demo' });
    try {
      return await medianPolls(`${exporter.url}/metrics`);
    } finally {
      exporter.process.kill();
      await exporter.finished;
    }
  } finally {
    simulator.process.kill();
    await simulator.finished;
    await rm(folder, { recursive: true });
  }
}

/** Looks more often than polls end, so that each is seen. */
async function medianPolls(url: string): Promise<Medians> {
  const seen = new Map<string, Map<number, number>>();
  const isEnough = (): boolean =>
    seen.size === 2 && [...seen.values()].every((polls) => polls.size >= settlingPolls + measuredPolls);
  while (!isEnough()) {
    await wait(lookMilliseconds);
    const page = await scrape(url);
    for (const [, server = '', count] of page.matchAll(/^milink_polls_total\{server="([^"]+)"\} (\d+)$/gm)) {
      const duration = new RegExp(`^milink_poll_duration_seconds\\{server="${server}"\\} (\\S+)$`, 'm').exec(page)?.[1];
      const polls = seen.get(server) ?? new Map<number, number>();
      if (duration !== undefined) seen.set(server, polls.set(Number(count), Number(duration) * 1000));
    }
  }
  return new Map([...seen].map(([server, polls]) => [server, median([...polls.values()].slice(settlingPolls))]));
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}

for (const tree of treesIn(words)) {
  const without = await measureOver(tree, 0);
  const over = await measureOver(tree, delayMilliseconds);
  process.stdout.write(`${tree.name}: median of ${measuredPolls} polls, ${links} links of ${databases} databases\n`);
  for (const [server, milliseconds] of over) {
    const own = without.get(server) ?? Number.NaN;
    const trips = (milliseconds - own) / delayMilliseconds;
    process.stdout.write(
      `  ${server.padEnd(18)}${own.toFixed(0)} ms without a line, ${milliseconds.toFixed(0)} ms over ${delayMilliseconds} ms: ${trips.toFixed(1)} round trips\n`,
    );
  }
}
