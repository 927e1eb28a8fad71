import { type Condition, type Expression, isCondition } from '../ast.ts';
import { call, equalityKey, implicitly, sortKey, strict } from '../bound.ts';
import { displayName, familyOf, isText, textType } from '../data-type.ts';
import { notACondition } from '../errors/syntax.ts';
import { invalidArgumentType } from '../errors/type.ts';
import { likeMatcher } from '../like.ts';
import type { Binder, Bound, Scope } from './binder.ts';
import { unify } from './case.ts';
import { bindExpression } from './expression.ts';
import { bindInQuery, bindSubquery } from './subquery.ts';

/** A search condition as an SQLite expression that is 1, 0 or NULL. */
export function bindCondition(binder: Binder, condition: Condition, scope: Scope): string {
  const bind = (expression: Expression): Bound => bindExpression(binder, expression, scope);
  switch (condition.kind) {
    case 'logical':
      return `(${condition.operands.map((each) => bindCondition(binder, each, scope)).join(` ${condition.operator} `)})`;
    case 'not':
      return `(NOT ${bindCondition(binder, condition.operand, scope)})`;
    case 'compare':
      return bindComparison(binder, condition, [bind(condition.left), bind(condition.right)]);
    case 'is null':
      return `(${bind(condition.operand).sql} IS ${condition.negated ? 'NOT ' : ''}NULL)`;
    case 'between': {
      const bounds = unify(
        binder,
        [bind(condition.operand), bind(condition.low), bind(condition.high)],
        condition.line,
      );
      const [value, low, high] = bounds.map((each) => sortKey(binder, each));
      return `(${value} ${negation(condition)}BETWEEN ${low} AND ${high})`;
    }
    case 'in':
      return bindIn(binder, condition, scope);
    case 'like':
      return bindLike(binder, condition, scope);
    case 'exists':
      return `EXISTS (${bindSubquery(binder, condition.query, scope).sql})`;
  }
}

export function asConditionNode(expression: Expression): Condition {
  if (isCondition(expression)) return expression;
  throw notACondition('', expression.line);
}

function negation(condition: { readonly negated: boolean }): string {
  return condition.negated ? 'NOT ' : '';
}

const operators: Readonly<Record<string, string>> = { '!=': '<>', '!<': '>=', '!>': '<=' };

function bindComparison(binder: Binder, condition: Condition & { kind: 'compare' }, sides: readonly Bound[]): string {
  const operator = operators[condition.operator] ?? condition.operator;
  const keys = operator === '=' || operator === '<>' ? equalityKey : sortKey;
  const [left, right] = comparable(binder, sides, condition.line).map((each) => keys(binder, each));
  return `(${left} ${operator} ${right})`;
}

/** Text compares with text, and exact numerics with each other, as they are: their keys need no common length or scale. */
function comparable(binder: Binder, sides: readonly Bound[], line: number): readonly Bound[] {
  const sameFamily = (family: string): boolean =>
    sides.every((side) => side.isNull === true || familyOf(side.type) === family);
  return sameFamily('text') || sameFamily('numeric') ? sides : unify(binder, sides, line);
}

function bindIn(binder: Binder, condition: Condition & { kind: 'in' }, scope: Scope): string {
  const operand = bindExpression(binder, condition.operand, scope);
  const { list, line } = condition;
  if ('kind' in list) {
    return bindInQuery(binder, { operand, query: list, line, negated: condition.negated }, scope);
  }
  const values = list.map((each) => bindExpression(binder, each, scope));
  const [first, ...rest] = comparable(binder, [operand, ...values], line).map((each) => equalityKey(binder, each));
  return `(${first} ${negation(condition)}IN (${rest.join(', ')}))`;
}

function bindLike(binder: Binder, condition: Condition & { kind: 'like' }, scope: Scope): string {
  const [operand, pattern] = [condition.operand, condition.pattern].map((each, at) => {
    const bound = bindExpression(binder, each, scope);
    return asText(binder, bound, { ordinal: at + 1, name: 'like', line: condition.line });
  });
  if (operand === undefined || pattern === undefined) return 'NULL';
  const mark = condition.escape === null ? [] : [bindExpression(binder, condition.escape, scope)];
  const run = strict((text, like, sign = '') => (likeMatcher(String(like), String(sign))(String(text)) ? 1n : 0n));
  const match = call(binder, { key: 'like', run, type: { name: 'bit' } }, [operand, pattern, ...mark]);
  return condition.negated ? `(NOT ${match.sql})` : match.sql;
}

/** Characters that a written-out value takes at most. */
const writtenLengths: Readonly<Record<string, number>> = {
  bit: 1,
  tinyint: 4,
  smallint: 6,
  int: 12,
  bigint: 24,
  uniqueidentifier: 36,
};

/** An argument that has to be text: numbers, dates and GUIDs are written out, bytes are error 8116. */
export function asText(binder: Binder, bound: Bound, at: { ordinal: number; name: string; line: number }): Bound {
  if (isText(bound.type) || bound.isNull === true) return bound;
  if (bound.type.name === 'varbinary') throw invalidArgumentType(displayName(bound.type), at.ordinal, at.name);
  return implicitly(binder, bound, textType(false, writtenLengths[bound.type.name] ?? 64), at.line);
}
