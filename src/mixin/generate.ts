import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type GeneratedFile, generatedFiles } from './generated-files.ts';

const root = resolve(import.meta.dirname, '../..');

/** `node src/mixin/generate.ts` writes the generated files; with `--check` it names those that are not fresh and exits 1. */
function main(args: readonly string[]): number {
  const unknown = args.find((arg) => arg !== '--check');
  if (unknown !== undefined) {
    process.stderr.write(`generate: unknown argument "${unknown}": only --check is allowed\n`);
    return 2;
  }
  const stale = generatedFiles().filter((file) => readIfThere(file.path) !== file.content);
  return args.includes('--check') ? report(stale) : write(stale);
}

function report(stale: readonly GeneratedFile[]): number {
  for (const { path } of stale) process.stderr.write(`${path} is stale: run npm run generate\n`);
  return stale.length === 0 ? 0 : 1;
}

function write(stale: readonly GeneratedFile[]): number {
  for (const { path, content } of stale) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
    process.stdout.write(`wrote ${path}\n`);
  }
  return 0;
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(join(root, path), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

process.exitCode = main(process.argv.slice(2));
