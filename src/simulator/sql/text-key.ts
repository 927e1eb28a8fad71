import { withoutTrailing } from '../without-trailing.ts';

/** Punctuation sorts before digits and digits before letters in SQL Server's collations; ASCII mixes them. */
const afterDigits = /[/:-@[-`{-~]/g;

/**
 * Text as SQLite compares it for a case-insensitive collation: equal keys for equal text, trailing blanks ignored.
 * Accents count. The order is that of code points apart from punctuation, close to SQL_Latin1_General_CP1_CI_AS.
 */
export function textKey(text: string): string {
  const folded = withoutTrailing(text.toLowerCase(), ' ');
  // A slash is right below the digits: it carries what ASCII has above them, itself included, and stays unambiguous.
  return folded.replace(afterDigits, (mark) => (mark === '/' ? '/ ' : `/${mark}`));
}
