import type { CaseExpression } from '../ast.ts';
import { equalityKey, implicitly, nullLiteral } from '../bound.ts';
import { commonType } from '../common-type.ts';
import { sqlError } from '../errors/errors.ts';
import type { Binder, Bound, Scope } from './binder.ts';
import { asConditionNode, bindCondition } from './condition.ts';
import { bindExpression } from './expression.ts';

/** Both forms of CASE; the result has the highest type of all branches. */
export function bindCase(binder: Binder, expression: CaseExpression, scope: Scope): Bound {
  const results = expression.branches.map(({ result }) => bindExpression(binder, result, scope));
  const otherwise = expression.otherwise === null ? nullLiteral() : bindExpression(binder, expression.otherwise, scope);
  const every = [...results, otherwise];
  if (every.every((each) => each.isNull === true)) throw onlyNulls(expression.line);
  const unified = unify(binder, every, expression.line);
  const last = unified.at(-1) ?? otherwise;
  const [operand, whens] = bindWhens(binder, expression, scope);
  const branches = whens.map((when, at) => `WHEN ${when} THEN ${unified[at]?.sql ?? 'NULL'}`);
  return {
    sql: `CASE ${operand} ${branches.join(' ')} ELSE ${last.sql} END`,
    type: last.type,
    nullable: every.some((each) => each.nullable),
  };
}

/** The simple form's operand and values are keys of one type, so that SQLite evaluates the operand once. */
function bindWhens(binder: Binder, expression: CaseExpression, scope: Scope): readonly [string, readonly string[]] {
  const { operand, branches, line } = expression;
  if (operand === null) {
    return ['', branches.map(({ when }) => bindCondition(binder, asConditionNode(when), scope))];
  }
  const compared = [operand, ...branches.map(({ when }) => when)].map((each) => bindExpression(binder, each, scope));
  const [first = '', ...rest] = unify(binder, compared, line).map((each) => equalityKey(binder, each));
  return [first, rest];
}

/** Brings expressions to their common type; NULL takes whatever that is. */
export function unify(binder: Binder, bounds: readonly Bound[], line: number): readonly Bound[] {
  const typed = bounds.filter((each) => each.isNull !== true);
  const type = commonType((typed.length > 0 ? typed : bounds).map((each) => each.type));
  return bounds.map((each) => implicitly(binder, each, type, line));
}

function onlyNulls(line: number): Error {
  const message =
    'At least one of the result expressions in a CASE specification must be an expression other than the NULL constant.';
  return sqlError({ number: 8133, line }, message);
}
