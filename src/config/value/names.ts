import { nameSchema } from '../schema.ts';
import { itemsOf, type Mapping, readMapping } from './mapping.ts';
import type { Report } from './problem.ts';
import { show } from './wording.ts';

export interface NamedItem {
  readonly name: string;
  readonly path: string;
  readonly line: number;
}

/** The names in a list; those that are no names, and repeated ones, are reported and left out. */
export function readNames<T>(mapping: Mapping<T>, key: keyof T & string, report: Report): NamedItem[] {
  const names = new Map<string, NamedItem>();
  for (const { path, line, node } of itemsOf(mapping, key)) {
    const item = { kind: 'mapping', line, entries: [{ key: 'name', line, value: node }] } as const;
    // The name has no key in the file: its path ends with its index.
    const { name } = readMapping(nameSchema, { path, line, node: item }, (_path, ...rest) =>
      report(path, ...rest),
    ).values;
    if (name === null) continue;
    if (names.has(name)) report(path, line, `${show(name)} is listed twice`);
    names.set(name, names.get(name) ?? { name, path, line });
  }
  return [...names.values()];
}
