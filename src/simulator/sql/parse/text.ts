import type { Declaration, Statement } from '../ast.ts';
import { tokenize } from '../lexer.ts';
import type { Token } from '../token.ts';
import { peek, syntaxError, takeList, takeWord } from '../token-cursor.ts';
import { parseBatch, parseDeclaration } from './statement.ts';

/**
 * Reads a batch. `GO` alone on a line is a client's word, not the server's; scripts pasted whole are split there all
 * the same, so that variables end where the script says. Throws the first lexical or syntax error.
 */
export function parseText(text: string, quotedIdentifiers: boolean): readonly (readonly Statement[])[] {
  const tokens = tokenize(text, quotedIdentifiers);
  return split(tokens, text).map((part) => parseBatch({ tokens: part, index: 0, depth: 0 }));
}

function split(tokens: readonly Token[], text: string): readonly (readonly Token[])[] {
  const parts: Token[][] = [[]];
  for (const token of tokens) {
    if (isSeparator(token, text)) {
      parts.at(-1)?.push({ ...token, kind: 'end', text: '' });
      parts.push([]);
    } else {
      parts.at(-1)?.push(token);
    }
  }
  return parts;
}

function isSeparator(token: Token, text: string): boolean {
  if (token.kind !== 'word' || token.text.toUpperCase() !== 'GO') return false;
  const lineStart = text.lastIndexOf('\n', token.start - 1) + 1;
  const lineEnd = text.indexOf('\n', token.end);
  return text.slice(lineStart, lineEnd < 0 ? text.length : lineEnd).trim().length === token.text.length;
}

/** sp_executesql's parameter list: `@a int, @b nvarchar(10) = NULL`. Throws the first syntax error. */
export function parseDeclarations(text: string): readonly Declaration[] {
  const cursor = { tokens: tokenize(text), index: 0, depth: 0 };
  const declarations = takeList(cursor, () => {
    const declaration = parseDeclaration(cursor);
    takeWord(cursor, 'OUTPUT', 'OUT');
    return declaration;
  });
  if (peek(cursor).kind !== 'end') throw syntaxError(cursor);
  return declarations;
}
