import type { BatchParameter, NamedCall, SqlErrorInfo } from '../session.ts';
import type { SqlValue } from '../sql-type.ts';
import type { RpcParameter, RpcRequest } from './request.ts';

/** What a procedure call comes to. */
export type ProcedureCall =
  | {
      readonly kind: 'execute';
      readonly sql: string;
      readonly parameters: readonly BatchParameter[];
      /** A handle to return to the client, of a statement just prepared; null for none. */
      readonly handle: number | null;
    }
  | { readonly kind: 'prepared'; readonly handle: number }
  | { readonly kind: 'unprepared' }
  /** Any other procedure: the session may have it. */
  | { readonly kind: 'named'; readonly call: NamedCall }
  | { readonly kind: 'error'; readonly error: SqlErrorInfo };

/** The statements that one connection has prepared. */
export interface Procedures {
  /** Never throws: a wrong call is an `error`. */
  readonly resolve: (request: RpcRequest) => ProcedureCall;
  /** Forgets what was prepared, as a reset of the connection does. */
  readonly forget: () => void;
}

interface Statement {
  readonly sql: string;
  readonly declarations: string;
}

/** More than a client of the simulator needs; a real server has no such limit. */
const maximumStatements = 1000;

const failure = (number: number, message: string, procedure: string): ProcedureCall => ({
  kind: 'error',
  error: { number, state: 1, class: 16, message, line: 1, procedure },
});

/** sp_executesql, sp_prepare, sp_execute, sp_prepexec and sp_unprepare for one connection; the rest is the session's. */
export function createProcedures(): Procedures {
  const statements = new Map<number, Statement>();
  let lastHandle = 0;
  const prepare = (declarations: SqlValue, sql: SqlValue): number => {
    lastHandle += 1;
    statements.set(lastHandle, { sql: textOf(sql), declarations: textOf(declarations) });
    // The oldest goes first: a client that never unprepares must not grow the simulator.
    const oldest = statements.keys().next().value;
    if (statements.size > maximumStatements && oldest !== undefined) statements.delete(oldest);
    return lastHandle;
  };
  const resolve = ({ procedure, parameters }: RpcRequest): ProcedureCall => {
    const [first, second, third, ...rest] = parameters.map((parameter) => parameter.value);
    const name = isOfSystem(procedure) ? (procedure.at(-1)?.toLowerCase() ?? '') : '';
    switch (name) {
      case 'sp_executesql':
        return execute({ sql: textOf(first), declarations: textOf(second) }, parameters.slice(2), null);
      case 'sp_prepare':
        return { kind: 'prepared', handle: prepare(second ?? '', third ?? '') };
      case 'sp_prepexec': {
        const statement = { sql: textOf(third), declarations: textOf(second) };
        return execute(statement, parameters.slice(3, 3 + rest.length), prepare(statement.declarations, statement.sql));
      }
      case 'sp_execute': {
        const statement = statements.get(Number(first));
        if (statement === undefined) {
          return failure(8179, `Could not find prepared statement with handle ${first ?? 0}.`, name);
        }
        return execute(statement, parameters.slice(1), null);
      }
      case 'sp_unprepare':
        statements.delete(Number(first));
        return { kind: 'unprepared' };
      default:
        return { kind: 'named', call: { procedure, parameters } };
    }
  };
  return { resolve, forget: () => statements.clear() };
}

/** The procedures of the wire are found through any database, in sys, in dbo, or without a schema. */
function isOfSystem(procedure: readonly string[]): boolean {
  return ['', 'sys', 'dbo'].includes(procedure.at(-2)?.toLowerCase() ?? '');
}

function execute(statement: Statement, values: readonly RpcParameter[], handle: number | null): ProcedureCall {
  const names = declaredNames(statement.declarations);
  const parameters = values.map((parameter, index) => ({
    // A value without a name belongs to the declaration at its place.
    ...parameter,
    name: parameter.name === '' ? (names[index] ?? '') : parameter.name,
  }));
  const given = parameters.filter(({ isDefault }) => !isDefault);
  const missing = names.find((name) => !given.some((each) => each.name.toLowerCase() === name.toLowerCase()));
  if (missing !== undefined) {
    const declarations = `(${statement.declarations})${statement.sql}`;
    const message = `The parameterized query '${declarations.slice(0, 128)}' expects the parameter '${missing}', which was not supplied.`;
    return failure(8178, message, '');
  }
  return { kind: 'execute', sql: statement.sql, parameters, handle };
}

/** The names in `@a int, @b numeric(10,2)`: no type of a declaration holds an `@`. */
function declaredNames(declarations: string): readonly string[] {
  return declarations.match(/@[\p{L}\p{N}_@#$]+/gu) ?? [];
}

function textOf(value: SqlValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
