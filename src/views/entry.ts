import { type PlannedColumn, unreadable } from './column.ts';

/** What was wrong with a value that a server sent. */
type Oddity =
  | 'too_long'
  | 'not_unicode'
  | 'impossible_date'
  | 'missing'
  | 'null'
  | 'other_type'
  | 'coerced'
  | 'told_otherwise';

/** Hears of each value that was not taken as it came; `came` is what it was, as `a text`, or the column that tells it instead. */
export type Tell = (column: Pick<PlannedColumn, 'name' | 'type'>, oddity: Oddity, came?: string) => void;

/** `sysname` is nvarchar(128), and every `_desc` is shorter. */
export const defaultLength = 128;

/** `datetime` begins in 1753, and SQL Server's own zero is 1900; nothing ends later than the year 9999. */
const dates = { least: Date.UTC(1900, 0, 1), most: Date.UTC(9999, 11, 31, 23, 59, 59, 999) } as const;

interface Entrance {
  readonly columns: readonly PlannedColumn[];
  /** The longest text of each column that may be longer than a name, in UTF-16 units, as its type declares it. */
  readonly lengths: Readonly<Record<string, number>>;
  /** Null: not known. */
  readonly localOffsetSeconds: number | null;
  readonly tell: Tell;
}

/**
 * A row as its columns promise it: each value coerced where that can't be wrong, each text well-formed and as long as its
 * column allows, and NULL for what can't be read, which is told and costs nothing but itself. What is behind this -
 * labels, pages, addresses, logs, alerts - is bounded by it. Null for a row without what tells it from others.
 */
export function enter(
  record: Readonly<Record<string, unknown>>,
  { columns, lengths, localOffsetSeconds, tell }: Entrance,
): Record<string, unknown> | null {
  const entered: Record<string, unknown> = {};
  let isWhole = true;
  for (const column of columns) {
    const value = taken(record[column.sentAs ?? column.name], column, { lengths, localOffsetSeconds, tell });
    if (value === null && !column.isNullable) isWhole = false;
    entered[column.name] = value;
  }
  return isWhole ? entered : null;
}

function taken(came: unknown, column: PlannedColumn, entrance: Omit<Entrance, 'columns'>): unknown {
  const { lengths, localOffsetSeconds, tell } = entrance;
  if (came === undefined || came === null) {
    if (came === undefined) tell(column, 'missing');
    else if (!column.isNullable) tell(column, 'null');
    return null;
  }
  const value = column.read(came, localOffsetSeconds);
  if (value === unreadable) {
    tell(column, 'other_type', kindOf(came));
    return null;
  }
  if (value !== came && column.type !== 'lsn') tell(column, 'coerced', kindOf(came));
  if (typeof value === 'string') {
    return boundedText(value, lengths[column.name] ?? defaultLength, (oddity) => tell(column, oddity));
  }
  if (value instanceof Uint8Array && value.length > (lengths[column.name] ?? defaultLength)) {
    // Half a thumbprint is none.
    tell(column, 'too_long');
    return null;
  }
  if (value instanceof Date && !isPossible(value)) {
    tell(column, 'impossible_date');
    return null;
  }
  return value;
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'several values';
  if (typeof value === 'string') return 'a text';
  if (value instanceof Date) return 'a date';
  if (value instanceof Uint8Array) return 'bytes';
  return typeof value === 'boolean'
    ? 'a bit'
    : typeof value === 'object'
      ? 'a value of no known type'
      : `a ${typeof value}`;
}

function isPossible(date: Date): boolean {
  const milliseconds = date.getTime();
  return milliseconds >= dates.least && milliseconds <= dates.most;
}

/** Eight digits and the mark. */
const markLength = 9;

/**
 * A text as it may enter: half a character becomes U+FFFD, and what is longer than `length` is cut, with a mark: `…` and
 * digits of the whole, so that two texts that differ only behind the cut stay two.
 */
export function boundedText(text: string, length: number, tell: (oddity: Oddity) => void): string {
  if (text.length > length) {
    tell('too_long');
    return `${text.slice(0, length - markLength).toWellFormed()}…${digits(text)}`;
  }
  if (text.isWellFormed()) return text;
  tell('not_unicode');
  return text.toWellFormed();
}

/** FNV-1a with 32 bits: it tells texts apart, and guards nothing. */
function digits(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, '0');
}

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
