import type { Schema } from '../value/item.ts';
import { itemsOf, type Located, type Mapping, readMapping } from '../value/mapping.ts';
import type { Report } from '../value/problem.ts';
import { checkListed } from './formats.ts';

/** Reads a mapping as the toolkit does: a known key without a value, or with an empty text, is one that is absent. */
export function readSection<T>(schema: Schema<T>, at: Located, report: Report): Mapping<T> {
  const { node } = at;
  if (node.kind !== 'mapping') return readMapping(schema, at, report);
  const entries = node.entries.filter(
    ({ key, value }) =>
      key === null ||
      !Object.hasOwn(schema, key) ||
      value.kind !== 'scalar' ||
      (value.value !== null && value.value !== ''),
  );
  return readMapping(schema, { ...at, node: { ...node, entries } }, report);
}

/** The place of a section that is absent: an empty mapping there gives the defaults. */
export function absent(path: string): Located {
  return { path, line: 1, node: { kind: 'mapping', line: 1, entries: [] } };
}

/** The texts of a list, each one of `allowed` unless that is null; the others are reported and left out. */
export function readTexts<T>(
  mapping: Mapping<T>,
  key: keyof T & string,
  {
    report,
    allowed,
    kind,
  }: { readonly report: Report; readonly allowed: readonly string[] | null; readonly kind: string },
): string[] {
  return itemsOf(mapping, key).flatMap(({ path, line, node }) => {
    const value = node.kind === 'scalar' ? node.value : node.kind;
    if (typeof value === 'string' && (allowed === null ? value !== '' : allowed.includes(value))) return [value];
    report(path, line, allowed === null ? `this is not ${kind}: put it in quotes` : refusalOf(value, allowed, kind));
    return [];
  });
}

function refusalOf(value: unknown, allowed: readonly string[], kind: string): string {
  try {
    checkListed(value, allowed, kind);
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
