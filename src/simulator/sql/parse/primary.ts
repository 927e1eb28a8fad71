import type { CaseExpression, Expression, Scalar, Window } from '../ast.ts';
import { unsupported } from '../errors/errors.ts';
import { isKnownFunction } from '../known-names.ts';
import {
  advance,
  atOperator,
  atWord,
  atWordAhead,
  expectOperator,
  expectWord,
  isName,
  nested,
  peek,
  syntaxError,
  type TokenCursor,
  takeList,
  takeOperator,
  takeQualifiedName,
  takeWord,
} from '../token-cursor.ts';
import { parseCondition, parseEither, parseScalar } from './expression.ts';
import { parseOrderBy, parseSubquery } from './query.ts';
import { parseType } from './type.ts';

/** Functions whose names are reserved words, and those that need no parentheses. */
const reservedFunctions = ['COALESCE', 'LEFT', 'RIGHT', 'NULLIF'];
const niladicFunctions = ['CURRENT_TIMESTAMP', 'CURRENT_USER', 'SESSION_USER', 'SYSTEM_USER', 'USER'];
const tableFunctions = ['OPENQUERY', 'OPENROWSET', 'OPENXML', 'OPENDATASOURCE', 'CONTAINS', 'FREETEXT'];

/** A literal, variable, name, call, CASE, CAST or something in parentheses, with any COLLATE after it. */
export function parsePrimary(cursor: TokenCursor): Expression {
  const operand = parseOperand(cursor);
  if (atWord(cursor, 'AT') && atWordAhead(cursor, 1, 'TIME')) throw unsupported('AT TIME ZONE', peek(cursor).line);
  if (atOperator(cursor, '::')) throw unsupported('::', peek(cursor).line);
  while (takeWord(cursor, 'COLLATE')) {
    const token = advance(cursor);
    if (!/_CI_|^database_default$/i.test(token.text)) throw unsupported(`COLLATE ${token.text}`, token.line);
  }
  return operand;
}

function parseOperand(cursor: TokenCursor): Expression {
  const token = peek(cursor);
  const line = token.line;
  switch (token.kind) {
    case 'string':
    case 'national':
      advance(cursor);
      return { kind: 'string', value: token.text, national: token.kind === 'national', line };
    case 'number':
      advance(cursor);
      return { kind: 'number', text: token.text, line };
    case 'binary':
      advance(cursor);
      return { kind: 'binary', hex: token.text.slice(2), line };
    case 'variable':
      advance(cursor);
      return { kind: 'variable', name: token.text, line };
    case 'operator':
      return parseParentheses(cursor);
    default:
      return parseNamed(cursor);
  }
}

function parseParentheses(cursor: TokenCursor): Expression {
  const line = peek(cursor).line;
  if (!atOperator(cursor, '(')) {
    if (atOperator(cursor, '$', '{')) throw unsupported(peek(cursor).text, line);
    throw syntaxError(cursor);
  }
  if (atWordAhead(cursor, 1, 'SELECT', 'WITH')) return { kind: 'subquery', query: parseSubquery(cursor), line };
  advance(cursor);
  const inner = nested(cursor, () => parseEither(cursor));
  expectOperator(cursor, ')');
  return inner;
}

function parseNamed(cursor: TokenCursor): Scalar {
  const token = peek(cursor);
  const line = token.line;
  if (takeWord(cursor, 'NULL')) return { kind: 'null', line };
  if (takeWord(cursor, 'CASE')) return nested(cursor, () => parseCase(cursor, line));
  if (takeWord(cursor, ...niladicFunctions)) {
    return {
      kind: 'call',
      name: token.text.toUpperCase(),
      written: token.text,
      args: [],
      star: false,
      distinct: false,
      over: null,
      line,
    };
  }
  if (atWord(cursor, ...tableFunctions)) throw unsupported(token.text.toUpperCase(), line);
  if (atWord(cursor, 'NEXT') && atWordAhead(cursor, 1, 'VALUE')) throw unsupported('NEXT VALUE FOR', line);
  const called = peek(cursor, 1);
  if (token.kind === 'word' && called.kind === 'operator' && called.text === '(') {
    return nested(cursor, () => parseCall(cursor));
  }
  if (!isName(token)) throw syntaxError(cursor);
  const parts = takeQualifiedName(cursor);
  if (parts.length > 1 && atOperator(cursor, '(')) throw unsupported(parts.join('.'), line);
  return { kind: 'column', parts, line };
}

