import { type Expression, isCondition } from './ast.ts';

const names = ['AVG', 'COUNT', 'COUNT_BIG', 'MAX', 'MIN', 'STRING_AGG', 'SUM'];

export function isAggregate(name: string): boolean {
  return names.includes(name);
}

/** Whether an aggregate of this query's own rows is in an expression; those of its subqueries don't count. */
export function containsAggregate(expression: Expression): boolean {
  if (expression.kind === 'call' && expression.over === null && isAggregate(expression.name)) return true;
  return children(expression).some(containsAggregate);
}

function children(expression: Expression): readonly Expression[] {
  if (isCondition(expression)) return conditionChildren(expression);
  switch (expression.kind) {
    case 'call':
      return expression.args;
    case 'cast':
    case 'unary':
      return [expression.operand];
    case 'arithmetic':
      return [expression.left, expression.right];
    case 'case':
      return [
        expression.operand,
        expression.otherwise,
        ...expression.branches.flatMap((each) => [each.when, each.result]),
      ].filter((each) => each !== null);
    default:
      return [];
  }
}

function conditionChildren(condition: Expression): readonly Expression[] {
  switch (condition.kind) {
    case 'compare':
      return [condition.left, condition.right];
    case 'logical':
      return condition.operands;
    case 'between':
      return [condition.operand, condition.low, condition.high];
    case 'like':
      return [condition.operand, condition.pattern];
    case 'in':
      return 'kind' in condition.list ? [condition.operand] : [condition.operand, ...condition.list];
    case 'is null':
    case 'not':
      return [condition.operand];
    default:
      return [];
  }
}
