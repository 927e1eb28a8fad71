import type { Declaration, Statement } from '../ast.ts';
import { unsupported } from '../errors/errors.ts';
import { checkKnownStatement } from '../known-statements.ts';
import {
  advance,
  atOperator,
  atWord,
  atWordAhead,
  expectWord,
  isName,
  isPlainName,
  nested,
  peek,
  syntaxError,
  type TokenCursor,
  takeList,
  takeName,
  takeOperator,
  takeQualifiedName,
  takeVariable,
  takeWord,
} from '../token-cursor.ts';
import { parseExecute } from './execute.ts';
import { parseCondition, parseScalar } from './expression.ts';
import { parseQuery } from './query.ts';
import { parseRaise, parseThrow } from './raise.ts';
import { atRefused, parseRefused } from './refused.ts';
import { parseSet } from './set.ts';
import { parseTransaction } from './transaction.ts';
import { parseType } from './type.ts';

type Parse = (cursor: TokenCursor, line: number) => Statement;

/** Statements by their first word. */
const parsers: ReadonlyMap<string, Parse> = new Map<string, Parse>([
  ['DECLARE', parseDeclare],
  ['SET', parseSet],
  ['USE', (cursor, line) => ({ kind: 'use', database: takeName(cursor), line })],
  ['PRINT', (cursor, line) => ({ kind: 'print', expression: parseScalar(cursor), line })],
  ['IF', parseIf],
  ['WHILE', parseWhile],
  ['BEGIN', parseBegin],
  ['BREAK', (_, line) => ({ kind: 'leave', how: 'break', line })],
  ['CONTINUE', (_, line) => ({ kind: 'leave', how: 'continue', line })],
  ['RETURN', parseReturn],
  ['WAITFOR', parseWait],
  ['RAISERROR', parseRaise],
  ['THROW', parseThrow],
  ['EXEC', parseExecute],
  ['EXECUTE', parseExecute],
  ['COMMIT', (cursor, line) => parseTransaction(cursor, line, 'commit')],
  ['ROLLBACK', (cursor, line) => parseTransaction(cursor, line, 'rollback')],
  ['SAVE', (cursor, line) => parseTransaction(cursor, line, 'save')],
]);

/** The statements of one batch. Throws the first syntax error. */
export function parseBatch(cursor: TokenCursor): readonly Statement[] {
  const statements: Statement[] = [];
  skipSemicolons(cursor);
  checkKnownStatement(cursor);
  if (startsProcedure(cursor)) {
    statements.push(parseExecute(cursor, peek(cursor).line));
    skipSemicolons(cursor);
  }
  while (peek(cursor).kind !== 'end') {
    statements.push(parseStatement(cursor));
    skipSemicolons(cursor);
  }
  return statements;
}

/** The first statement of a batch may call a procedure without EXEC. */
function startsProcedure(cursor: TokenCursor): boolean {
  const token = peek(cursor);
  if (token.kind === 'quoted') return true;
  const first = token.text.toUpperCase();
  if (token.kind !== 'word' || parsers.has(first) || atRefused(cursor)) return false;
  return !['WITH', 'SELECT', 'GOTO'].includes(first) && isPlainName(cursor);
}

function skipSemicolons(cursor: TokenCursor): void {
  while (takeOperator(cursor, ';'));
}

function parseStatement(cursor: TokenCursor): Statement {
  const token = peek(cursor);
  const line = token.line;
  checkKnownStatement(cursor);
  if (atWord(cursor, 'SELECT', 'WITH') || atOperator(cursor, '('))
    return { kind: 'query', query: parseQuery(cursor), line };
  if (atWord(cursor, 'CREATE')) return parseCreateProcedure(cursor, line) ?? parseRefused(cursor, line);
  if (atRefused(cursor)) return parseRefused(cursor, line);
  const parse = token.kind === 'word' ? parsers.get(token.text.toUpperCase()) : undefined;
  if (parse === undefined) throw syntaxError(cursor);
  advance(cursor);
  return parse(cursor, line);
}

