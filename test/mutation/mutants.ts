import { stripTypeScriptTypes } from 'node:module';
import { parse } from 'acorn';

/** One way to break a source file: the characters from `start` to `end` become `replacement`. */
export interface Mutant {
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

/** Each operator becomes one that a slip of the hand would write. */
const otherOperator: Readonly<Record<string, string>> = {
  '===': '!==',
  '!==': '===',
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '+': '-',
  '-': '+',
  '*': '/',
  '/': '*',
  '&&': '||',
  '||': '&&',
  '??': '&&',
};

const otherMethod: Readonly<Record<string, string>> = { some: 'every', every: 'some', min: 'max', max: 'min' };

/** TypeScript without its types: each character stays where it was. */
export function withoutTypes(source: string): string {
  return stripTypeScriptTypes(source);
}

/**
 * Every mutant of one file, in the order of the text: operators, conditions, returned constants. Texts for people are left
 * alone: goldens hold them word for word.
 *
 * @param code JavaScript; see {@link withoutTypes}
 */
export function mutantsOf(code: string): readonly Mutant[] {
  const mutants: Mutant[] = [];
  visit(parse(code, { ecmaVersion: 'latest', sourceType: 'module' }) as unknown as Node, (node) => {
    mutants.push(...mutantsAt(node, code));
  });
  return mutants.sort((one, other) => one.start - other.start);
}

export function mutated(code: string, { start, end, replacement }: Mutant): string {
  return code.slice(0, start) + replacement + code.slice(end);
}

function visit(node: Node, seen: (node: Node) => void): void {
  seen(node);
  for (const child of Object.values(node).flat()) if (isNode(child)) visit(child, seen);
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

function mutantsAt(node: Node, code: string): readonly Mutant[] {
  switch (node.type) {
    case 'BinaryExpression':
    case 'LogicalExpression':
      return operatorMutant(node, code);
    case 'IfStatement':
    case 'ConditionalExpression':
      return negation(node.test, code);
    case 'ReturnStatement':
      return constantMutant(node.argument, code);
    case 'ArrowFunctionExpression':
      return constantMutant(node.body, code);
    case 'UnaryExpression':
      return node.operator === '!' ? [{ start: node.start, end: node.start + 1, replacement: '' }] : [];
    case 'CallExpression':
      return methodMutant(node.callee);
    default:
      return [];
  }
}

function operatorMutant({ left, right, operator }: Node, code: string): readonly Mutant[] {
  if (!isNode(left) || !isNode(right) || typeof operator !== 'string') return [];
  const replacement = otherOperator[operator];
  const isText = operator === '+' && [left, right].some((side) => side.type === 'TemplateLiteral' || isString(side));
  const start = code.indexOf(operator, left.end);
  // Between both sides there can be brackets and comments besides the operator.
  return replacement === undefined || isText || start < 0 || start >= right.start
    ? []
    : [{ start, end: start + operator.length, replacement }];
}

function isString(node: Node): boolean {
  return node.type === 'Literal' && typeof node.value === 'string';
}

function negation(test: unknown, code: string): readonly Mutant[] {
  if (!isNode(test)) return [];
  return [{ start: test.start, end: test.end, replacement: `!(${code.slice(test.start, test.end)})` }];
}

function constantMutant(value: unknown, code: string): readonly Mutant[] {
  if (!isNode(value)) return [];
  const replacement = otherConstant(value, code);
  return replacement === null ? [] : [{ start: value.start, end: value.end, replacement }];
}

function otherConstant(value: Node, code: string): string | null {
  if (value.type === 'ArrayExpression') return code.slice(value.start, value.end) === '[]' ? null : '[]';
  if (value.type !== 'Literal') return null;
  if (typeof value.value === 'boolean') return String(!value.value);
  if (typeof value.value === 'number') return String(value.value + 1);
  return value.value === null ? '0' : null;
}

function methodMutant(callee: unknown): readonly Mutant[] {
  if (!isNode(callee) || callee.type !== 'MemberExpression' || !isNode(callee.property)) return [];
  const { start, end, name } = callee.property;
  const replacement = typeof name === 'string' && Object.hasOwn(otherMethod, name) ? otherMethod[name] : undefined;
  return replacement === undefined ? [] : [{ start, end, replacement }];
}
