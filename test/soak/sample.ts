import { readdirSync, readFileSync } from 'node:fs';
import { sum, values } from '../bench/scrape.ts';
import { growthOf, type Threshold } from './growth.ts';
import type { Inside } from './inside.ts';

/** What is asked after each minute. */
export interface Sample extends Inside {
  readonly residentBytes: number;
  readonly descriptors: number;
  /** Open at the servers. */
  readonly connections: number;
  /** Since the start. */
  readonly cpuSeconds: number;
  readonly polls: number;
  readonly failedPolls: number;
  readonly logLines: number;
  readonly answers: number;
  readonly series: number;
}

/** What the system tells of a process, proc_pid_status(5) and proc_pid_fd(5). */
export function systemFigures(id: number): Pick<Sample, 'residentBytes' | 'descriptors'> {
  const kibibytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1];
  return { residentBytes: Number(kibibytes) * 1024, descriptors: readdirSync(`/proc/${id}/fd`).length };
}

/** What the page tells. */
export function pageFigures(page: string): Pick<Sample, 'cpuSeconds' | 'polls' | 'failedPolls' | 'series'> {
  return {
    cpuSeconds: sum(values(page, 'process_cpu_seconds_total')),
    polls: sum(values(page, 'milink_polls_total')),
    failedPolls: sum(values(page, 'milink_poll_failures_total')),
    series: sum(values(page, 'milink_exporter_page_series')),
  };
}

interface Column {
  readonly name: string;
  readonly unit: string;
  /** Of a minute, from the samples at its end and at its beginning. */
  readonly value: (sample: Sample, before: Sample) => number;
  /** Null: it may do as it likes. */
  readonly threshold: Threshold | null;
}

const mebi = 1_048_576;

export const columns: readonly Column[] = [
  {
    name: 'resident',
    unit: 'MiB',
    value: ({ residentBytes }) => residentBytes / mebi,
    threshold: { share: 0.05, least: 8 },
  },
  { name: 'heap', unit: 'MiB', value: ({ heapBytes }) => heapBytes / mebi, threshold: { share: 0.03, least: 1 } },
  {
    name: 'buffers',
    unit: 'MiB',
    value: ({ externalBytes }) => externalBytes / mebi,
    threshold: { share: 0.1, least: 1 },
  },
  { name: 'descriptors', unit: '', value: ({ descriptors }) => descriptors, threshold: { share: 0, least: 1.5 } },
  { name: 'resources', unit: '', value: ({ resources }) => resources, threshold: { share: 0, least: 3 } },
  { name: 'connections', unit: '', value: ({ connections }) => connections, threshold: { share: 0, least: 0.5 } },
  { name: 'stop CPU', unit: 'ms', value: (now) => now.stopCpuMilliseconds, threshold: { share: 0.3, least: 10 } },
  { name: 'stop clock', unit: 'ms', value: (now) => now.stopClockMilliseconds, threshold: { share: 1, least: 50 } },
  {
    name: 'CPU',
    unit: 'ms/s',
    value: (now, before) => ((now.cpuSeconds - before.cpuSeconds) * 1000) / 60,
    threshold: { share: 0.2, least: 10 },
  },
  { name: 'polls', unit: '', value: (now, before) => rise(now, before, 'polls'), threshold: null },
  { name: 'failed', unit: '', value: (now, before) => rise(now, before, 'failedPolls'), threshold: null },
  {
    name: 'log lines',
    unit: '',
    value: (now, before) => rise(now, before, 'logLines'),
    threshold: { share: 0.3, least: 10 },
  },
  { name: 'answers', unit: '', value: (now, before) => rise(now, before, 'answers'), threshold: null },
  { name: 'series', unit: '', value: ({ series }) => series, threshold: { share: 0.05, least: 10 } },
];

/** A counter of a server that is no longer in the configuration is gone, and begins at nothing when it comes back. */
function rise(now: Sample, before: Sample, key: 'polls' | 'failedPolls' | 'logLines' | 'answers'): number {
  return now[key] - before[key];
}

const width = 13;

export function headLine(): string {
  return ['minute', ...columns.map(({ name }) => name)].map((text) => text.padStart(width)).join('');
}

export function minuteLine(minute: number, values: readonly number[]): string {
  return [String(minute), ...values.map(shown)].map((text) => text.padStart(width)).join('');
}

const shown = (value: number): string => value.toFixed(Math.abs(value) < 100 && !Number.isInteger(value) ? 1 : 0);

/** What is said at the end of each column, and whether none grows. */
export function verdicts(minutes: readonly (readonly number[])[]): {
  readonly lines: readonly string[];
  readonly isGood: boolean;
} {
  const judged = columns.map(({ name, unit, threshold }, at) => {
    const values = minutes.map((minute) => minute[at] ?? Number.NaN);
    const found = growthOf(values, threshold ?? { share: 0, least: 0 });
    const words =
      threshold === null ? '' : found.grows === null ? 'too few minutes to tell' : found.grows ? 'GROWS' : 'steady';
    const line = [
      name.padEnd(width),
      `median ${shown(found.median)} ${unit}`.padEnd(24),
      `second half ${found.growth < 0 ? '' : '+'}${found.growth.toFixed(1)}`.padEnd(24),
      `trend ${found.trend.toFixed(1)}`.padEnd(14),
      words,
    ].join('');
    return { line: line.trimEnd(), isBad: threshold !== null && found.grows === true };
  });
  return { lines: judged.map(({ line }) => line), isGood: judged.every(({ isBad }) => !isBad) };
}