/** CREATE PROCEDURE without parameters; its body is the rest of the batch. Null for any other statement. */
function parseCreateProcedure(cursor: TokenCursor, line: number): Statement | null {
  const index = cursor.index;
  advance(cursor);
  if (takeWord(cursor, 'PROCEDURE', 'PROC')) {
    const name = takeQualifiedName(cursor);
    if (takeWord(cursor, 'AS'))
      return { kind: 'create procedure', name, body: nested(cursor, () => parseBatch(cursor)), line };
  }
  cursor.index = index;
  return null;
}

function parseDeclare(cursor: TokenCursor, line: number): Statement {
  if (isName(peek(cursor)) && atWordAhead(cursor, 1, 'CURSOR', 'INSENSITIVE', 'SCROLL'))
    throw unsupported('DECLARE CURSOR', line);
  return { kind: 'declare', declarations: takeList(cursor, () => parseDeclaration(cursor)), line };
}

export function parseDeclaration(cursor: TokenCursor): Declaration {
  const line = peek(cursor).line;
  const name = takeVariable(cursor);
  takeWord(cursor, 'AS');
  if (atWord(cursor, 'TABLE', 'CURSOR')) throw unsupported(`DECLARE ${peek(cursor).text.toUpperCase()}`, line);
  const type = parseType(cursor);
  return { name, type, value: takeOperator(cursor, '=') ? parseScalar(cursor) : null, line };
}

function parseIf(cursor: TokenCursor, line: number): Statement {
  const condition = parseCondition(cursor);
  const then = nested(cursor, () => parseStatement(cursor));
  const index = cursor.index;
  skipSemicolons(cursor);
  if (!takeWord(cursor, 'ELSE')) {
    cursor.index = index;
    return { kind: 'if', condition, then, otherwise: null, line };
  }
  return { kind: 'if', condition, then, otherwise: nested(cursor, () => parseStatement(cursor)), line };
}

function parseWhile(cursor: TokenCursor, line: number): Statement {
  const condition = parseCondition(cursor);
  return { kind: 'while', condition, body: nested(cursor, () => parseStatement(cursor)), line };
}

function parseBegin(cursor: TokenCursor, line: number): Statement {
  if (atWord(cursor, 'TRAN', 'TRANSACTION')) return parseTransaction(cursor, line, 'begin');
  if (atWord(cursor, 'TRY', 'CATCH', 'DISTRIBUTED', 'DIALOG', 'CONVERSATION', 'ATOMIC')) {
    throw unsupported(`BEGIN ${peek(cursor).text.toUpperCase()}`, line);
  }
  const statements: Statement[] = [];
  skipSemicolons(cursor);
  while (!takeWord(cursor, 'END')) {
    statements.push(nested(cursor, () => parseStatement(cursor)));
    skipSemicolons(cursor);
  }
  if (statements.length === 0) {
    cursor.index -= 1;
    throw syntaxError(cursor);
  }
  return { kind: 'block', statements, line };
}

function parseReturn(cursor: TokenCursor, line: number): Statement {
  const token = peek(cursor);
  if (token.kind === 'number' || token.kind === 'variable' || atOperator(cursor, '-', '(')) parseScalar(cursor);
  return { kind: 'leave', how: 'return', line };
}

function parseWait(cursor: TokenCursor, line: number): Statement {
  if (atWord(cursor, 'TIME')) throw unsupported('WAITFOR TIME', line);
  if (atOperator(cursor, '(')) throw unsupported('WAITFOR of a message', line);
  expectWord(cursor, 'DELAY');
  const token = peek(cursor);
  if (token.kind !== 'string' && token.kind !== 'variable' && token.kind !== 'national') throw syntaxError(cursor);
  return { kind: 'wait', duration: parseScalar(cursor), line };
}
