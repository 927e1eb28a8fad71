import type { Condition, Expression } from '../ast.ts';
import { unsupported } from '../errors/errors.ts';
import {
  advance,
  atOperator,
  atWord,
  atWordAhead,
  expectOperator,
  expectWord,
  peek,
  syntaxError,
  type TokenCursor,
  takeList,
  takeOperator,
  takeWord,
} from '../token-cursor.ts';
import { asScalar, parseAdditive, parseScalar } from './expression.ts';
import { parseSubquery } from './query.ts';

const comparisons = ['=', '<>', '!=', '<', '>', '<=', '>=', '!<', '!>'];

/** A comparison, IS NULL, BETWEEN, IN, LIKE or EXISTS; or just the value when none of these follows. */
export function parsePredicate(cursor: TokenCursor): Expression {
  const line = peek(cursor).line;
  if (atWord(cursor, 'EXISTS')) {
    advance(cursor);
    return { kind: 'exists', query: parseSubquery(cursor), line, near: 'EXISTS' };
  }
  if (atWord(cursor, 'CURRENT') && atWordAhead(cursor, 1, 'OF')) throw unsupported('CURRENT OF', line);
  const left = parseAdditive(cursor);
  if (atOperator(cursor, ...comparisons)) return parseComparison(cursor, left);
  if (atWord(cursor, 'IS')) return parseIsNull(cursor, left);
  const negated = atWord(cursor, 'NOT') && atWordAhead(cursor, 1, 'BETWEEN', 'IN', 'LIKE');
  if (negated) advance(cursor);
  const token = peek(cursor);
  const at = { line: token.line, near: token.text, negated };
  if (takeWord(cursor, 'BETWEEN')) return parseBetween(cursor, asScalar(left), at);
  if (takeWord(cursor, 'IN')) return parseIn(cursor, asScalar(left), at);
  if (takeWord(cursor, 'LIKE')) return parseLike(cursor, asScalar(left), at);
  return left;
}

interface Position {
  readonly line: number;
  readonly near: string;
  readonly negated: boolean;
}

function parseComparison(cursor: TokenCursor, left: Expression): Condition {
  const token = advance(cursor);
  if (/^[<>]$/.test(token.text) && atOperator(cursor, token.text)) throw unsupported(token.text.repeat(2), token.line);
  if (atWord(cursor, 'ANY', 'ALL', 'SOME')) throw unsupported(peek(cursor).text.toUpperCase(), token.line);
  const right = parseScalar(cursor);
  const at = { line: token.line, near: token.text };
  return { kind: 'compare', operator: token.text, left: asScalar(left), right, ...at };
}

function parseIsNull(cursor: TokenCursor, left: Expression): Condition {
  const token = advance(cursor);
  const negated = takeWord(cursor, 'NOT');
  if (atWord(cursor, 'DISTINCT')) throw unsupported('IS DISTINCT FROM', token.line);
  if (!takeWord(cursor, 'NULL')) throw syntaxError(cursor);
  return { kind: 'is null', negated, operand: asScalar(left), line: token.line, near: token.text };
}

function parseBetween(cursor: TokenCursor, operand: Expression, at: Position): Condition {
  const low = parseScalar(cursor);
  expectWord(cursor, 'AND');
  return { kind: 'between', operand, low, high: parseScalar(cursor), ...at };
}

function parseIn(cursor: TokenCursor, operand: Expression, at: Position): Condition {
  if (atOperator(cursor, '(') && atWordAhead(cursor, 1, 'SELECT', 'WITH')) {
    return { kind: 'in', operand, list: parseSubquery(cursor), ...at };
  }
  expectOperator(cursor, '(');
  const list = takeList(cursor, () => parseScalar(cursor));
  expectOperator(cursor, ')');
  return { kind: 'in', operand, list, ...at };
}

function parseLike(cursor: TokenCursor, operand: Expression, at: Position): Condition {
  const pattern = parseScalar(cursor);
  if (takeOperator(cursor, '{')) throw unsupported('{escape}', at.line);
  const mark = takeWord(cursor, 'ESCAPE') ? parseScalar(cursor) : null;
  return { kind: 'like', operand, pattern, escape: mark, ...at };
}
