import type { JoinKind, TableSource, ValuesList } from '../ast.ts';
import { unsupported } from '../errors/errors.ts';
import {
  advance,
  atOperator,
  atWord,
  atWordAhead,
  expectOperator,
  expectWord,
  nested,
  peek,
  syntaxError,
  type TokenCursor,
  takeList,
  takeName,
  takeQualifiedName,
  takeWord,
} from '../token-cursor.ts';
import { parseCondition, parseScalar } from './expression.ts';
import { parseColumnNames, parseSubquery, skipParentheses } from './query.ts';
import { parseAlias } from './select.ts';

const sourceLimit = 256;

/** A table and whatever is joined to it. */
export function parseTableSource(cursor: TokenCursor): TableSource {
  return nested(cursor, () => parseJoins(cursor));
}

function parseJoins(cursor: TokenCursor): TableSource {
  let left = parseTable(cursor);
  for (let count = 0; count < sourceLimit; count += 1) {
    const line = peek(cursor).line;
    const join = takeJoin(cursor);
    if (join === null) return left;
    const qualified = join === 'INNER' || join === 'LEFT' || join === 'RIGHT' || join === 'FULL';
    if (!qualified) {
      left = { kind: 'join', join, left, right: parseTable(cursor), on: null, line };
      continue;
    }
    const right = nested(cursor, () => parseJoinsBeforeOn(cursor));
    expectWord(cursor, 'ON');
    left = { kind: 'join', join, left, right, on: parseCondition(cursor), line };
  }
  throw unsupported('more than 256 tables', left.line);
}

/** The right side of a join up to its own ON: `a JOIN b JOIN c ON ... ON ...` nests to the right. */
function parseJoinsBeforeOn(cursor: TokenCursor): TableSource {
  const table = parseTable(cursor);
  return atWord(cursor, 'ON') ? table : parseRightNested(cursor, table);
}

function parseRightNested(cursor: TokenCursor, left: TableSource): TableSource {
  const line = peek(cursor).line;
  const join = takeJoin(cursor);
  if (join === null) throw syntaxError(cursor);
  if (join === 'CROSS' || join === 'CROSS APPLY' || join === 'OUTER APPLY') throw unsupported('JOIN without ON', line);
  const right = nested(cursor, () => parseJoinsBeforeOn(cursor));
  expectWord(cursor, 'ON');
  const source: TableSource = { kind: 'join', join, left, right, on: parseCondition(cursor), line };
  return atWord(cursor, 'ON') ? source : nested(cursor, () => parseRightNested(cursor, source));
}

/** Reads the words of a join, hints such as `INNER HASH JOIN` included; null when none stands here. */
function takeJoin(cursor: TokenCursor): JoinKind | null {
  if (takeWord(cursor, 'JOIN')) return 'INNER';
  if (takeWord(cursor, 'CROSS')) {
    if (takeWord(cursor, 'JOIN')) return 'CROSS';
    expectWord(cursor, 'APPLY');
    return 'CROSS APPLY';
  }
  if (takeWord(cursor, 'OUTER')) {
    expectWord(cursor, 'APPLY');
    return 'OUTER APPLY';
  }
  const token = peek(cursor);
  if (!takeWord(cursor, 'INNER', 'LEFT', 'RIGHT', 'FULL')) return null;
  if (token.text.toUpperCase() !== 'INNER') takeWord(cursor, 'OUTER');
  takeWord(cursor, 'LOOP', 'HASH', 'MERGE', 'REMOTE');
  expectWord(cursor, 'JOIN');
  return joinKind(token.text.toUpperCase());
}

function joinKind(word: string): JoinKind {
  return word === 'LEFT' || word === 'RIGHT' || word === 'FULL' ? word : 'INNER';
}

/** Those whose names are reserved words. */
const reservedTableFunctions = [
  'CONTAINSTABLE',
  'FREETEXTTABLE',
  'OPENDATASOURCE',
  'OPENQUERY',
  'OPENROWSET',
  'OPENXML',
  'SEMANTICKEYPHRASETABLE',
  'SEMANTICSIMILARITYDETAILSTABLE',
  'SEMANTICSIMILARITYTABLE',
];

function parseTable(cursor: TokenCursor): TableSource {
  if (atOperator(cursor, '(')) return parseParenthesised(cursor);
  const token = peek(cursor);
  if (token.kind === 'variable') throw unsupported('table variable', token.line);
  if (atOperator(cursor, '::') || atWord(cursor, ...reservedTableFunctions)) {
    throw unsupported(`table-valued function ${token.text}`, token.line);
  }
  const parts = takeQualifiedName(cursor);
  if (atOperator(cursor, '(') && !atWordAhead(cursor, 1, 'NOLOCK')) {
    throw unsupported(`table-valued function ${parts.join('.')}`, token.line);
  }
  if (atWord(cursor, 'FOR') && atWordAhead(cursor, 1, 'SYSTEM_TIME', 'PATH'))
    throw unsupported('FOR SYSTEM_TIME', token.line);
  const alias = parseAlias(cursor, false);
  skipHints(cursor);
  return { kind: 'name', parts, alias, line: token.line };
}

function checkRotation(cursor: TokenCursor): void {
  if (!atWord(cursor, 'PIVOT', 'UNPIVOT', 'TABLESAMPLE')) return;
  throw unsupported(peek(cursor).text.toUpperCase(), peek(cursor).line);
}

/** `WITH (NOLOCK)`, and the old `(NOLOCK)`. */
function skipHints(cursor: TokenCursor): void {
  checkRotation(cursor);
  const next = peek(cursor, 1);
  if (atWord(cursor, 'WITH') && next.kind === 'operator' && next.text === '(') {
    advance(cursor);
    skipParentheses(cursor);
  } else if (atOperator(cursor, '(')) {
    skipParentheses(cursor);
  }
}

/** A derived table, a list of VALUES, or joins in parentheses. */
function parseParenthesised(cursor: TokenCursor): TableSource {
  const line = peek(cursor).line;
  if (atWordAhead(cursor, 1, 'VALUES')) return parseValues(cursor);
  if (!startsQuery(cursor)) {
    advance(cursor);
    const source = parseTableSource(cursor);
    expectOperator(cursor, ')');
    return source;
  }
  const query = parseSubquery(cursor);
  return { kind: 'derived', query, ...derivedName(cursor), line };
}

function startsQuery(cursor: TokenCursor): boolean {
  let ahead = 1;
  while (peek(cursor, ahead).kind === 'operator' && peek(cursor, ahead).text === '(') ahead += 1;
  return atWordAhead(cursor, ahead, 'SELECT', 'WITH');
}

function derivedName(cursor: TokenCursor): { readonly alias: string; readonly columns: readonly string[] } {
  takeWord(cursor, 'AS');
  const named = { alias: takeName(cursor), columns: parseColumnNames(cursor) };
  checkRotation(cursor);
  return named;
}

function parseValues(cursor: TokenCursor): TableSource {
  const line = peek(cursor).line;
  cursor.index += 2;
  const rows = takeList(cursor, () => {
    expectOperator(cursor, '(');
    const row = takeList(cursor, () => parseScalar(cursor));
    expectOperator(cursor, ')');
    return row;
  });
  expectOperator(cursor, ')');
  const body: ValuesList = { kind: 'values', rows, line };
  const query = { kind: 'query', commonTables: [], body, orderBy: [], offset: null, fetch: null, line } as const;
  return { kind: 'derived', query, ...derivedName(cursor), line };
}
