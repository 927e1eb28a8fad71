import type { Table } from '../../catalog/table.ts';
import type { SqlType } from '../../sql-type.ts';
import type { CommonTable } from '../ast.ts';
import type { SqlError } from '../errors/errors.ts';
import type { Runtime } from '../runtime.ts';
import type { Stored } from '../storage.ts';

/** An expression whose names and types are resolved: SQL for SQLite and what a real server would say of it. */
export interface Bound {
  readonly sql: string;
  readonly type: SqlType;
  readonly nullable: boolean;
  /** A literal's value, known before the statement runs. */
  readonly constant?: Stored;
  /** The word NULL, which takes the type of its surroundings. */
  readonly isNull?: boolean;
  /** SQL of the key that text is compared by, where a table holds it ready. */
  readonly key?: () => string;
}

/** A value given to a prepared statement: a literal, or a variable's value at that time. */
export type Parameter =
  | { readonly kind: 'constant'; readonly value: Stored }
  | { readonly kind: 'variable'; readonly name: string };

/** A table that a statement reads, with the columns that it names. */
export interface TableUse {
  readonly table: Table;
  readonly values: Set<string>;
  readonly keys: Set<string>;
}

/** What binding one statement gathers. */
export interface Binder {
  readonly runtime: Runtime;
  /** Types of the variables declared so far, by lower-case name. */
  readonly variables: ReadonlyMap<string, SqlType>;
  readonly parameters: Parameter[];
  readonly parameterNumbers: Map<string, number>;
  readonly tables: Map<string, TableUse>;
  /** Errors that don't keep the rest from being read: a real server reports every invalid column. */
  readonly problems: SqlError[];
  /** Variables that the SELECT being bound assigns, so that it reads them row by row. */
  readonly assigned: Set<string>;
  sources: number;
}

export function createBinder(runtime: Runtime, variables: ReadonlyMap<string, SqlType>): Binder {
  return {
    runtime,
    variables,
    parameters: [],
    parameterNumbers: new Map(),
    tables: new Map(),
    problems: [],
    assigned: new Set(),
    sources: 0,
  };
}

export interface SourceColumn {
  readonly name: string;
  readonly type: SqlType;
  readonly nullable: boolean;
  readonly isNull?: boolean;
  /** The column in SQL; calling it notes that the statement reads the column. */
  readonly sql: () => string;
  readonly key?: () => string;
}

/** A table in FROM, by the name that the query knows it by. */
export interface Source {
  /** Name parts as columns may be qualified: `['ag']`, or `['sys', 'databases']` without an alias. */
  readonly name: readonly string[];
  readonly columns: readonly SourceColumn[];
}

/** Which columns a query may use outside aggregates, and what it calls the clause being bound. */
export interface Grouping {
  /** SQL of the GROUP BY expressions. */
  readonly groups: ReadonlySet<string>;
  /** GROUP BY expressions that are more than a column, by their text. */
  readonly expressions: ReadonlyMap<string, Bound>;
  clause: 'select list' | 'HAVING clause';
}

/** Where names are looked up: a query's tables, then those of the query around it. */
export interface Scope {
  readonly sources: readonly Source[];
  readonly parent: Scope | null;
  readonly commonTables: ReadonlyMap<string, CommonTableScope>;
  grouping: Grouping | null;
  /** Whether an aggregate may stand here, and whether one is being bound. */
  aggregates: 'allowed' | 'refused' | 'inside';
}

/** A common table expression with the others that it may name. */
export interface CommonTableScope {
  readonly table: CommonTable;
  readonly visible: ReadonlyMap<string, CommonTableScope>;
  /** Its own query asks for it: recursion is not simulated. */
  readonly isItself?: true;
}

export function childScope(parent: Scope | null, sources: readonly Source[]): Scope {
  const commonTables = parent?.commonTables ?? new Map<string, CommonTableScope>();
  return { sources, parent, commonTables, grouping: null, aggregates: 'refused' };
}

export function nextSource(binder: Binder): string {
  binder.sources += 1;
  return `s${binder.sources}`;
}
