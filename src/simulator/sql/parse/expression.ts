import { type Condition, type Expression, isCondition, type Scalar } from '../ast.ts';
import { unsupported } from '../errors/errors.ts';
import { incorrectSyntaxNear, nestedTooDeeply, notACondition } from '../errors/syntax.ts';
import { isKnownFunction } from '../known-names.ts';
import { advance, atOperator, nested, peek, type TokenCursor, takeWord } from '../token-cursor.ts';
import { parsePredicate } from './predicate.ts';
import { parsePrimary } from './primary.ts';

/** Terms in one chain of operators: SQLite allows an expression tree of 1,000 levels. */
const chainLimit = 400;

/** Binary operators by how strongly they bind; Transact-SQL has only these three levels above comparisons. */
const additive = ['+', '-', '&', '|', '^'];
const multiplicative = ['*', '/', '%'];

/** An expression that gives a value; a condition here is error 102 near its operator. */
export function parseScalar(cursor: TokenCursor): Scalar {
  return asScalar(parseAdditive(cursor));
}

/** A search condition; a plain value here is error 4145. */
export function parseCondition(cursor: TokenCursor): Condition {
  return asCondition(parseEither(cursor), cursor);
}

/** A condition or a value, as parentheses may hold either. */
export function parseEither(cursor: TokenCursor): Expression {
  return nested(cursor, () => parseLogical(cursor, 'OR'));
}

export function asScalar(expression: Expression): Scalar {
  if (isCondition(expression)) throw incorrectSyntaxNear(expression.near, expression.line);
  return expression;
}

export function asCondition(expression: Expression, cursor: TokenCursor): Condition {
  if (isCondition(expression)) return expression;
  if (expression.kind === 'call' && isKnownFunction(expression.name))
    throw unsupported(expression.written, expression.line);
  const token = peek(cursor);
  const near = token.kind === 'end' ? (cursor.tokens[cursor.tokens.length - 2] ?? token) : token;
  throw notACondition(near.text, near.line);
}

function parseLogical(cursor: TokenCursor, operator: 'AND' | 'OR'): Expression {
  const operand = (): Expression => (operator === 'OR' ? parseLogical(cursor, 'AND') : parseNot(cursor));
  const line = peek(cursor).line;
  const first = operand();
  const operands: Condition[] = [];
  for (;;) {
    const token = peek(cursor);
    if (!takeWord(cursor, operator)) break;
    if (operands.length === 0) {
      cursor.index -= 1;
      operands.push(asCondition(first, cursor));
      cursor.index += 1;
    }
    operands.push(asCondition(operand(), cursor));
    if (operands.length > chainLimit) throw nestedTooDeeply(token.line);
  }
  return operands.length === 0 ? first : { kind: 'logical', operator, operands, line, near: operator };
}

function parseNot(cursor: TokenCursor): Expression {
  const line = peek(cursor).line;
  if (!takeWord(cursor, 'NOT')) return parsePredicate(cursor);
  const operand = nested(cursor, () => parseNot(cursor));
  return { kind: 'not', operand: asCondition(operand, cursor), line, near: 'NOT' };
}

export function parseAdditive(cursor: TokenCursor): Expression {
  return parseChain(cursor, additive, () => parseChain(cursor, multiplicative, () => parseUnary(cursor)));
}

function parseChain(cursor: TokenCursor, operators: readonly string[], operand: () => Expression): Expression {
  let left = operand();
  for (let length = 0; atOperator(cursor, ...operators); length += 1) {
    if (length > chainLimit) throw nestedTooDeeply(peek(cursor).line);
    const token = advance(cursor);
    if (token.text === '|' && atOperator(cursor, '|')) throw unsupported('||', token.line);
    if (isCondition(left)) throw incorrectSyntaxNear(token.text, token.line);
    const right = asScalar(operand());
    left = { kind: 'arithmetic', operator: token.text, left, right, line: token.line };
  }
  return left;
}

function parseUnary(cursor: TokenCursor): Expression {
  if (!atOperator(cursor, '-', '+', '~')) return parsePrimary(cursor);
  const token = advance(cursor);
  const operand = asScalar(nested(cursor, () => parseUnary(cursor)));
  return { kind: 'unary', operator: token.text, operand, line: token.line };
}
