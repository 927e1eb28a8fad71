import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { Table } from '../catalog/table.ts';
import type { Row } from '../row.ts';
import { isText } from './data-type.ts';
import { outOfResources, SqlError } from './errors/errors.ts';
import { type Stored, toStored } from './storage.ts';
import { textKey } from './text-key.ts';

export type ScalarFunction = (...args: Stored[]) => Stored;

export interface Aggregate<State> {
  readonly start: () => State;
  readonly step: (state: State, ...args: Stored[]) => State;
  readonly result: (state: State) => Stored;
}

/** A session's SQLite database: the tables that its statements read, and the functions that they call. */
export interface SqliteEngine {
  /** Makes a function known once for each key and gives its name in SQL. */
  define(key: string, run: ScalarFunction): string;
  defineAggregate<State>(key: string, aggregate: Aggregate<State>): string;
  /** Puts rows in place of all earlier ones of that table; only the columns named, and the text keys named. */
  load(
    table: Table,
    columns: { readonly values: readonly string[]; readonly keys: readonly string[] },
    rows: Iterable<Row>,
  ): void;
  /** Runs one SELECT. Throws SqlError. */
  all(sql: string, parameters: readonly Stored[]): readonly (readonly Stored[])[];
  /** The rows that a SELECT that fails gives before it does. */
  untilFailure(sql: string, parameters: readonly Stored[]): readonly (readonly Stored[])[];
  close(): void;
}

/** Prepared statements kept; a client that sends different text each time doesn't fill the memory. */
const statementLimit = 256;

export function createSqliteEngine(): SqliteEngine {
  const database = new DatabaseSync(':memory:');
  const failures = createFailures();
  const statements = createStatements(database);
  const created = new Map<string, Table>();
  return {
    ...createFunctions(database, failures),
    load: (table, columns, rows) => {
      if (created.get(table.name) !== table) {
        statements.forget();
        createTable(database, table);
        created.set(table.name, table);
      }
      loadRows(database, { table, ...columns, prepare: statements.prepare }, rows);
    },
    all: (sql, parameters) => {
      failures.take();
      const named = parameters.slice(0, highestParameter(sql));
      const rows = failures.guard(() => statements.prepare(sql).all(...named) as unknown as Stored[][], []);
      const failure = failures.take();
      if (failure !== null) throw failure instanceof SqlError ? failure : outOfResources(failure);
      return rows;
    },
    untilFailure: (sql, parameters) => {
      const rows: Stored[][] = [];
      failures.guard(() => {
        for (const row of statements.prepare(sql).iterate(...parameters.slice(0, highestParameter(sql)))) {
          if (failures.pending()) return;
          rows.push(row as unknown as Stored[]);
        }
      }, undefined);
      failures.take();
      return rows;
    },
    close: () => {
      if (database.isOpen) database.close();
    },
  };
}

interface Statements {
  prepare(sql: string): StatementSync;
  forget(): void;
}

function createStatements(database: DatabaseSync): Statements {
  const statements = new Map<string, StatementSync>();
  return {
    prepare: (sql) => {
      const found = statements.get(sql);
      if (found !== undefined) return found;
      if (statements.size >= statementLimit) statements.clear();
      const statement = database.prepare(sql);
      statement.setReadBigInts(true);
      statement.setReturnArrays(true);
      statements.set(sql, statement);
      return statement;
    },
    forget: () => statements.clear(),
  };
}

/** Errors don't come through an aggregate function: the first one is kept here and thrown after the statement. */
interface Failures {
  guard<Result>(run: () => Result, otherwise: Result): Result;
  /** Whether an error is kept: functions then stop working, for the statement is lost. */
  pending(): boolean;
  take(): unknown;
}

function createFailures(): Failures {
  let failure: unknown = null;
  return {
    guard: (run, otherwise) => {
      try {
        return run();
      } catch (error) {
        failure ??= error;
        return otherwise;
      }
    },
    pending: () => failure !== null,
    take: () => {
      const taken = failure;
      failure = null;
      return taken;
    },
  };
}

function createFunctions(
  database: DatabaseSync,
  { guard, pending }: Failures,
): Pick<SqliteEngine, 'define' | 'defineAggregate'> {
  const names = new Map<string, string>();
  const options = { useBigIntArguments: true, varargs: true };
  const nameOf = (key: string, make: (name: string) => void): string => {
    const found = names.get(key);
    if (found !== undefined) return found;
    const name = `f${names.size + 1}`;
    make(name);
    names.set(key, name);
    return name;
  };
  return {
    define: (key, run) =>
      nameOf(key, (name) => {
        database.function(name, options, (...args: Stored[]) => (pending() ? null : guard(() => run(...args), null)));
      }),
    defineAggregate: (key, aggregate) =>
      nameOf(key, (name) => {
        database.aggregate(name, {
          ...options,
          // States are objects behind a function's result, which the typings take for an SQL value.
          start: () => aggregate.start() as never,
          step: (state: never, ...args: Stored[]) => guard(() => aggregate.step(state, ...args), state) as never,
          result: (state: never) => guard(() => aggregate.result(state), null),
        });
      }),
  };
}

/** The last parameter that SQL names: literals that were folded into others leave theirs behind. */
function highestParameter(sql: string): number {
  return Math.max(0, ...[...sql.matchAll(/\?(\d+)/g)].map(([, number]) => Number(number)));
}

/** A name in SQLite's quotes. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function tableName(name: string): string {
  return quoted(`t:${name}`);
}

/** The column beside a text column that holds its comparison key, so that joins on it need no function. */
export function keyColumn(name: string): string {
  return quoted(`k:${name}`);
}

/** Columns without a declared type: SQLite then changes no value. */
function createTable(database: DatabaseSync, table: Table): void {
  const columns = table.columns.flatMap(({ name, type }) =>
    isText(type) ? [quoted(name), keyColumn(name)] : [quoted(name)],
  );
  database.exec(`DROP TABLE IF EXISTS ${tableName(table.name)}`);
  database.exec(`CREATE TABLE ${tableName(table.name)} (${columns.join(', ')})`);
}

interface Load {
  readonly table: Table;
  readonly values: readonly string[];
  readonly keys: readonly string[];
  readonly prepare: (sql: string) => StatementSync;
}

function loadRows(database: DatabaseSync, load: Load, rows: Iterable<Row>): void {
  const { table, prepare } = load;
  const first = table.columns[0]?.name ?? '';
  const columns = load.values.length === 0 ? [first] : load.values;
  const readers = columns.map((name) => reader(table, name));
  const keyed = load.keys.map((name) => columns.indexOf(name));
  const targets = [...columns.map(quoted), ...load.keys.map(keyColumn)];
  const insert = prepare(
    `INSERT INTO ${tableName(table.name)} (${targets.join(', ')}) VALUES (${targets.map(() => '?').join(', ')})`,
  );
  database.exec('BEGIN');
  try {
    database.exec(`DELETE FROM ${tableName(table.name)}`);
    for (const row of rows) {
      const values = readers.map((read) => read(row));
      insert.run(...values, ...keyed.map((at) => storedKey(values[at] ?? null)));
    }
  } finally {
    database.exec('COMMIT');
  }
}

function storedKey(value: Stored): Stored {
  return value === null ? null : textKey(String(value));
}

function reader(table: Table, name: string): (row: Row) => Stored {
  const column = table.columns.find((each) => each.name === name);
  const convert = toStored(column?.type ?? { name: 'int' });
  return (row) => convert(row[name] ?? null);
}
