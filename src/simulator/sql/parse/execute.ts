import type { ExecuteArgument, Expression, Statement } from '../ast.ts';
import { unsupported } from '../errors/errors.ts';
import {
  advance,
  atOperator,
  atWord,
  atWordAhead,
  expectOperator,
  isName,
  peek,
  syntaxError,
  type TokenCursor,
  takeList,
  takeOperator,
  takeQualifiedName,
  takeWord,
} from '../token-cursor.ts';
import { parseScalar } from './expression.ts';

/** After EXEC, or at the name of a procedure that opens a batch. */
export function parseExecute(cursor: TokenCursor, line: number): Statement {
  if (takeOperator(cursor, '(')) {
    const text = parseScalar(cursor);
    if (atOperator(cursor, ',')) throw unsupported('EXEC with parameters for another server', line);
    expectOperator(cursor, ')');
    if (atWord(cursor, 'AT')) throw unsupported('EXEC ... AT', line);
    if (atWord(cursor, 'AS')) throw unsupported('EXEC ... AS', line);
    return { kind: 'execute text', text, line };
  }
  if (atWord(cursor, 'AS')) throw unsupported('EXECUTE AS', line);
  const first = peek(cursor);
  const result = first.kind === 'variable' && peek(cursor, 1).text === '=' ? first.text : null;
  if (result !== null) cursor.index += 2;
  if (peek(cursor).kind === 'variable') throw unsupported('EXEC of a variable', line);
  const procedure = takeQualifiedName(cursor);
  const args = startsArgument(cursor) ? takeList(cursor, () => parseArgument(cursor)) : [];
  if (atWord(cursor, 'WITH') && atWordAhead(cursor, 1, 'RESULT')) throw unsupported('WITH RESULT SETS', line);
  if (takeWord(cursor, 'WITH') && !takeWord(cursor, 'RECOMPILE')) throw syntaxError(cursor);
  return { kind: 'execute', procedure, args, result, line };
}

function startsArgument(cursor: TokenCursor): boolean {
  const { kind } = peek(cursor);
  if (kind === 'end') return false;
  if (kind === 'operator') return atOperator(cursor, '-');
  return kind !== 'word' || isName(peek(cursor)) || /^(?:NULL|DEFAULT)$/i.test(peek(cursor).text);
}

/** `@name = value [OUTPUT]`; a value is a literal, a variable or a bare word, which stands for its own text. */
function parseArgument(cursor: TokenCursor): ExecuteArgument {
  const token = peek(cursor);
  const named = token.kind === 'variable' && peek(cursor, 1).text === '=';
  if (named) cursor.index += 2;
  const isDefault = atWord(cursor, 'DEFAULT');
  const value = parseArgumentValue(cursor);
  const isOutput = takeWord(cursor, 'OUTPUT', 'OUT');
  return { name: named ? token.text : null, value, isOutput, isDefault };
}

function parseArgumentValue(cursor: TokenCursor): Expression {
  const token = peek(cursor);
  const line = token.line;
  if (takeOperator(cursor, '-')) {
    if (peek(cursor).kind !== 'number') throw syntaxError(cursor);
    return { kind: 'unary', operator: '-', operand: { kind: 'number', text: advance(cursor).text, line }, line };
  }
  if (takeWord(cursor, 'NULL', 'DEFAULT')) return { kind: 'null', line };
  if (isName(token)) {
    advance(cursor);
    return { kind: 'string', value: token.text, national: true, line };
  }
  if (token.kind === 'word' || token.kind === 'operator' || token.kind === 'end') throw syntaxError(cursor);
  if (token.kind === 'variable') return { kind: 'variable', name: advance(cursor).text, line };
  return parseScalar(cursor);
}
