import { join, resolve } from 'node:path';
import { type Running, startProgram } from '../cli/process.ts';

/** A checkout whose exporter is measured: this one, or an older one that it is compared with. */
export interface Tree {
  readonly name: 'before' | 'now';
  readonly folder: string;
}

const now: Tree = { name: 'now', folder: resolve(import.meta.dirname, '../..') };

/** `--against=FOLDER` among the words: a checkout with its packages, measured first. */
export function treesIn(words: readonly string[]): readonly Tree[] {
  const given = words.findLast((word) => word.startsWith('--against='))?.slice('--against='.length);
  return given === undefined ? [now] : [{ name: 'before', folder: resolve(given) }, now];
}

/** Starts the exporter of a checkout, on a port that it chooses. */
export async function startExporterOf(
  { folder }: Tree,
  cwd: string,
  env: Record<string, string>,
): Promise<Running & { readonly url: string }> {
  const args = [`--import=${join(import.meta.dirname, 'stretches.ts')}`, join(folder, 'src/main.ts')];
  const exporter = startProgram(process.execPath, [...args, '--web.listen-address=127.0.0.1:0'], {
    cwd,
    // As the image and the unit set it.
    env: { MALLOC_ARENA_MAX: '2', ...env },
  });
  const [, port] = await exporter.seen(/address=127\.0\.0\.1:(\d+)/);
  return { ...exporter, url: `http://127.0.0.1:${port}` };
}

/** The longest stretch of each kind of work since it started; empty of a checkout that does not tell. */
export function longestStretches({ error }: Running): string {
  const found = new Map(
    [...error().matchAll(/^longest stretch (\w+) ([\d.]+) ms$/gm)].map(([, kind, ms]) => [kind, ms]),
  );
  return [...found].map(([kind, milliseconds]) => `${kind} ${milliseconds}`).join(', ');
}
