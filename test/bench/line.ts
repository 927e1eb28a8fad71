import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Running, start } from '../cli/process.ts';
import { scrape } from './scrape.ts';
import { startExporterOf, type Tree, treesIn } from './tree.ts';

// `node test/bench/line.ts [--against=FOLDER] [MILLISECONDS]`: how long polls of both kinds of server take in steady state over
// a line with such a round trip, 30 ms unless given, and beside it over one without: other work on the machine meets both alike,
// and the difference is what the round trips cost.

const links = 2;
const databases = 5;
const measuredPolls = 40;
const settlingPolls = 5;
const lookMilliseconds = 100;

const words = process.argv.slice(2);
const delayMilliseconds = Number(words.find((word) => !word.startsWith('--')) ?? 30);
const kinds = ['SQL Server', 'managed instance'] as const;
const nameOf = (kind: string, delay: number): string => `${kind}, ${delay} ms`;

/** The polls of each server, in milliseconds, shortest first. */
type Polls = ReadonlyMap<string, readonly number[]>;

async function startLine(folder: string, delay: number): Promise<Running & { readonly servers: readonly object[] }> {
  const ca = `${delay}.pem`;
  const simulator = start([
    'simulate',
    ...['--scenario=healthy', `--links=${links}`, `--databases=${databases}`],
    ...[`--delay=${delay}ms`, `--simulator.ca-file=${join(folder, ca)}`],
  ]);
  const servers: object[] = [];
  for (const kind of kinds) {
    const [, port] = await simulator.seen(new RegExp(`${kind} +127\\.0\\.0\\.1:(\\d+)`));
    servers.push({
      name: nameOf(kind, delay),
      host: '127.0.0.1',
      port: Number(port),
      authentication: { type: 'sql_login', username: 'milink', password_env: 'PASSWORD' },
      tls: { ca_file: ca, server_name: 'localhost' },
    });
  }
  return { ...simulator, servers };
}

async function measure(tree: Tree): Promise<Polls> {
  const folder = await mkdtemp(join(tmpdir(), 'milink-line-'));
  const running: Running[] = [];
  try {
    const lines = [await startLine(folder, 0), await startLine(folder, delayMilliseconds)];
    running.push(...lines);
    const timing = { poll_interval: '2s', poll_timeout: '2s' };
    const servers = lines.flatMap((line) => line.servers);
    await writeFile(join(folder, 'milink.yaml'), JSON.stringify({ ...timing, servers }));
    const exporter = await startExporterOf(tree, folder, { PASSWORD: 'milink-demo' });
    running.push(exporter);
    return await pollsSeen(`${exporter.url}/metrics`);
  } finally {
    for (const { process } of running) process.kill();
    await Promise.all(running.map(({ finished }) => finished));
    await rm(folder, { recursive: true });
  }
}

/** Looks more often than polls end, so that each is seen. */
async function pollsSeen(url: string): Promise<Polls> {
  const seen = new Map<string, Map<number, number>>();
  const isEnough = (): boolean =>
    seen.size === 2 * kinds.length && [...seen.values()].every((polls) => polls.size >= settlingPolls + measuredPolls);
  while (!isEnough()) {
    await wait(lookMilliseconds);
    const page = await scrape(url);
    for (const [, server = '', count] of page.matchAll(/^milink_polls_total\{server="([^"]+)"\} (\d+)$/gm)) {
      const duration = new RegExp(`^milink_poll_duration_seconds\\{server="${server}"\\} (\\S+)$`, 'm').exec(page)?.[1];
      const polls = seen.get(server) ?? new Map<number, number>();
      if (duration !== undefined) seen.set(server, polls.set(Number(count), Number(duration) * 1000));
    }
  }
  const sorted = (polls: ReadonlyMap<number, number>): readonly number[] =>
    [...polls.values()].slice(settlingPolls).toSorted((one, other) => one - other);
  return new Map([...seen].map(([server, polls]) => [server, sorted(polls)]));
}

const at = (polls: readonly number[], share: number): number => polls[Math.floor(share * polls.length)] ?? Number.NaN;

for (const tree of treesIn(words)) {
  const polls = await measure(tree);
  process.stdout.write(
    `${tree.name}: ${measuredPolls} polls, ${links} links of ${databases} databases, milliseconds\n`,
  );
  for (const kind of kinds) {
    const [own, over] = [0, delayMilliseconds].map((delay) => polls.get(nameOf(kind, delay)) ?? []);
    for (const [what, share] of [
      ['one in ten', 0.1],
      ['median', 0.5],
    ] as const) {
      const [without, line] = [at(own ?? [], share), at(over ?? [], share)];
      const trips = ((line - without) / delayMilliseconds).toFixed(1);
      const figures = `${without.toFixed(0).padStart(6)} without a line ${line.toFixed(0).padStart(6)} over ${delayMilliseconds} ms`;
      process.stdout.write(`  ${kind.padEnd(18)}${what.padEnd(12)}${figures}: ${trips} round trips\n`);
    }
  }
}
