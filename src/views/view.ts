import type { Engine, ServerFacts } from '../model/server.ts';
import type { ViewName, ViewRows } from '../model/snapshot.ts';
import { type ColumnType, checkRecord, type RecordOf } from './column.ts';
import { enter, type Tell } from './entry.ts';

/** Columns by name, each with its SQL type. */
export type Columns = Readonly<Record<string, ColumnType>>;

/** What turns a raw row into a model row besides the row itself. */
export interface ParseContext {
  /** Turns plain `datetime` columns, which are in the server's local time, into instants. */
  readonly localOffsetSeconds: number;
  /** Hears of values that were not taken as they came. */
  readonly tell?: Tell;
}

/** One system view: what is read of it and how a row becomes a model row. */
export interface View<Name extends ViewName = ViewName> {
  readonly name: Name;
  /** The object in sys, or null for a batch that reads no object. */
  readonly source: string | null;
  /** The kind of server that has it; every server has it unless given. */
  readonly engine?: Engine;
  /** The batch: one SELECT of named columns. `facts` says which columns exist; null: ask for those of every version. */
  readonly sql: (facts: Pick<ServerFacts, 'engine' | 'majorVersion'> | null) => string;
  /** Throws ColumnError when a row is not what the columns promise. */
  readonly parse: (
    records: readonly Readonly<Record<string, unknown>>[],
    context: ParseContext,
  ) => readonly ViewRows[Name][];
  /** Whether columns are left out on some version: after error 207 the view is asked again without them. */
  readonly hasNewerColumns: boolean;
  /** The longest text of each column that may be longer than a name. */
  readonly lengths: Readonly<Record<string, number>>;
}

interface Definition<Name extends ViewName, C extends Columns, Newer extends Columns> {
  readonly name: Name;
  readonly source: string | null;
  readonly columns: C;
  /** Columns that older versions lack: NULL there. */
  readonly newer?: Newer;
  /** First SQL Server major version that has each newer column; a managed instance has them all. */
  readonly since?: { readonly [Column in keyof Newer]: number };
  /** SQL where it is not the column itself. */
  readonly expressions?: { readonly [Column in keyof C]?: string };
  readonly where?: string;
  /** The longest text of each column that may be longer than a name: as its type is documented. */
  readonly lengths?: { readonly [Column in keyof C]?: number };
  readonly parse: (
    record: RecordOf<C> & { readonly [Column in keyof Newer]: RecordOf<Newer>[Column] | null },
    context: ParseContext,
  ) => ViewRows[Name] | readonly ViewRows[Name][];
}

/** Declares a view. A column that `parse` misspells, or a NULL that it forgets, does not compile. */
export function view<
  Name extends ViewName,
  const C extends Columns,
  const Newer extends Columns = Readonly<Record<never, ColumnType>>,
>(definition: Definition<Name, C, Newer>): View<Name> {
  const newer: Columns = definition.newer ?? {};
  const absent = Object.fromEntries(Object.keys(newer).map((name) => [name, null]));
  const lengths = (definition.lengths ?? {}) as Readonly<Record<string, number>>;
  return {
    name: definition.name,
    source: definition.source,
    hasNewerColumns: Object.keys(newer).length > 0,
    lengths,
    sql: (facts) => selectStatement(definition, [...Object.keys(definition.columns), ...existing(definition, facts)]),
    parse: (records, context) =>
      records.flatMap((record) => {
        const present = Object.fromEntries(Object.entries(newer).filter(([name]) => name in record));
        const columns: Columns = { ...definition.columns, ...present };
        checkRecord(definition.name, columns, record);
        const entrance = { view: definition.name, columns, lengths, tell: context.tell ?? ignore };
        // checkRecord has compared every value with the type that its column promises.
        const entered = { ...absent, ...enter(record, entrance) } as Parameters<typeof definition.parse>[0];
        return definition.parse(entered, context);
      }),
  };
}

function ignore(): void {}

type Selectable = {
  readonly source: string | null;
  readonly where?: string;
  readonly expressions?: Readonly<Record<string, string | undefined>>;
};

function selectStatement({ source, where, expressions }: Selectable, names: readonly string[]): string {
  const columns = names.map((name) => {
    const expression = expressions?.[name];
    return expression === undefined ? name : `${expression} AS ${name}`;
  });
  const from = source === null ? '' : ` FROM ${source}`;
  return `SELECT ${columns.join(', ')}${from}${where === undefined ? '' : ` WHERE ${where}`}`;
}

function existing(
  { since }: { readonly since?: Readonly<Record<string, number>> },
  facts: Pick<ServerFacts, 'engine' | 'majorVersion'> | null,
): string[] {
  if (facts === null) return [];
  return Object.entries(since ?? {})
    .filter(([, major]) => facts.engine === 'managed_instance' || facts.majorVersion >= major)
    .map(([name]) => name);
}

/** Whether a server has the view; one that did not say what it is may have any. */
export function isViewOf({ engine }: Pick<View, 'engine'>, server: Engine | null): boolean {
  return engine === undefined || server === null || engine === server;
}
