import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Running, start, startProgram } from '../cli/process.ts';
import { cpuSeconds, scrape, sum, values } from './scrape.ts';

const links = 100;
const main = resolve(import.meta.dirname, '../../src/main.ts');
const withoutGate = resolve(import.meta.dirname, 'without-gate.ts');

/**
 * What a poll takes of the processor with the gate for bytes and without it: two exporters poll the same servers at the
 * same time, so that whatever else the machine does is in both figures. Four stretches of so many seconds.
 */
export async function benchGate(seconds: number, say: (text: string) => void): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'milink-bench-'));
  const simulator = start([
    ...['simulate', '--scenario=healthy', `--links=${links}`, '--databases=5'],
    `--simulator.config-file=${join(folder, 'links.yaml')}`,
  ]);
  const exporters: Exporter[] = [];
  try {
    await simulator.seen(/^try /m);
    for (const isGated of [true, false]) exporters.push(await startExporter(folder, isGated));
    // What is compiled once is no cost of a poll.
    await wait(20_000);
    const courses: Course[] = [];
    for (const stretch of [1, 2, 3, 4]) {
      say(`polling with and without the gate for ${seconds} s, ${stretch} of 4`);
      courses.push(...(await Promise.all(exporters.map((exporter) => courseOf(exporter, seconds)))));
    }
    return report(courses);
  } finally {
    for (const { process } of [simulator, ...exporters.map(({ running }) => running)]) process.kill();
    await Promise.all([simulator.finished, ...exporters.map(({ running }) => running.finished)]);
    await rm(folder, { recursive: true });
  }
}

interface Exporter {
  readonly isGated: boolean;
  readonly running: Running;
  readonly url: string;
}

interface Course {
  readonly isGated: boolean;
  readonly milliseconds: number;
}

async function startExporter(folder: string, isGated: boolean): Promise<Exporter> {
  const flags = [`--config.file=${join(folder, 'links.yaml')}`, '--web.listen-address=127.0.0.1:0'];
  const hooks = isGated ? [] : [`--import=${withoutGate}`];
  const running = startProgram(process.execPath, [...hooks, main, ...flags]);
  const [, port] = await running.seen(/address=127\.0\.0\.1:(\d+)/);
  return { isGated, running, url: `http://127.0.0.1:${port}/metrics` };
}

async function courseOf({ isGated, url }: Exporter, seconds: number): Promise<Course> {
  const before = await scrape(url);
  await wait(seconds * 1000);
  const after = await scrape(url);
  const polls = (page: string): number => sum(values(page, 'milink_polls_total'));
  const milliseconds = (1000 * (cpuSeconds(after) - cpuSeconds(before))) / (polls(after) - polls(before));
  return { isGated, milliseconds };
}

function report(courses: readonly Course[]): string {
  const of = (isGated: boolean): readonly number[] =>
    courses.filter((course) => course.isGated === isGated).map(({ milliseconds }) => milliseconds);
  const line = (name: string, values: readonly number[]): string =>
    `${name.padEnd(30)}${values.map((value) => `${value.toFixed(1)} ms`).join(', ')}\n`;
  const share = sum(of(true)) / sum(of(false)) - 1;
  return [
    line('CPU per poll, with the gate', of(true)),
    line('CPU per poll, without it', of(false)),
    `${'the gate costs'.padEnd(30)}${(share * 100).toFixed(1)} %\n`,
  ].join('');
}
