import type { SqlType } from '../sql-type.ts';
import type { Expression, Statement } from './ast.ts';
import { SqlError } from './errors/errors.ts';
import { duplicateVariable, undeclaredVariable } from './errors/name.ts';
import { BindErrors, type Plan, planCondition, planExpression, planQuery } from './plan.ts';
import type { Runtime } from './runtime.ts';
import { resolveType } from './type-name.ts';

/** A batch whose every statement is planned, or the errors that keep the whole batch from running. */
export interface CompiledBatch {
  readonly statements: readonly Statement[];
  /** Plans by the part of the syntax tree that they run; an error stands for a plan that only fails when it is reached. */
  readonly plans: ReadonlyMap<object, Plan | SqlError>;
  /** All variables that the batch declares, wherever in it. */
  readonly variables: ReadonlyMap<string, SqlType>;
  readonly errors: readonly SqlError[];
}

interface Compilation {
  readonly runtime: Runtime;
  readonly plans: Map<object, Plan | SqlError>;
  readonly variables: Map<string, SqlType>;
  readonly errors: SqlError[];
}

/** Missing objects are looked for only when their statement runs ("deferred name resolution"). */
const deferred: ReadonlySet<number> = new Set([208]);

/** Plans a batch before any of it runs: one wrong column anywhere means that nothing is executed. */
export function compileBatch(
  runtime: Runtime,
  statements: readonly Statement[],
  parameters: ReadonlyMap<string, SqlType>,
): CompiledBatch {
  const compilation: Compilation = { runtime, plans: new Map(), variables: new Map(parameters), errors: [] };
  for (const statement of statements) compileStatement(compilation, statement);
  return { statements, ...compilation };
}

function compileStatement(compilation: Compilation, statement: Statement): void {
  try {
    planStatement(compilation, statement);
  } catch (error) {
    const errors = error instanceof BindErrors ? error.errors : error instanceof SqlError ? [error] : null;
    if (errors === null) throw error;
    compilation.errors.push(...errors.map((each) => atLine(each, statement.line)));
  }
}

/** An error that knows no better happened at its statement. */
export function atLine(error: SqlError, line: number): SqlError {
  return error.info.line > 0 ? error : new SqlError({ ...error.info, line }, error.reach, { cause: error.cause });
}

function planStatement(compilation: Compilation, statement: Statement): void {
  const { variables } = compilation;
  switch (statement.kind) {
    case 'query':
      plan(
        compilation,
        statement.query,
        () => planQuery(compilation.runtime, statement.query, variables),
        statement.line,
      );
      return;
    case 'declare':
      declare(compilation, statement);
      return;
    case 'assign': {
      const type = variables.get(statement.variable.toLowerCase());
      if (type === undefined) throw undeclaredVariable(statement.variable, statement.line);
      planValue(compilation, statement.expression, { type, line: statement.line });
      return;
    }
    case 'if':
    case 'while':
      planTest(compilation, statement);
      for (const each of branches(statement)) compileStatement(compilation, each);
      return;
    case 'block':
      for (const each of statement.statements) compileStatement(compilation, each);
      return;
    default:
      for (const each of values(statement)) planValue(compilation, each, { type: null, line: statement.line });
  }
}

function branches(statement: Statement & { kind: 'if' | 'while' }): readonly Statement[] {
  if (statement.kind === 'while') return [statement.body];
  return statement.otherwise === null ? [statement.then] : [statement.then, statement.otherwise];
}

/** The expressions of a statement that are evaluated as they are. */
function values(statement: Statement): readonly Expression[] {
  switch (statement.kind) {
    case 'print':
      return [statement.expression];
    case 'wait':
      return [statement.duration];
    case 'raise':
      return statement.args;
    case 'execute':
      return statement.args.map(({ value }) => value);
    case 'execute text':
      return [statement.text];
    default:
      return [];
  }
}

function plan(compilation: Compilation, key: object, make: () => Plan, line: number): void {
  try {
    compilation.plans.set(key, make());
  } catch (error) {
    if (!(error instanceof SqlError) || !deferred.has(error.info.number)) throw error;
    compilation.plans.set(key, atLine(error, line));
  }
}

function planValue(
  compilation: Compilation,
  expression: Expression,
  { type, line }: { readonly type: SqlType | null; readonly line: number },
): void {
  const { runtime, variables } = compilation;
  plan(compilation, expression, () => planExpression(runtime, expression, { variables, type }), line);
}

function planTest(compilation: Compilation, statement: Statement & { kind: 'if' | 'while' }): void {
  const { runtime, variables } = compilation;
  const { condition, line } = statement;
  plan(compilation, condition, () => planCondition(runtime, condition, variables), line);
}

/** A variable is known from its own declaration on, its initial value included. */
function declare(compilation: Compilation, statement: Statement & { kind: 'declare' }): void {
  const { variables } = compilation;
  for (const { name, type: typeName, value, line } of statement.declarations) {
    const key = name.toLowerCase();
    if (variables.has(key)) throw duplicateVariable(name, line);
    // An unknown type is one error; the variable is declared all the same.
    variables.set(key, { name: 'int' });
    const type = resolveType(typeName, true);
    variables.set(key, type);
    if (value !== null) planValue(compilation, value, { type, line: statement.line });
  }
}
