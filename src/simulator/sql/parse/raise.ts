import type { Statement } from '../ast.ts';
import { type SqlError, sqlError } from '../errors/errors.ts';
import {
  atOperator,
  expectOperator,
  peek,
  syntaxError,
  type TokenCursor,
  takeList,
  takeName,
  takeWord,
} from '../token-cursor.ts';
import { parseScalar } from './expression.ts';

export function parseRaise(cursor: TokenCursor, line: number): Statement {
  expectOperator(cursor, '(');
  const args = takeList(cursor, () => parseScalar(cursor));
  expectOperator(cursor, ')');
  if (args.length < 3) throw syntaxError(cursor);
  if (takeWord(cursor, 'WITH')) takeList(cursor, () => takeName(cursor));
  return { kind: 'raise', how: 'RAISERROR', args, line };
}

export function parseThrow(cursor: TokenCursor, line: number): Statement {
  if (peek(cursor).kind === 'end' || atOperator(cursor, ';')) throw outsideCatch(line);
  const args = takeList(cursor, () => parseScalar(cursor));
  if (args.length !== 3) throw syntaxError(cursor);
  return { kind: 'raise', how: 'THROW', args, line };
}

function outsideCatch(line: number): SqlError {
  const message =
    'To rethrow an error, a THROW statement must be used inside a CATCH block. Insert the THROW statement inside a CATCH block, or add error parameters to the THROW statement.';
  return sqlError({ number: 10_704, class: 15, line }, message);
}
