import type { Statement } from '../ast.ts';
import {
  advance,
  atOperator,
  atWord,
  expectWord,
  isPlainName,
  peek,
  syntaxError,
  type TokenCursor,
  takeWord,
} from '../token-cursor.ts';
import { skipParentheses } from './query.ts';

type TransactionAction = (Statement & { kind: 'transaction' })['action'];

/** After BEGIN, COMMIT, ROLLBACK or SAVE. */
export function parseTransaction(cursor: TokenCursor, line: number, action: TransactionAction): Statement {
  const isSpelt = takeWord(cursor, 'TRAN', 'TRANSACTION', ...(action === 'save' ? [] : ['WORK']));
  const token = peek(cursor);
  const hasName =
    token.kind === 'variable' || ((token.kind === 'word' || token.kind === 'quoted') && isPlainName(cursor));
  if (action === 'save' && !(isSpelt && hasName)) throw syntaxError(cursor);
  const name = isSpelt && hasName && !atWord(cursor, 'THROW') ? advance(cursor).text : '';
  // A mark in the log, and delayed durability: nothing is written here.
  if (takeWord(cursor, 'WITH')) skipMark(cursor);
  return { kind: 'transaction', action, name, line };
}

function skipMark(cursor: TokenCursor): void {
  if (atOperator(cursor, '(')) skipParentheses(cursor);
  else {
    expectWord(cursor, 'MARK');
    if (['string', 'national', 'variable'].includes(peek(cursor).kind)) advance(cursor);
  }
}
