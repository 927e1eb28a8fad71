import type { SqlType } from '../sql-type.ts';
import type { Declaration, Statement } from './ast.ts';
import { executeBatches } from './batch.ts';
import { conversion } from './convert.ts';
import { isText } from './data-type.ts';
import { SqlError, sqlError } from './errors.ts';
import { unknownProcedure } from './errors-name.ts';
import { type Execution, evaluate, failed, type Step, type Value } from './execution.ts';
import { parseDeclarations } from './parse-text.ts';
import type { Variable } from './runtime.ts';
import { resolveType } from './type-name.ts';

const depthLimit = 32;

/** EXEC: only sp_executesql exists here; every other procedure is error 2812. */
export async function* executeProcedure(execution: Execution, statement: Statement & { kind: 'execute' }): Step {
  const { procedure, args, line } = statement;
  if (procedure.at(-1)?.toLowerCase() !== 'sp_executesql') {
    return yield* failed(execution, [unknownProcedure(procedure.join('.'), line)], line);
  }
  const values: (Value & { readonly name: string | null })[] = [];
  for (const { name, value } of args) {
    const result = yield* evaluate(execution, value, line);
    if (typeof result === 'string') return result;
    values.push({ ...result, name });
  }
  const [text, declared, ...given] = values;
  if (text === undefined || !isText(text.type)) return yield* failed(execution, [notText('@statement')], line);
  try {
    const variables = bindParameters(String(declared?.value ?? ''), given);
    return yield* executeInner(execution, { text: String(text.value ?? ''), variables, line });
  } catch (error) {
    if (error instanceof SqlError) return yield* failed(execution, [error], line);
    throw error;
  }
}

/** `EXEC ('...')`. */
export async function* executeText(execution: Execution, statement: Statement & { kind: 'execute text' }): Step {
  const result = yield* evaluate(execution, statement.text, statement.line);
  if (typeof result === 'string') return result;
  const text = String(result.value ?? '');
  return yield* executeInner(execution, { text, variables: new Map(), line: statement.line });
}

/** Runs text as a batch with variables of its own; an error in it ends the inner batch, not the outer. */
async function* executeInner(
  execution: Execution,
  inner: { readonly text: string; readonly variables: Map<string, Variable>; readonly line: number },
): Step {
  const { runtime, signal, depth } = execution;
  if (depth >= depthLimit) {
    const message = `Maximum stored procedure, function, trigger, or view nesting level exceeded (limit ${depthLimit}).`;
    return yield* failed(execution, [sqlError({ number: 217 }, message)], inner.line);
  }
  const outer = runtime.variables;
  try {
    yield* executeBatches(runtime, { ...inner, signal, depth: depth + 1 });
  } finally {
    runtime.variables = outer;
  }
  return signal.aborted ? 'abort' : 'next';
}

function notText(name: string): SqlError {
  const message = `Procedure expects parameter '${name}' of type 'ntext/nchar/nvarchar'.`;
  return sqlError({ number: 214, state: 2, reach: 'statement' }, message);
}

function bindParameters(
  declared: string,
  given: readonly (Value & { readonly name: string | null })[],
): Map<string, Variable> {
  const declarations = declared.trim() === '' ? [] : parseDeclarations(declared);
  if (given.length > declarations.length) {
    throw sqlError({ number: 8144, state: 2 }, 'Procedure or function has too many arguments specified.');
  }
  return new Map(
    declarations.map((declaration, at) => [declaration.name.toLowerCase(), parameter(declaration, given, at)]),
  );
}

function parameter(
  declaration: Declaration,
  given: readonly (Value & { readonly name: string | null })[],
  at: number,
): Variable {
  const type: SqlType = resolveType(declaration.type, true);
  const named = given.find(({ name }) => name?.toLowerCase() === declaration.name.toLowerCase());
  const positional = given[at]?.name === null ? given[at] : undefined;
  const found = named ?? positional;
  if (found === undefined) {
    const message = `The parameterized query expects the parameter '${declaration.name}', which was not supplied.`;
    throw sqlError({ number: 8178 }, message);
  }
  const convert = conversion(found.type, type, { explicit: false, style: 0, line: 0 });
  return { type, value: convert === null ? found.value : convert(found.value) };
}
