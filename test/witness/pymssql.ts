import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { EndName } from '../../src/simulator/world/topology.ts';
import { asPython, type PythonValue, type ResultSet } from './result-set.ts';
import type { ServerError } from './server-error.ts';
import type { WitnessPair } from './witness-pair.ts';

/** One query, or the call of a procedure; the account and the database are the pair's usual ones unless given. */
export interface PymssqlQuery {
  readonly end: EndName;
  readonly sql?: string;
  /** Called with the parameters, in place of `sql`, as a remote procedure of TDS. */
  readonly procedure?: string;
  /** Values for `%s`, or of the procedure's parameters in their order, as Python's type and text. */
  readonly parameters?: readonly (readonly [type: string, text: string])[];
  readonly user?: string;
  readonly password?: string;
  readonly database?: string;
}

/** Columns by name, and rows in Python's types. */
export interface PythonResult {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly PythonValue[])[];
}

/** The result sets that arrived, and the error that ended them, if one did. */
export interface PymssqlAnswer {
  readonly results: readonly PythonResult[];
  readonly error: ServerError | null;
  /** The exception that a program sees, errors of the client's own included. */
  readonly exception?: string;
}

/** Debian's python3-pymssql in a process of its own; its connections stay open from one query to the next. */
export interface Pymssql {
  ask(witness: WitnessPair, query: PymssqlQuery): Promise<PymssqlAnswer>;
  stop(): Promise<void>;
}

export function startPymssql(): Pymssql {
  // Debian's own interpreter: another python3 first on the PATH does not see Debian's modules.
  const child = spawn('/usr/bin/python3', [join(import.meta.dirname, 'pymssql-client.py')], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { PYTHONIOENCODING: 'utf-8', LC_ALL: 'C.UTF-8' },
  });
  // A process that ended is told of by its missing answer.
  child.on('error', () => {});
  child.stdin.on('error', () => {});
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    ask: async (witness, { end, ...rest }) => {
      const login = { user: 'milink', password: 'milink-demo', database: 'master' };
      const place = { freeTdsFile: witness.freeTdsFile, server: end, port: String(witness.pair[end].port) };
      child.stdin.write(`${JSON.stringify({ ...login, ...place, parameters: [], sql: '', procedure: '', ...rest })}\n`);
      const answer = await answers.next();
      if (answer.done) throw new Error('pymssql ended: is the Debian package python3-pymssql installed?');
      return JSON.parse(answer.value);
    },
    stop: async () => {
      const ended = once(child, 'exit');
      child.stdin.end();
      await ended;
    },
  };
}

/** What pymssql should give for these result sets. */
export function pythonResults(results: readonly ResultSet[]): readonly PythonResult[] {
  return results.map(({ columns, rows }) => ({
    columns: columns.map(([name]) => name),
    rows: rows.map((row) => columns.map(([, type], index) => asPython(type, row[index] ?? null))),
  }));
}
