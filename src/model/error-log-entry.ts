import { isLoggedForLink } from './errors/link-range.ts';

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
 * proportion to the text. Messages of severity 10 have no such entry: see error-log-message.ts.
 */
export function linkErrorNumbers(text: string): readonly number[] {
  return Array.from(text.matchAll(header), (match) => Number(match[1])).filter(isLoggedForLink);
}