function parseCall(cursor: TokenCursor): Scalar {
  const token = peek(cursor);
  const name = token.text.toUpperCase();
  if (takeWord(cursor, 'CAST', 'TRY_CAST')) return parseCast(cursor, { attempt: name !== 'CAST', line: token.line });
  if (takeWord(cursor, 'CONVERT', 'TRY_CONVERT')) {
    return parseConvert(cursor, { attempt: name !== 'CONVERT', line: token.line });
  }
  if (takeWord(cursor, 'IIF')) return parseIif(cursor, token.line);
  if (!isName(token) && !reservedFunctions.includes(name)) throw syntaxError(cursor);
  advance(cursor);
  expectOperator(cursor, '(');
  const distinct = takeWord(cursor, 'DISTINCT') || (takeWord(cursor, 'ALL') && false);
  const star = takeOperator(cursor, '*');
  const args = star || atOperator(cursor, ')') ? [] : takeList(cursor, () => parseScalar(cursor));
  if (star && !['COUNT', 'COUNT_BIG'].includes(name)) {
    throw isKnownFunction(name) ? unsupported(`${token.text}(*)`, token.line) : syntaxError(cursor);
  }
  // PARSE(x AS date), TRIM('x' FROM y), JSON_OBJECT('a': 1): a function with words of its own.
  if (!atOperator(cursor, ')') && (name === 'TRIM' || isKnownFunction(name))) throw unsupported(token.text, token.line);
  expectOperator(cursor, ')');
  checkAfterCall(cursor);
  return { kind: 'call', name, written: token.text, args, star, distinct, over: parseOver(cursor), line: token.line };
}

function checkAfterCall(cursor: TokenCursor): void {
  const { text, line } = peek(cursor);
  if (atWord(cursor, 'WITHIN')) throw unsupported('WITHIN GROUP', line);
  if (atWord(cursor, 'IGNORE', 'RESPECT') && atWordAhead(cursor, 1, 'NULLS')) throw unsupported(`${text} NULLS`, line);
}

function parseOver(cursor: TokenCursor): Window | null {
  if (!takeWord(cursor, 'OVER')) return null;
  if (isName(peek(cursor))) throw unsupported('OVER of a named window', peek(cursor).line);
  expectOperator(cursor, '(');
  const partitioned = takeWord(cursor, 'PARTITION');
  if (partitioned) expectWord(cursor, 'BY');
  const partitionBy = partitioned ? takeList(cursor, () => parseScalar(cursor)) : [];
  const orderBy = takeWord(cursor, 'ORDER') ? parseOrderBy(cursor) : [];
  if (atWord(cursor, 'ROWS', 'RANGE'))
    throw unsupported(`OVER (${peek(cursor).text.toUpperCase()})`, peek(cursor).line);
  expectOperator(cursor, ')');
  return { partitionBy, orderBy };
}

interface Cast {
  readonly attempt: boolean;
  readonly line: number;
}

function parseCast(cursor: TokenCursor, cast: Cast): Scalar {
  expectOperator(cursor, '(');
  const operand = parseScalar(cursor);
  expectWord(cursor, 'AS');
  const type = parseType(cursor);
  expectOperator(cursor, ')');
  return { kind: 'cast', operand, type, style: null, ...cast };
}

function parseConvert(cursor: TokenCursor, cast: Cast): Scalar {
  expectOperator(cursor, '(');
  const type = parseType(cursor);
  expectOperator(cursor, ',');
  const operand = parseScalar(cursor);
  const style = takeOperator(cursor, ',') ? parseScalar(cursor) : null;
  expectOperator(cursor, ')');
  return { kind: 'cast', operand, type, style, ...cast };
}

/** IIF is a CASE with one branch, on a real server too. */
function parseIif(cursor: TokenCursor, line: number): Scalar {
  expectOperator(cursor, '(');
  const when = parseCondition(cursor);
  expectOperator(cursor, ',');
  const result = parseScalar(cursor);
  expectOperator(cursor, ',');
  const otherwise = parseScalar(cursor);
  expectOperator(cursor, ')');
  return { kind: 'case', operand: null, branches: [{ when, result }], otherwise, line };
}

function parseCase(cursor: TokenCursor, line: number): CaseExpression {
  const operand = atWord(cursor, 'WHEN') ? null : parseScalar(cursor);
  const branches: CaseExpression['branches'][number][] = [];
  while (takeWord(cursor, 'WHEN')) {
    const when = operand === null ? parseCondition(cursor) : parseScalar(cursor);
    expectWord(cursor, 'THEN');
    branches.push({ when, result: parseScalar(cursor) });
  }
  if (branches.length === 0) throw syntaxError(cursor);
  const otherwise = takeWord(cursor, 'ELSE') ? parseScalar(cursor) : null;
  expectWord(cursor, 'END');
  return { kind: 'case', operand, branches, otherwise, line };
}
