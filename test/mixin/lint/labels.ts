import type { Aggregation, Binary, Call, Expression, Selector } from './expression.ts';
import { knownMetrics } from './metrics.ts';

/** The labels of what an expression gives: those that every series of it has, and those that some may have. */
export interface ResultLabels {
  readonly sure: ReadonlySet<string>;
  readonly possible: ReadonlySet<string>;
}

/** A number, which has no labels and matches everything. */
const scalar = null;

const setOperators = ['and', 'or', 'unless'];

/** The labels of the result, and a complaint for each label that is matched or grouped by and is not there. */
export function resultLabels(expression: Expression, complain: (text: string) => void): ResultLabels | null {
  switch (expression.kind) {
    case 'literal':
      return scalar;
    case 'selector':
      return selectorLabels(expression);
    case 'call':
      return callLabels(expression, complain);
    case 'aggregation':
      return aggregationLabels(expression, complain);
    case 'binary':
      return binaryLabels(expression, complain);
  }
}

function common(one: ReadonlySet<string>, other: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...one].filter((label) => other.has(label)));
}

function either(one: Iterable<string>, other: Iterable<string>): ReadonlySet<string> {
  return new Set([...one, ...other]);
}

/** What only one of two sets has. */
export function difference(one: ReadonlySet<string>, other: ReadonlySet<string>): readonly string[] {
  return [...either(one, other)].filter((label) => !one.has(label) || !other.has(label));
}

function both(labels: Iterable<string>): ResultLabels {
  const set = new Set(labels);
  return { sure: set, possible: set };
}

function selectorLabels({ metric }: Selector): ResultLabels {
  return both(knownMetrics.get(metric)?.labels ?? []);
}

function callLabels({ name, parameters }: Call, complain: (text: string) => void): ResultLabels | null {
  const [first] = parameters;
  if (name === 'absent' && first?.kind === 'selector') {
    return both(first.matchers.filter(({ operator }) => operator === '=').map(({ label }) => label));
  }
  return first === undefined ? scalar : resultLabels(first, complain);
}

function aggregationLabels({ by, operator, operand }: Aggregation, complain: (text: string) => void): ResultLabels {
  const inner = resultLabels(operand, complain) ?? both([]);
  for (const label of by) {
    if (!inner.possible.has(label)) complain(`${operator} by ${label}, which its series do not have`);
  }
  const kept = new Set(by);
  return { sure: common(inner.sure, kept), possible: common(inner.possible, kept) };
}

function binaryLabels(binary: Binary, complain: (text: string) => void): ResultLabels | null {
  const left = resultLabels(binary.left, complain);
  const right = resultLabels(binary.right, complain);
  if (left === null || right === null) return left ?? right;
  complainOfMatching(binary, [left, right], complain);
  if (binary.operator === 'or') {
    return { sure: common(left.sure, right.sure), possible: either(left.possible, right.possible) };
  }
  if (setOperators.includes(binary.operator) || binary.on === null) return left;
  return binary.groupLeft === null
    ? both(binary.on)
    : { sure: either(left.sure, binary.groupLeft), possible: either(left.possible, binary.groupLeft) };
}

/** Without `on` both sides have to have the same labels, except for `or`, which takes what the left does not have. */
function complainOfMatching(
  { on, operator }: Binary,
  [left, right]: readonly [ResultLabels, ResultLabels],
  complain: (text: string) => void,
): void {
  if (on === null) {
    const differing = difference(left.possible, right.possible);
    if (operator !== 'or' && differing.length > 0) complain(`${operator} without on, and ${differing} differ`);
    return;
  }
  for (const label of on) {
    if (!left.possible.has(label) || !right.possible.has(label))
      complain(`${operator} on ${label}, which a side lacks`);
  }
}
