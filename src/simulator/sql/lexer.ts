import { incorrectSyntaxNear, unclosedComment, unclosedQuote } from './errors/syntax.ts';
import type { Token } from './token.ts';

const blank = /[\s\ufeff]+/uy;
const word = /[\p{L}_#][\p{L}\p{M}\p{Nd}_#$@]*/uy;
const variable = /@[\p{L}\p{M}\p{Nd}_#$@]*/uy;
const binary = /0[xX][0-9a-fA-F]*/y;
const number = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d*)?/y;
const operator = /<>|!=|<=|>=|!<|!>|::|[-+*/%&|^]=|[-+*/%&|^~=<>(),.;:{}?$\\!]/y;

interface Cursor {
  readonly text: string;
  offset: number;
  line: number;
}

/** Splits a batch into tokens, the last one of kind `end`. Throws SqlError 102, 105 or 113. */
export function tokenize(text: string, quotedIdentifiers = true): readonly Token[] {
  const cursor: Cursor = { text, offset: 0, line: 1 };
  const tokens: Token[] = [];
  for (;;) {
    skipBlanks(cursor);
    if (cursor.offset >= text.length) {
      tokens.push({ kind: 'end', text: '', line: cursor.line, start: text.length, end: text.length });
      return tokens;
    }
    tokens.push(nextToken(cursor, quotedIdentifiers));
  }
}

function nextToken(cursor: Cursor, quotedIdentifiers: boolean): Token {
  const next = cursor.text.charAt(cursor.offset);
  if (next === "'") return quoted(cursor, { kind: 'string', close: "'", open: 1 });
  if ((next === 'N' || next === 'n') && cursor.text.charAt(cursor.offset + 1) === "'") {
    return quoted(cursor, { kind: 'national', close: "'", open: 2 });
  }
  if (next === '[') return quoted(cursor, { kind: 'quoted', close: ']', open: 1 });
  if (next === '"') return quoted(cursor, { kind: quotedIdentifiers ? 'quoted' : 'string', close: '"', open: 1 });
  return (
    match(cursor, 'word', word) ??
    match(cursor, 'variable', variable) ??
    match(cursor, 'binary', binary) ??
    match(cursor, 'number', number) ??
    match(cursor, 'operator', operator) ??
    unexpected(cursor)
  );
}

function unexpected(cursor: Cursor): never {
  throw incorrectSyntaxNear(String.fromCodePoint(cursor.text.codePointAt(cursor.offset) ?? 0), cursor.line);
}

function match(cursor: Cursor, kind: Token['kind'], pattern: RegExp): Token | null {
  pattern.lastIndex = cursor.offset;
  const found = pattern.exec(cursor.text);
  if (found === null) return null;
  const start = cursor.offset;
  cursor.offset += found[0].length;
  return { kind, text: found[0], line: cursor.line, start, end: cursor.offset };
}

function quoted(cursor: Cursor, shape: { kind: Token['kind']; close: string; open: number }): Token {
  const start = cursor.offset;
  const line = cursor.line;
  const pieces: string[] = [];
  let from = start + shape.open;
  for (;;) {
    const at = cursor.text.indexOf(shape.close, from);
    if (at < 0) throw unclosedQuote(pieces.join('') + cursor.text.slice(from), line);
    pieces.push(cursor.text.slice(from, at));
    if (cursor.text.charAt(at + 1) !== shape.close) {
      moveTo(cursor, at + 1);
      return { kind: shape.kind, text: pieces.join(''), line, start, end: at + 1 };
    }
    pieces.push(shape.close);
    from = at + 2;
  }
}

function skipBlanks(cursor: Cursor): void {
  for (;;) {
    blank.lastIndex = cursor.offset;
    const found = blank.exec(cursor.text);
    if (found !== null) moveTo(cursor, cursor.offset + found[0].length);
    if (cursor.text.startsWith('--', cursor.offset)) {
      const end = cursor.text.indexOf('\n', cursor.offset);
      moveTo(cursor, end < 0 ? cursor.text.length : end);
    } else if (cursor.text.startsWith('/*', cursor.offset)) {
      skipComment(cursor);
    } else {
      return;
    }
  }
}

/** Block comments nest in Transact-SQL, unlike in most dialects. */
function skipComment(cursor: Cursor): void {
  const marks = /\/\*|\*\//g;
  marks.lastIndex = cursor.offset;
  let depth = 0;
  for (;;) {
    const found = marks.exec(cursor.text);
    if (found === null) throw unclosedComment(cursor.line);
    depth += found[0] === '/*' ? 1 : -1;
    if (depth === 0) {
      moveTo(cursor, marks.lastIndex);
      return;
    }
  }
}

function moveTo(cursor: Cursor, offset: number): void {
  for (let at = cursor.offset; at < offset; at += 1) if (cursor.text.charAt(at) === '\n') cursor.line += 1;
  cursor.offset = offset;
}
