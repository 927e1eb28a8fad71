import { importsOf, sourceFiles } from '../architecture/imports.ts';

/**
 * Test files that reach a source file, those of its own room first, then the nearest: `distance` counts the imports between
 * both.
 */
export interface Covering {
  readonly test: string;
  readonly distance: number;
}

/**
 * Answers which tests reach a source file by imports. Tests that start the program as a process of its own are not among
 * them: those folders are left out by the caller.
 *
 * @param folders of tests, for example `test/link`
 */
export function coveringTests(folders: readonly string[]): (file: string) => readonly Covering[] {
  const tests = folders.flatMap((folder) => sourceFiles(folder)).filter((name) => name.endsWith('.test.ts'));
  const importers = new Map<string, string[]>();
  for (const file of ['src', 'test'].flatMap((folder) => sourceFiles(folder))) {
    for (const { target, kind } of importsOf(file)) {
      if (kind === 'file') importers.set(target, [...(importers.get(target) ?? []), file]);
    }
  }
  const wanted = new Set(tests);
  return (file) => {
    const distances = distancesFrom(file, importers);
    return [...distances]
      .flatMap(([test, distance]) => (wanted.has(test) ? [{ test, distance }] : []))
      .sort((one, other) => away(one, file) - away(other, file) || one.distance - other.distance);
  };
}

/** 0 in the folder of tests that has the name of the source's room, else 1. */
function away({ test }: Covering, file: string): 0 | 1 {
  return test.split('/')[1] === file.split('/')[1] ? 0 : 1;
}

function distancesFrom(file: string, importers: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, number> {
  const distances = new Map([[file, 0]]);
  // A Map can grow while it is walked: what is added is walked too, in the order of its distance.
  for (const [reached, distance] of distances) {
    for (const importer of importers.get(reached) ?? []) {
      if (!distances.has(importer)) distances.set(importer, distance + 1);
    }
  }
  return distances;
}
