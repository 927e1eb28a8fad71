import { ColumnError, type ColumnType } from './column.ts';

/** What was wrong with a value that a server sent. */
export type Oddity = 'too_long' | 'not_unicode' | 'impossible_date';

/** Hears of each value that was not taken as it came. */
export type Tell = (column: string, oddity: Oddity) => void;

/** `sysname` is nvarchar(128), and every `_desc` is shorter. */
export const defaultLength = 128;

/** `datetime` begins in 1753, and SQL Server's own zero is 1900; nothing ends later than the year 9999. */
const dates = { least: Date.UTC(1900, 0, 1), most: Date.UTC(9999, 11, 31, 23, 59, 59, 999) } as const;

export interface Entrance {
  readonly view: string;
  readonly columns: Readonly<Record<string, ColumnType>>;
  /** The longest text of each column that may be longer than a name, in UTF-16 units, as its type declares it. */
  readonly lengths: Readonly<Record<string, number>>;
  readonly tell: Tell;
}

/**
 * A row whose types were checked, with each text well-formed and as long as its column allows, and NULL for each date
 * that is none. What is behind this - labels, pages, addresses, logs, alerts - is bounded by it.
 * Throws ColumnError for such a date where NULL is none of the column's values.
 */
export function enter(
  record: Readonly<Record<string, unknown>>,
  { view, columns, lengths, tell }: Entrance,
): Record<string, unknown> {
  const entered: Record<string, unknown> = { ...record };
  for (const [name, type] of Object.entries(columns)) {
    const value = record[name];
    if (typeof value === 'string') {
      entered[name] = boundedText(value, lengths[name] ?? defaultLength, (oddity) => tell(name, oddity));
    } else if (value instanceof Uint8Array && value.length > (lengths[name] ?? defaultLength)) {
      // Half a thumbprint is none.
      if (!type.endsWith(' null')) throw new ColumnError(`${view}.${name} is longer than it may be`);
      tell(name, 'too_long');
      entered[name] = null;
    } else if (value instanceof Date && !isPossible(value)) {
      if (!type.endsWith(' null')) throw new ColumnError(`${view}.${name} is a date that no calendar holds`);
      tell(name, 'impossible_date');
      entered[name] = null;
    }
  }
  return entered;
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

const words: Readonly<Record<Oddity, string>> = {
  too_long: 'longer than the column may be, and cut or, if it is no text, taken for NULL',
  not_unicode: 'with half a character, which became U+FFFD',
  impossible_date: 'a date that no calendar holds, and taken for NULL',
};

/** Gathers what is told of one reading of a view, in words: each column once for each kind, however many rows. */
export function gatherOddities(): { readonly tell: Tell; readonly told: () => readonly string[] } {
  const texts = new Set<string>();
  return {
    tell: (column, oddity) => texts.add(`${column}: ${words[oddity]}`),
    told: () => [...texts].toSorted(),
  };
}
