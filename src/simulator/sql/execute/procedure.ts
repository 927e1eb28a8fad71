import type { Instance, Procedure } from '../../instance.ts';
import type { SqlType, SqlValue } from '../../sql-type.ts';
import type { Declaration, ExecuteArgument, Statement } from '../ast.ts';
import { conversion } from '../convert/convert.ts';
import { isText } from '../data-type.ts';
import { SqlError, sqlError, unsupported } from '../errors/errors.ts';
import { unknownProcedure } from '../errors/name.ts';
import { isKnownProcedure } from '../known-names.ts';
import { parseDeclarations } from '../parse/text.ts';
import { holds } from '../permission.ts';
import { type Argument, procedureValues } from '../procedure-call.ts';
import type { Variable } from '../runtime.ts';
import { toStored } from '../storage.ts';
import { resolveType } from '../type-name.ts';
import { executeBatch, executeBatches } from './batch.ts';
import { done, type Execution, evaluate, failed, type Step } from './execution.ts';

const depthLimit = 32;

/** EXEC: sp_executesql and the procedures of the instance; every other one is error 2812. */
export async function* executeProcedure(execution: Execution, statement: Statement & { kind: 'execute' }): Step {
  const { runtime } = execution;
  let number = 0;
  const iterator = runProcedure(execution, statement);
  let next = await iterator.next();
  for (; next.done !== true; next = await iterator.next()) {
    if (next.value.kind === 'error') number = next.value.error.number;
    yield next.value;
  }
  const variable = statement.result === null ? undefined : runtime.variables.get(statement.result.toLowerCase());
  // A system procedure returns 1 when it fails, sp_executesql the number of the error.
  const isText = statement.procedure.at(-1)?.toLowerCase() === 'sp_executesql';
  if (variable !== undefined) variable.value = BigInt(isText ? number : Math.min(number, 1));
  return next.value;
}

async function* runProcedure(execution: Execution, statement: Statement & { kind: 'execute' }): Step {
  const { procedure, args, line } = statement;
  const name = procedure.at(-1)?.toLowerCase() ?? '';
  const made = execution.runtime.instance.changes?.procedures.get(name);
  if (made !== undefined) return yield* executeMade(execution, made.body as readonly Statement[], line);
  const system = execution.runtime.instance.procedures?.get(name);
  const isFound = system !== undefined && isSystemSchema(procedure) && isInDatabase(execution, system, procedure);
  if (name !== 'sp_executesql' && !isFound) {
    const isKnown = system === undefined && isKnownProcedure(name);
    const written = procedure.join('.');
    return yield* failed(execution, [isKnown ? unsupported(written, line) : unknownProcedure(written, line)], line);
  }
  const values: Argument[] = [];
  for (const { name, value, isDefault } of args) {
    const result = yield* evaluate(execution, value, line);
    if (typeof result === 'string') return result;
    values.push({ ...result, name, isDefault });
  }
  if (system !== undefined) return yield* executeSystem(execution, { name, procedure: system, values, args, line });
  const [text, declared, ...given] = values;
  if (text === undefined || !isText(text.type)) return yield* failed(execution, [notText('@statement')], line);
  try {
    const variables = bindParameters(String(declared?.value ?? ''), given);
    const outputs = args.slice(2);
    return yield* executeInner(execution, { text: String(text.value ?? ''), variables, line, outputs });
  } catch (error) {
    if (error instanceof SqlError) return yield* failed(execution, [error], line);
    throw error;
  }
}

/** A procedure of the system is found in any database, in its own schema or through dbo. */
function isSystemSchema(procedure: readonly string[]): boolean {
  return ['', 'sys', 'dbo'].includes(procedure.at(-2)?.toLowerCase() ?? '');
}

/** Some are in one database only: found from there, or by its name. */
function isInDatabase({ runtime }: Execution, { database }: Procedure, name: readonly string[]): boolean {
  const asked = name.at(-3) ?? runtime.database;
  return database === undefined || asked.toLowerCase() === database;
}

/** A procedure that somebody made: a batch with variables of its own. */
async function* executeMade(execution: Execution, body: readonly Statement[], line: number): Step {
  const { runtime, signal, depth } = execution;
  if (depth >= depthLimit) return yield* failed(execution, [tooDeep()], line);
  const outer = runtime.variables;
  try {
    yield* executeBatch(runtime, { text: '', variables: new Map(), signal, depth: depth + 1 }, body);
  } finally {
    runtime.variables = outer;
  }
  return signal.aborted ? 'abort' : 'next';
}

function tooDeep(): SqlError {
  const message = `Maximum stored procedure, function, trigger, or view nesting level exceeded (limit ${depthLimit}).`;
  return sqlError({ number: 217 }, message);
}

