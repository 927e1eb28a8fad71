import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** By what they hold for: the judgement, what is said of it, label values and pages, values of views, configurations. */
const files = {
  judgement: ['link/estate', 'link/order', 'link/properties', 'link/database-properties', 'link/assessor'],
  advice: ['check/earned', 'check/earned-estates', 'check/screen', 'check/tsql'],
  labels: ['metrics/exposition', 'metrics/sections', 'metrics/stepwise', 'views/entry'],
  settings: ['config/config-text', 'config/properties', 'config/wording', 'config/duration', 'config/shard'],
} as const;

export interface PropertyReport {
  /** Inputs drawn, by what the properties hold for. */
  readonly inputs: Readonly<Record<string, number>>;
  /** What a failed property says, its seed among it. */
  readonly failures: readonly string[];
}

const inputsOfProperty = 100;
const lookMilliseconds = 500;

/** Draws other inputs for the properties of the suite in each round, in processes of their own, until it is over. */
export async function runProperties(folder: string, isOver: () => boolean): Promise<PropertyReport> {
  const inputs: Record<string, number> = {};
  const failures: string[] = [];
  const counts = join(folder, 'counts');
  while (!isOver()) {
    for (const [kind, names] of Object.entries(files)) {
      if (isOver()) break;
      writeFileSync(counts, '');
      const failure = await runTests(names, counts, isOver);
      if (failure !== null) failures.push(`${kind}: ${failure}`);
      const drawn = readFileSync(counts, 'utf8').split('\n').map(Number);
      inputs[kind] = (inputs[kind] ?? 0) + drawn.reduce((sum, count) => sum + count, 0);
    }
  }
  return { inputs, failures };
}

async function runTests(names: readonly string[], counts: string, isOver: () => boolean): Promise<string | null> {
  const child = spawn(
    process.execPath,
    ['--test', '--test-concurrency=1', ...names.map((name) => `test/${name}.test.ts`)],
    {
      cwd: root,
      env: { PATH: process.env.PATH, FUZZ_RUNS: String(inputsOfProperty), FUZZ_COUNTS: counts },
      stdio: ['ignore', 'pipe', 'inherit'],
      // A group of its own: the runner of tests has processes too, which end with it.
      detached: true,
    },
  );
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    out += chunk;
  });
  const timer = setInterval(() => {
    if (isOver() && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  }, lookMilliseconds);
  const [code] = await once(child, 'close');
  clearInterval(timer);
  // What was cut short proves nothing.
  if (code === 0 || isOver()) return null;
  const at = out.indexOf('failing tests:');
  return out.slice(at < 0 ? -4000 : at).slice(0, 4000);
}
