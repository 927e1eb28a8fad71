import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/** One import statement of a source file; `target` is a path from the root, a package's name or `node:…`. */
export interface Import {
  readonly file: string;
  readonly target: string;
  readonly kind: 'file' | 'package' | 'node';
}

const root = resolve(import.meta.dirname, '../..');

/** Every TypeScript file below a folder, as paths from the root, sorted. */
export function sourceFiles(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name))
    .sort();
}

/** The static, re-exporting and dynamic imports of one file. */
export function importsOf(file: string): readonly Import[] {
  const found = known.get(file) ?? readImports(file);
  known.set(file, found);
  return found;
}

/** The graph is walked from every test: each file is read once. */
const known = new Map<string, readonly Import[]>();

function readImports(file: string): readonly Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  const pattern = /(?:^|[\s;}])(?:import|export)\s(?:[^'";]*?\sfrom\s*)?'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/g;
  return [...text.matchAll(pattern)].map((match) => classify(file, match[1] ?? match[2] ?? ''));
}

function classify(file: string, specifier: string): Import {
  if (specifier.startsWith('node:')) return { file, target: specifier, kind: 'node' };
  if (specifier.startsWith('.')) {
    return { file, target: relative(root, resolve(root, dirname(file), specifier)), kind: 'file' };
  }
  const parts = specifier.split('/');
  const name = specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? specifier);
  return { file, target: name, kind: 'package' };
}

/** All packages and Node modules that a file reaches, through however many files. */
export function outsideOf(file: string): readonly string[] {
  const reached = new Set([file]);
  const outside = new Set<string>();
  // A Set can grow while it is walked: what is added is walked too.
  for (const each of reached) {
    if (!each.endsWith('.ts')) continue;
    for (const { target, kind } of importsOf(each)) (kind === 'file' ? reached : outside).add(target);
  }
  return [...outside];
}
