import type { Expression, Select, SelectItem } from '../ast.ts';
import { unsupported } from '../errors/errors.ts';
import {
  advance,
  atOperator,
  atWord,
  expectOperator,
  expectWord,
  isName,
  peek,
  syntaxError,
  type TokenCursor,
  takeList,
  takeOperator,
  takeVariable,
  takeWord,
} from '../token-cursor.ts';
import { parseCondition, parseScalar } from './expression.ts';
import { parseTableSource } from './from.ts';

/** One SELECT up to and with HAVING. */
export function parseSelect(cursor: TokenCursor): Select {
  const line = peek(cursor).line;
  expectWord(cursor, 'SELECT');
  const distinct = takeWord(cursor, 'DISTINCT');
  if (!distinct) takeWord(cursor, 'ALL');
  const top = takeWord(cursor, 'TOP') ? parseTop(cursor) : null;
  const items = takeList(cursor, () => parseItem(cursor));
  if (atWord(cursor, 'INTO')) throw unsupported('SELECT INTO', peek(cursor).line);
  const from = takeWord(cursor, 'FROM') ? takeList(cursor, () => parseTableSource(cursor)) : [];
  const where = takeWord(cursor, 'WHERE') ? parseCondition(cursor) : null;
  const groupBy = takeWord(cursor, 'GROUP') ? parseGroupBy(cursor) : [];
  const having = takeWord(cursor, 'HAVING') ? parseCondition(cursor) : null;
  if (atWord(cursor, 'WINDOW')) throw unsupported('WINDOW', peek(cursor).line);
  return { kind: 'select', distinct, top, items, from, where, groupBy, having, line };
}

/** `TOP 5` takes a number only; an expression needs parentheses. */
function parseTop(cursor: TokenCursor): Expression {
  const token = peek(cursor);
  let top: Expression;
  if (takeOperator(cursor, '(')) {
    top = parseScalar(cursor);
    expectOperator(cursor, ')');
  } else if (token.kind === 'number') {
    advance(cursor);
    top = { kind: 'number', text: token.text, line: token.line };
  } else {
    throw syntaxError(cursor);
  }
  if (atWord(cursor, 'PERCENT')) throw unsupported('TOP PERCENT', token.line);
  if (takeWord(cursor, 'WITH')) throw unsupported('TOP WITH TIES', token.line);
  return top;
}

function parseGroupBy(cursor: TokenCursor): readonly Expression[] {
  expectWord(cursor, 'BY');
  if (atWord(cursor, 'ROLLUP', 'CUBE', 'GROUPING', 'ALL')) {
    throw unsupported(`GROUP BY ${peek(cursor).text.toUpperCase()}`, peek(cursor).line);
  }
  const groups = takeList(cursor, () => parseScalar(cursor));
  if (atWord(cursor, 'WITH')) throw unsupported('GROUP BY WITH', peek(cursor).line);
  return groups;
}

function parseItem(cursor: TokenCursor): SelectItem {
  const line = peek(cursor).line;
  if (takeOperator(cursor, '*')) return { kind: 'star', qualifier: [], line };
  return parseQualifiedStar(cursor) ?? parseAssignment(cursor) ?? parseValue(cursor);
}

/** `t.*`, or null with the cursor unmoved. */
function parseQualifiedStar(cursor: TokenCursor): SelectItem | null {
  const line = peek(cursor).line;
  let ahead = 0;
  const qualifier: string[] = [];
  for (;;) {
    const name = peek(cursor, ahead);
    const dot = peek(cursor, ahead + 1);
    if (!isName(name) || dot.kind !== 'operator' || dot.text !== '.') return null;
    qualifier.push(name.text);
    ahead += 2;
    const next = peek(cursor, ahead);
    if (next.kind === 'operator' && next.text === '*') {
      cursor.index += ahead + 1;
      return { kind: 'star', qualifier, line };
    }
  }
}

/** `@v = value` and `alias = value`, or null with the cursor unmoved. */
function parseAssignment(cursor: TokenCursor): SelectItem | null {
  const token = peek(cursor);
  const equals = peek(cursor, 1);
  if (equals.kind !== 'operator' || equals.text !== '=') {
    if (token.kind === 'variable' && /^[-+*/%&|^]=$/.test(equals.text)) throw unsupported(equals.text, token.line);
    return null;
  }
  if (token.kind === 'variable') {
    const variable = takeVariable(cursor);
    advance(cursor);
    return { kind: 'assign', variable, expression: parseScalar(cursor), line: token.line };
  }
  if (!isName(token) && token.kind !== 'string') return null;
  cursor.index += 2;
  return { kind: 'value', expression: parseScalar(cursor), alias: token.text, line: token.line };
}

function parseValue(cursor: TokenCursor): SelectItem {
  const line = peek(cursor).line;
  const expression = parseScalar(cursor);
  return { kind: 'value', expression, alias: parseAlias(cursor, true), line };
}

/** `AS x`, `AS 'x'`, `AS [x]` or without AS; a table's alias can't be a string. */
export function parseAlias(cursor: TokenCursor, stringAllowed: boolean): string | null {
  const required = takeWord(cursor, 'AS');
  const token = peek(cursor);
  const isString = token.kind === 'string' || token.kind === 'national';
  if (isName(token) || (isString && stringAllowed)) return advance(cursor).text;
  if (required || atOperator(cursor, '.')) throw syntaxError(cursor);
  return null;
}
