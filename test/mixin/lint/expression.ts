import { parser } from '@prometheus-io/lezer-promql';

type SyntaxNode = ReturnType<typeof parser.parse>['topNode'];

/** A matcher of a selector; `operator` is one of `=`, `!=`, `=~`, `!~`. */
export interface LabelMatcher {
  readonly label: string;
  readonly operator: string;
  readonly value: string;
}

export interface Selector {
  readonly kind: 'selector';
  readonly metric: string;
  readonly matchers: readonly LabelMatcher[];
  /** Seconds that it looks back over; null for an instant. */
  readonly rangeSeconds: number | null;
  /** Seconds that it looks back to; 0 is now. */
  readonly offsetSeconds: number;
}

export interface Call {
  readonly kind: 'call';
  readonly name: string;
  readonly parameters: readonly Expression[];
}

export interface Aggregation {
  readonly kind: 'aggregation';
  readonly operator: string;
  readonly by: readonly string[];
  readonly isWithout: boolean;
  readonly operand: Expression;
}

export interface Binary {
  readonly kind: 'binary';
  readonly operator: string;
  readonly left: Expression;
  readonly right: Expression;
  /** The labels of `on (...)`; null without it. */
  readonly on: readonly string[] | null;
  /** The labels of `group_left (...)`; null without it. */
  readonly groupLeft: readonly string[] | null;
}

/** A number or a text: no series. */
export interface Literal {
  readonly kind: 'literal';
  readonly text: string;
}

export type Expression = Selector | Call | Aggregation | Binary | Literal;

/** Parses PromQL with Prometheus' own grammar. Throws on what is no PromQL, and on what these rules do not use. */
export function parseExpression(text: string): Expression {
  const { topNode } = parser.parse(text);
  topNode.cursor().iterate((node) => {
    if (node.type.isError) throw new Error(`no PromQL at ${node.from}: ${text.slice(node.from, node.from + 40)}`);
  });
  return expression(first(topNode), text);
}

function expression(node: SyntaxNode, text: string): Expression {
  switch (node.name) {
    case 'ParenExpr':
      return expression(first(node), text);
    case 'VectorSelector':
      return selector(node, text);
    case 'MatrixSelector':
    case 'OffsetExpr':
      return shifted(node, text);
    case 'FunctionCall':
      return { kind: 'call', name: part(first(node), text), parameters: body(node, text) };
    case 'AggregateExpr':
      return aggregation(node, text);
    case 'BinaryExpr':
      return binary(node, text);
    case 'UnaryExpr':
    case 'NumberDurationLiteral':
    case 'StringLiteral':
      return { kind: 'literal', text: part(node, text) };
    default:
      throw new Error(`${node.name} is not used in these rules: ${part(node, text)}`);
  }
}

function selector(node: SyntaxNode, text: string): Selector {
  const matchers = (node.getChild('LabelMatchers')?.getChildren('UnquotedLabelMatcher') ?? []).map((matcher) => {
    const [label, operator, value] = children(matcher).map((child) => part(child, text));
    return { label: label ?? '', operator: operator ?? '', value: (value ?? '').slice(1, -1) };
  });
  return { kind: 'selector', metric: part(first(node), text), matchers, rangeSeconds: null, offsetSeconds: 0 };
}

/** `x[5m]` and `x offset 5m`. */
function shifted(node: SyntaxNode, text: string): Selector {
  const inner = expression(first(node), text);
  if (inner.kind !== 'selector') throw new Error(`a range or offset of no selector: ${part(node, text)}`);
  const last = children(node).at(-1);
  const moved = seconds(last === undefined ? '' : part(last, text));
  return node.name === 'MatrixSelector' ? { ...inner, rangeSeconds: moved } : { ...inner, offsetSeconds: moved };
}

function aggregation(node: SyntaxNode, text: string): Aggregation {
  const modifier = node.getChild('AggregateModifier');
  const operands = body(node, text);
  const operand = operands.at(-1);
  if (operand === undefined) throw new Error(`an aggregation of nothing: ${part(node, text)}`);
  return {
    kind: 'aggregation',
    operator: part(first(node), text),
    by: modifier === null ? [] : labelNames(modifier.getChild('GroupingLabels'), text),
    isWithout: modifier?.getChild('Without') !== null && modifier !== null,
    operand,
  };
}

function binary(node: SyntaxNode, text: string): Binary {
  const [left, operator, ...others] = children(node);
  const right = others.at(-1);
  if (left === undefined || operator === undefined || right === undefined) throw new Error(part(node, text));
  const matching = node.getChild('MatchingModifierClause');
  const [on = null, group = null] = matching?.getChildren('GroupingLabels') ?? [];
  return {
    kind: 'binary',
    operator: part(operator, text),
    left: expression(left, text),
    right: expression(right, text),
    on: on === null ? null : labelNames(on, text),
    groupLeft: matching?.getChild('GroupLeft') ? labelNames(group, text) : null,
  };
}

function body(node: SyntaxNode, text: string): readonly Expression[] {
  const parameters = node.getChild('FunctionCallBody');
  return parameters === null ? [] : children(parameters).map((child) => expression(child, text));
}

function labelNames(node: SyntaxNode | null, text: string): readonly string[] {
  return (node?.getChildren('LabelName') ?? []).map((child) => part(child, text));
}

function children(node: SyntaxNode): readonly SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) found.push(child);
  return found;
}

function first(node: SyntaxNode): SyntaxNode {
  const [child] = children(node);
  if (child === undefined) throw new Error(`${node.name} is empty`);
  return child;
}

function part(node: SyntaxNode, text: string): string {
  return text.slice(node.from, node.to);
}

const unitSeconds: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

/** `90s`, `5m`, `1h30m`. */
export function seconds(duration: string): number {
  const parts = [...duration.matchAll(/(\d+)(ms|[smhdw])/g)];
  if (parts.map(([all]) => all).join('') !== duration || parts.length === 0)
    throw new Error(`no duration: ${duration}`);
  return parts.reduce((sum, [, count = '', unit = '']) => sum + Number(count) * (unitSeconds[unit] ?? 0), 0);
}

/** An expression and all that are in it, each with those around it, innermost first. */
export function* walk(
  expression: Expression,
  around: readonly Expression[] = [],
): Generator<readonly [Expression, readonly Expression[]]> {
  yield [expression, around];
  for (const inner of operandsOf(expression)) yield* walk(inner, [expression, ...around]);
}

function operandsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'call':
      return expression.parameters;
    case 'aggregation':
      return [expression.operand];
    case 'binary':
      return [expression.left, expression.right];
    default:
      return [];
  }
}
