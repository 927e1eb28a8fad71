import type { CommonTable, OrderItem, Query, QueryBody } from '../ast.ts';
import { unsupported } from '../errors/errors.ts';
import { nestedTooDeeply } from '../errors/syntax.ts';
import {
  advance,
  atOperator,
  atWord,
  expectOperator,
  expectWord,
  nested,
  peek,
  syntaxError,
  type TokenCursor,
  takeList,
  takeName,
  takeOperator,
  takeWord,
} from '../token-cursor.ts';
import { parseScalar } from './expression.ts';
import { parseSelect } from './select.ts';

const unionLimit = 200;

/** A query in parentheses, inside another one. */
export function parseSubquery(cursor: TokenCursor): Query {
  expectOperator(cursor, '(');
  const query = nested(cursor, () => parseQuery(cursor));
  expectOperator(cursor, ')');
  return query;
}

/** `[WITH ...] SELECT ... [UNION ...] [ORDER BY ...] [OPTION (...)]`. */
export function parseQuery(cursor: TokenCursor): Query {
  const line = peek(cursor).line;
  const commonTables = takeWord(cursor, 'WITH') ? takeList(cursor, () => parseCommonTable(cursor)) : [];
  const body = parseBody(cursor);
  const orderBy = takeWord(cursor, 'ORDER') ? parseOrderBy(cursor) : [];
  const paging = orderBy.length > 0 ? parsePaging(cursor) : { offset: null, fetch: null };
  if (atWord(cursor, 'FOR')) throw unsupported('FOR', peek(cursor).line);
  if (takeWord(cursor, 'OPTION')) skipParentheses(cursor);
  return { kind: 'query', commonTables, body, orderBy, ...paging, line };
}

function parseCommonTable(cursor: TokenCursor): CommonTable {
  const line = peek(cursor).line;
  if (atWord(cursor, 'XMLNAMESPACES', 'CHANGE_TRACKING_CONTEXT')) throw unsupported(`WITH ${peek(cursor).text}`, line);
  const name = takeName(cursor);
  const columns = parseColumnNames(cursor);
  expectWord(cursor, 'AS');
  return { name, columns, query: parseSubquery(cursor), line };
}

/** `(a, b)` after a derived table or a common table expression; empty when there is none. */
export function parseColumnNames(cursor: TokenCursor): readonly string[] {
  if (!takeOperator(cursor, '(')) return [];
  const names = takeList(cursor, () => takeName(cursor));
  expectOperator(cursor, ')');
  return names;
}

/** UNION and EXCEPT from left to right; INTERSECT binds more strongly. */
function parseBody(cursor: TokenCursor): QueryBody {
  let left = parseIntersect(cursor);
  for (let count = 0; atWord(cursor, 'UNION', 'EXCEPT'); count += 1) {
    if (count > unionLimit) throw nestedTooDeeply(peek(cursor).line);
    const token = advance(cursor);
    const except = token.text.toUpperCase() === 'EXCEPT';
    const all = !except && takeWord(cursor, 'ALL');
    const right = parseIntersect(cursor);
    left = { kind: 'set', operator: except ? 'EXCEPT' : all ? 'UNION ALL' : 'UNION', left, right, line: token.line };
  }
  return left;
}

function parseIntersect(cursor: TokenCursor): QueryBody {
  let left = parseBodyTerm(cursor);
  for (let count = 0; atWord(cursor, 'INTERSECT'); count += 1) {
    if (count > unionLimit) throw nestedTooDeeply(peek(cursor).line);
    const token = advance(cursor);
    left = { kind: 'set', operator: 'INTERSECT', left, right: parseBodyTerm(cursor), line: token.line };
  }
  return left;
}

function parseBodyTerm(cursor: TokenCursor): QueryBody {
  const line = peek(cursor).line;
  if (atWord(cursor, 'SELECT')) return parseSelect(cursor);
  if (atOperator(cursor, '(')) return { kind: 'nested', query: parseSubquery(cursor), line };
  throw syntaxError(cursor);
}

/** What follows the word ORDER. */
export function parseOrderBy(cursor: TokenCursor): readonly OrderItem[] {
  expectWord(cursor, 'BY');
  return takeList(cursor, () => {
    const expression = parseScalar(cursor);
    const descending = takeWord(cursor, 'DESC');
    if (!descending) takeWord(cursor, 'ASC');
    return { expression, descending };
  });
}

function parsePaging(cursor: TokenCursor): Pick<Query, 'offset' | 'fetch'> {
  if (!atWord(cursor, 'OFFSET')) return { offset: null, fetch: null };
  advance(cursor);
  const offset = parseScalar(cursor);
  if (!takeWord(cursor, 'ROW', 'ROWS')) throw syntaxError(cursor);
  if (!takeWord(cursor, 'FETCH')) return { offset, fetch: null };
  if (!takeWord(cursor, 'FIRST', 'NEXT')) throw syntaxError(cursor);
  const fetch = parseScalar(cursor);
  if (!takeWord(cursor, 'ROW', 'ROWS')) throw syntaxError(cursor);
  expectWord(cursor, 'ONLY');
  return { offset, fetch };
}

/** Hints change how a query runs, not what it gives: read to the closing parenthesis. */
export function skipParentheses(cursor: TokenCursor): void {
  expectOperator(cursor, '(');
  for (let depth = 1; depth > 0; ) {
    if (peek(cursor).kind === 'end') throw syntaxError(cursor);
    const token = advance(cursor);
    if (token.kind === 'operator' && token.text === '(') depth += 1;
    if (token.kind === 'operator' && token.text === ')') depth -= 1;
  }
}
