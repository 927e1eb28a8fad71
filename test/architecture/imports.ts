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

/** Files that reach each other by their imports, each circle once, sorted (Tarjan's strongly connected components). */
export function circlesOf(imports: readonly Import[]): readonly (readonly string[])[] {
  const targets = Map.groupBy(
    imports.filter(({ kind }) => kind === 'file'),
    ({ file }) => file,
  );
  const [numbers, lowest] = [new Map<string, number>(), new Map<string, number>()];
  const path: string[] = [];
  const circles: string[][] = [];
  const visit = (file: string): number => {
    const own = numbers.size;
    numbers.set(file, own);
    lowest.set(file, own);
    path.push(file);
    for (const { target } of targets.get(file) ?? []) {
      if (!numbers.has(target)) lowest.set(file, Math.min(lowest.get(file) ?? own, visit(target)));
      else if (path.includes(target)) lowest.set(file, Math.min(lowest.get(file) ?? own, numbers.get(target) ?? own));
    }
    const low = lowest.get(file) ?? own;
    if (low === own) {
      const circle = path.splice(path.indexOf(file));
      if (circle.length > 1) circles.push(circle.sort());
    }
    return low;
  };
  for (const file of targets.keys()) if (!numbers.has(file)) visit(file);
  return circles;
}
