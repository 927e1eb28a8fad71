import type { SqlError } from './errors/errors.ts';
import { incorrectSyntax, nestedTooDeeply } from './errors/syntax.ts';
import { isReserved } from './reserved-words.ts';
import type { Token } from './token.ts';

/** Where the parser stands in a batch's tokens. */
export interface TokenCursor {
  readonly tokens: readonly Token[];
  index: number;
  depth: number;
}

/** Levels of parentheses, subqueries and blocks that a batch may nest before error 191. */
const depthLimit = 64;

const nowhere: Token = { kind: 'end', text: '', line: 1, start: 0, end: 0 };

export function peek(cursor: TokenCursor, ahead = 0): Token {
  return cursor.tokens[Math.min(cursor.index + ahead, cursor.tokens.length - 1)] ?? nowhere;
}

export function advance(cursor: TokenCursor): Token {
  const token = peek(cursor);
  if (token.kind !== 'end') cursor.index += 1;
  return token;
}

/** The syntax error at the cursor; at the end of the text it names the last token, as a real server does. */
export function syntaxError(cursor: TokenCursor): SqlError {
  const token = peek(cursor);
  if (token.kind !== 'end') return incorrectSyntax(token);
  return incorrectSyntax(cursor.tokens[cursor.tokens.length - 2] ?? token, true);
}

/** Whether the token at the cursor is one of these keywords (upper case). */
export function atWord(cursor: TokenCursor, ...words: readonly string[]): boolean {
  const token = peek(cursor);
  return token.kind === 'word' && words.includes(token.text.toUpperCase());
}

export function atWordAhead(cursor: TokenCursor, ahead: number, ...words: readonly string[]): boolean {
  const token = peek(cursor, ahead);
  return token.kind === 'word' && words.includes(token.text.toUpperCase());
}

export function takeWord(cursor: TokenCursor, ...words: readonly string[]): boolean {
  if (!atWord(cursor, ...words)) return false;
  cursor.index += 1;
  return true;
}

export function expectWord(cursor: TokenCursor, ...words: readonly string[]): void {
  for (const word of words) {
    if (!takeWord(cursor, word)) throw syntaxError(cursor);
  }
}

export function atOperator(cursor: TokenCursor, ...texts: readonly string[]): boolean {
  const token = peek(cursor);
  return token.kind === 'operator' && texts.includes(token.text);
}

export function takeOperator(cursor: TokenCursor, text: string): boolean {
  if (!atOperator(cursor, text)) return false;
  cursor.index += 1;
  return true;
}

export function expectOperator(cursor: TokenCursor, text: string): void {
  if (!takeOperator(cursor, text)) throw syntaxError(cursor);
}

/** Whether the token can be a name: in brackets or quotes, or a word that is not reserved. */
export function isName(token: Token): boolean {
  return token.kind === 'quoted' || (token.kind === 'word' && !isReserved(token.text));
}

export function takeName(cursor: TokenCursor): string {
  if (!isName(peek(cursor))) throw syntaxError(cursor);
  return advance(cursor).text;
}

/** A name of up to four parts; an omitted one, as in `master..x`, is an empty string. */
export function takeQualifiedName(cursor: TokenCursor): readonly string[] {
  const parts = [takeName(cursor)];
  while (takeOperator(cursor, '.')) {
    parts.push(atOperator(cursor, '.') ? '' : takeName(cursor));
  }
  return parts;
}

export function takeVariable(cursor: TokenCursor): string {
  if (peek(cursor).kind !== 'variable') throw syntaxError(cursor);
  return advance(cursor).text;
}

/** Items separated by commas, at least one. */
export function takeList<T>(cursor: TokenCursor, item: () => T): readonly T[] {
  const items = [item()];
  while (takeOperator(cursor, ',')) items.push(item());
  return items;
}

/** Runs one level deeper; error 191 beyond the limit, so that no input exhausts the stack. */
export function nested<T>(cursor: TokenCursor, parse: () => T): T {
  if (cursor.depth >= depthLimit) throw nestedTooDeeply(peek(cursor).line);
  cursor.depth += 1;
  try {
    return parse();
  } finally {
    cursor.depth -= 1;
  }
}

/** Whether a name that needs no quotes, or has them, stands here. */
export function isPlainName(cursor: TokenCursor): boolean {
  const index = cursor.index;
  try {
    takeName(cursor);
    return true;
  } catch {
    return false;
  } finally {
    cursor.index = index;
  }
}
