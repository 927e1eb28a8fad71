import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Running, start, startProgram } from '../cli/process.ts';
import { cpuSeconds, scrape, sum, values } from './scrape.ts';

const links = 100;
const main = resolve(import.meta.dirname, '../../src/main.ts');
const withoutGate = resolve(import.meta.dirname, 'without-gate.ts');

/** What a poll takes of the processor with the gate for bytes and without it, one after the other, twice each. */
export async function benchGate(seconds: number, say: (text: string) => void): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'milink-bench-'));
  const simulator = start([
    ...['simulate', '--scenario=healthy', `--links=${links}`, '--databases=5'],
    `--simulator.config-file=${join(folder, 'links.yaml')}`,
  ]);
  try {
    await simulator.seen(/^try /m);
    const courses: { readonly isGated: boolean; readonly milliseconds: number }[] = [];
    for (const isGated of [true, false, false, true]) {
      say(`polling ${isGated ? 'with' : 'without'} the gate for ${seconds} s`);
      courses.push({ isGated, milliseconds: await millisecondsOfPoll(folder, isGated, seconds) });
    }
    return report(courses);
  } finally {
    simulator.process.kill();
    await simulator.finished;
    await rm(folder, { recursive: true });
  }
}

async function millisecondsOfPoll(folder: string, isGated: boolean, seconds: number): Promise<number> {
  const flags = [`--config.file=${join(folder, 'links.yaml')}`, '--web.listen-address=127.0.0.1:0'];
  const hooks = isGated ? [] : [`--import=${withoutGate}`];
  const exporter: Running = startProgram(process.execPath, [...hooks, main, ...flags]);
  try {
    const [, port] = await exporter.seen(/address=127\.0\.0\.1:(\d+)/);
    const url = `http://127.0.0.1:${port}/metrics`;
    // What is compiled once is no cost of a poll.
    await wait(20_000);
    const before = await scrape(url);
    await wait(seconds * 1000);
    const after = await scrape(url);
    const polls = (page: string): number => sum(values(page, 'milink_polls_total'));
    return (1000 * (cpuSeconds(after) - cpuSeconds(before))) / (polls(after) - polls(before));
  } finally {
    exporter.process.kill();
    await exporter.finished;
  }
}

function report(courses: readonly { readonly isGated: boolean; readonly milliseconds: number }[]): string {
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