/** A procedure that the instance has: its errors and its one result set. */
async function* executeSystem(execution: Execution, { name, procedure, values, args, line }: SystemCall): Step {
  const { runtime, signal } = execution;
  const { instance, login } = runtime;
  const denied = instance.denied(name, login);
  if (denied !== null) return yield* failed(execution, [new SqlError({ ...denied, line: 0 }, 'statement')], line);
  try {
    const call = { values: procedureValues(name, procedure, values), login, holds: holdsOf(instance, login) };
    if (runtime.formatOnly) {
      if (procedure.columns.length > 0) yield { kind: 'rows', columns: procedure.columns, rows: [] };
      yield done(execution, 0);
      return 'next';
    }
    await instance.beforeRead(name, signal);
    const result = procedure.run(call);
    if ('error' in result) return yield* failed(execution, [new SqlError(result.error, 'statement')], line);
    runtime.rowCount = result.rows.length;
    runtime.errorNumber = 0;
    setOutputs(execution, { procedure, args, outputs: result.outputs ?? new Map() });
    if (procedure.columns.length === 0) {
      yield done(execution, null);
      return 'next';
    }
    yield { kind: 'rows', columns: procedure.columns, rows: result.rows };
    yield done(execution, result.rows.length);
    return 'next';
  } catch (error) {
    if (signal.aborted) return 'abort';
    if (error instanceof SqlError) return yield* failed(execution, [error], line);
    throw error;
  }
}

interface Given {
  /** The parameters' names, lower case, in their order. */
  readonly names: readonly string[];
  readonly set: ReadonlyMap<string, Variable>;
  readonly args: readonly ExecuteArgument[];
}

/** What the parameters of an inner batch hold at its end, for those that were given with OUTPUT. */
function giveBack({ runtime }: Execution, { names, set, args }: Given): void {
  for (const [at, { name, value, isOutput }] of args.entries()) {
    const from = set.get(name?.toLowerCase() ?? names[at] ?? '');
    const to = value.kind === 'variable' ? runtime.variables.get(value.name.toLowerCase()) : undefined;
    if (!isOutput || from === undefined || to === undefined) continue;
    const convert = conversion(from.type, to.type, { explicit: false, style: 0, line: 0 });
    to.value = convert === null ? from.value : convert(from.value);
  }
}

/** Puts output parameters into the variables that were given for them with OUTPUT. */
function setOutputs(
  { runtime }: Execution,
  {
    procedure,
    args,
    outputs,
  }: Pick<SystemCall, 'procedure' | 'args'> & { readonly outputs: ReadonlyMap<string, SqlValue> },
): void {
  for (const [at, { name, value, isOutput }] of args.entries()) {
    const parameter = procedure.parameters.find((each, index) =>
      name === null ? index === at : each.name.toLowerCase() === name.toLowerCase(),
    );
    if (!isOutput || value.kind !== 'variable' || parameter === undefined || !outputs.has(parameter.name)) continue;
    const variable = runtime.variables.get(value.name.toLowerCase());
    if (variable === undefined) continue;
    const stored = toStored(parameter.type)(outputs.get(parameter.name) ?? null);
    const convert = conversion(parameter.type, variable.type, { explicit: false, style: 0, line: 0 });
    variable.value = convert === null ? stored : convert(stored);
  }
}

interface SystemCall {
  readonly name: string;
  readonly procedure: Procedure;
  readonly values: readonly Argument[];
  readonly args: readonly ExecuteArgument[];
  readonly line: number;
}

function holdsOf(instance: Instance, login: string): (permission: string) => boolean {
  return (permission) => holds(instance, login, permission) === true;
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
  inner: {
    readonly text: string;
    readonly variables: Map<string, Variable>;
    readonly line: number;
    /** Its arguments, in the order of `variables`, of which some may be wanted back. */
    readonly outputs?: readonly ExecuteArgument[];
  },
): Step {
  const { runtime, signal, depth } = execution;
  if (depth >= depthLimit) {
    return yield* failed(execution, [tooDeep()], inner.line);
  }
  const outer = runtime.variables;
  try {
    yield* executeBatches(runtime, { ...inner, signal, depth: depth + 1 });
  } finally {
    const set = runtime.variables;
    runtime.variables = outer;
    giveBack(execution, { names: [...inner.variables.keys()], set, args: inner.outputs ?? [] });
  }
  return signal.aborted ? 'abort' : 'next';
}

function notText(name: string): SqlError {
  const message = `Procedure expects parameter '${name}' of type 'ntext/nchar/nvarchar'.`;
  return sqlError({ number: 214, state: 2, reach: 'statement' }, message);
}

function bindParameters(declared: string, given: readonly Argument[]): Map<string, Variable> {
  const declarations = declared.trim() === '' ? [] : parseDeclarations(declared);
  if (given.length > declarations.length) {
    throw sqlError({ number: 8144, state: 2 }, 'Procedure or function has too many arguments specified.');
  }
  return new Map(
    declarations.map((declaration, at) => [declaration.name.toLowerCase(), parameter(declaration, given, at)]),
  );
}

function parameter(declaration: Declaration, given: readonly Argument[], at: number): Variable {
  const type: SqlType = resolveType(declaration.type, true);
  const named = given.find(({ name }) => name?.toLowerCase() === declaration.name.toLowerCase());
  const positional = given[at]?.name === null ? given[at] : undefined;
  const found = named ?? positional;
  if (found === undefined || found.isDefault) {
    const message = `The parameterized query expects the parameter '${declaration.name}', which was not supplied.`;
    throw sqlError({ number: 8178 }, message);
  }
  const convert = conversion(found.type, type, { explicit: false, style: 0, line: 0 });
  return { type, value: convert === null ? found.value : convert(found.value) };
}
