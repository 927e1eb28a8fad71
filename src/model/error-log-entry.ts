import { isLoggedForLink } from './errors/ranges.ts';

// SQL Server writes `Error: 35207, Severity: 16, State: 1.` as an entry of its own before the text of the error. The words
// are in the language of the server, as are the marks: `Erreur : 18456, Gravité : 14, État : 38.`,
// `錯誤: 18456，嚴重性: 14，狀態: 8。`. A line of the file itself has the time and the source in front; sp_readerrorlog has not.
//
// Linear by construction: it is anchored to the start of a line, each repetition is bounded, and what follows a repetition
// is never one of the characters that it repeats.
const blank = '[^\\S\\r\\n\\u2028\\u2029]';
const prefix = `(?:\\d{4}-\\d{2}-\\d{2}${blank}\\d{2}:\\d{2}:\\d{2}\\.\\d{1,7}${blank}{1,8}\\S{1,40}${blank}{1,20})?`;
const word = '\\p{L}[\\p{L}\\p{M}\\p{Zs}]{0,39}';
const colon = `[:：]${blank}{0,4}`;
const comma = `${blank}{0,4}[,，、]${blank}{0,4}`;
const header = new RegExp(
  `^${blank}{0,8}${prefix}${word}${colon}([1-9]\\d{0,8})${comma}${word}${colon}\\d{1,2}${comma}${word}${colon}\\d{1,5}(?!\\d)`,
  'gmu',
);

/**
 * The error numbers in a text of SQL Server's error log, in any language, one for each entry, in their order and with
 * repetitions: those of the catalogue, unless they are as often about something else, and those of the link's own range. Never throws, and takes time in
 * proportion to the text. Messages of severity 10 have no such entry: see `numbersLoggedAsText`.
 */
export function linkErrorNumbers(text: string): readonly number[] {
  return Array.from(text.matchAll(header), (match) => Number(match[1])).filter(isLoggedForLink);
}

/** A message of sys.messages, cut at its placeholders, to be found again in the error log. */
export interface MessagePattern {
  readonly number: number;
  /** The literal texts in their order; the first one or the last one is empty where a placeholder stands there. */
  readonly pieces: readonly string[];
}

/**
 * Numbers that SQL Server logs as text only, without an entry that says the number: their severity is 10. To count them,
 * read their texts from sys.messages (in every language, so that the language of the server does not matter).
 */
export const numbersLoggedAsText: readonly number[] = [
  1480, 28045, 28047, 28048, 35201, 35202, 35204, 35206, 35264, 35267,
];

/** Shorter messages would be found in the texts of others. */
const minimumLiteralCharacters = 15;

/** `%d`, `%.*ls`, `%I64d`, `%08X`, `%S_MSG` as in English, `%1!` as in translated messages. */
const placeholder = /%(?:\d{1,2}!|S_[A-Z]{2,4}|[-+#0]?[\d.*]{0,6}(?:I64|hs|h|l|w)?[A-Za-z])/u;

/** Makes a pattern of sys.messages.text; null for a text with too few words of its own to be told from others. */
export function messagePattern(number: number, text: string): MessagePattern | null {
  const pieces = text.split(new RegExp(placeholder, 'gu'));
  return pieces.join('').trim().length < minimumLiteralCharacters ? null : { number, pieces };
}

/** The numbers of the messages that an entry of the error log is the text of, each once. */
export function loggedMessageNumbers(patterns: readonly MessagePattern[], entry: string): readonly number[] {
  return [...new Set(patterns.filter(({ pieces }) => matches(pieces, entry)).map(({ number }) => number))];
}

function matches(pieces: readonly string[], entry: string): boolean {
  const [first = ''] = pieces;
  const last = pieces.at(-1) ?? '';
  if (!entry.startsWith(first) || !entry.trimEnd().endsWith(last.trimEnd())) {
    return false;
  }
  let position = first.length;
  for (const piece of pieces.slice(1)) {
    const found = entry.indexOf(piece.trimEnd(), position);
    if (found < 0) {
      return false;
    }
    position = found + piece.trimEnd().length;
  }
  return true;
}
