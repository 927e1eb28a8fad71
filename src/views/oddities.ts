import type { Oddity, Tell } from './entry.ts';

/** A column of which something was not taken as the server sent it. */
export interface ToldOddities {
  /** In words that name the column, each column once for each kind, however many rows. */
  readonly words: readonly string[];
  /** The columns of which something could not be read at all: what they feed is absent. */
  readonly unreadable: readonly string[];
}

/** As the documents name them. */
const sqlNames: ReadonlyMap<string, string> = new Map([
  ['utc datetime', 'datetime'],
  ['lsn', 'a log sequence number'],
]);

const costly: ReadonlySet<Oddity> = new Set(['missing', 'null', 'other_type']);

/** Gathers what is told of one reading of a view. */
export function gatherOddities(): { readonly tell: Tell; readonly told: () => ToldOddities } {
  const kinds = new Map<string, Set<Oddity>>();
  const words: string[] = [];
  const unreadable = new Set<string>();
  const tell: Tell = (column, oddity, came = 'a value') => {
    const seen = kinds.get(column.name);
    if (seen?.has(oddity)) return;
    if (seen === undefined) kinds.set(column.name, new Set([oddity]));
    else seen.add(oddity);
    if (costly.has(oddity)) unreadable.add(column.name);
    words.push(`${column.name}: ${wordsOf(oddity, sqlNames.get(column.type) ?? column.type, came)}`);
  };
  return { tell, told: () => ({ words: words.toSorted(), unreadable: [...unreadable].toSorted() }) };
}

function wordsOf(oddity: Oddity, type: string, came: string): string {
  switch (oddity) {
    case 'too_long':
      return 'longer than the column may be, and cut or, if it is no text, taken for NULL';
    case 'not_unicode':
      return 'with half a character, which became U+FFFD';
    case 'impossible_date':
      return 'a date that no calendar holds, and taken for NULL';
    case 'missing':
      return 'the server does not have this column, and what is made from it is absent';
    case 'null':
      return `NULL, where ${type} that is never NULL was expected: the row is left out`;
    case 'other_type':
      return `${came}, where ${type} was expected: not read, and what is made from it is absent`;
    case 'coerced':
      return `${came}, where ${type} was expected: read all the same`;
    case 'told_otherwise':
      return `not known, and taken from ${came} instead`;
  }
}
