import type { Engine, ServerFacts } from '../model/server.ts';
import type { ViewName, ViewRows } from '../model/snapshot.ts';
import { ColumnError, type ColumnType, plannedColumns, type RecordOf, sentColumns } from './column.ts';
import { enter, type Tell } from './entry.ts';

/** Columns by name, each with its SQL type. */
export type Columns = Readonly<Record<string, ColumnType>>;

/** What turns a raw row into a model row besides the row itself. */
export interface ParseContext {
  /** Turns plain `datetime` columns, which are in the server's local time, into instants; null: not known, so they are none. */
  readonly localOffsetSeconds: number | null;
  /** The exporter's clock when the server was asked, Unix seconds: stands in for a server's that can't be read. */
  readonly nowSeconds?: number;
  /** Hears of values that were not taken as they came. */
  readonly tell?: Tell;
}

/** What decides which columns a server has. */
export type VersionFacts = Pick<ServerFacts, 'engine' | 'majorVersion'>;

/** How a server's view differs from the documented one, as far as that was met. */
export interface Shape {
  /** Columns that the server does not have. */
  readonly absent: ReadonlySet<string>;
  /** Whether columns are asked as they are, since the server refuses to convert them. */
  readonly isRaw: boolean;
  /** How the server spells columns whose case it minds and has otherwise, by their names here. */
  readonly spelled: ReadonlyMap<string, string>;
}

/** As documented. */
export const documentedShape: Shape = { absent: new Set(), isRaw: false, spelled: new Map() };

/** One system view: what is read of it and how a row becomes a model row. */
export interface View<Name extends ViewName = ViewName> {
  readonly name: Name;
  /** The object in sys, or null for a batch that reads no object. */
  readonly source: string | null;
  /** The kind of server that has it; every server has it unless given. */
  readonly engine?: Engine;
  /** The batch, without a line break: one SELECT of named columns. `facts` says which columns exist; null: ask for those of every version. */
  readonly sql: (facts: VersionFacts | null, shape?: Shape) => string;
  /** The names of the columns that `sql` asks a server of the documented shape for; empty for a procedure. */
  readonly asked: (facts: VersionFacts | null) => readonly string[];
  /** Tells which columns the server has, without a row; null where no column can be missing. */
  readonly probe: string | null;
  /** Whether some columns are converted on the server, which a column of another type may refuse. */
  readonly converts: boolean;
  /** A step for each row. Throws ColumnError when there are rows and none can be told from the others. */
  readonly steps: (
    records: readonly Readonly<Record<string, unknown>>[],
    context: ParseContext,
  ) => Generator<void, readonly ViewRows[Name][], void>;
  /** All of its steps at once. */
  readonly parse: (
    records: readonly Readonly<Record<string, unknown>>[],
    context: ParseContext,
  ) => readonly ViewRows[Name][];
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
  /** Null for a row that can't be told from others, which is not to be seen from one column. */
  readonly parse: (
    record: RecordOf<C> & { readonly [Column in keyof Newer]: RecordOf<Newer>[Column] | null },
    context: ParseContext,
  ) => ViewRows[Name] | readonly ViewRows[Name][] | null;
  /** The columns of which a row needs one, where no single one tells it from others. */
  readonly oneOf?: readonly (keyof C & string)[];
}

/** Declares a view. A column that `parse` misspells, or a NULL that it forgets, does not compile. */
export function view<
  Name extends ViewName,
  const C extends Columns,
  const Newer extends Columns = Readonly<Record<never, ColumnType>>,
>(definition: Definition<Name, C, Newer>): View<Name> {
  const { source } = definition;
  const lengths = (definition.lengths ?? {}) as Readonly<Record<string, number>>;
  const asked = (facts: VersionFacts | null): readonly string[] => [
    ...Object.keys(definition.columns),
    ...existing(definition, facts),
  ];
  return {
    name: definition.name,
    source,
    lengths,
    asked,
    probe: source === null ? null : `SELECT TOP (0) * FROM ${source}`,
    converts: source !== null && definition.expressions !== undefined,
    sql: (facts, { absent, isRaw, spelled } = documentedShape) => {
      const names = asked(facts).filter((name) => !absent.has(name));
      const spoken = spelled.size === 0 ? definition : { ...definition, expressions: respelled(definition, spelled) };
      return selectStatement(isRaw ? { ...spoken, expressions: respelled({}, spelled) } : spoken, names);
    },
    ...parsedIn(parserOf(definition, lengths)),
  };
}

/** A view's way of parsing, in steps and at once. */
export function parsedIn<Name extends ViewName>(steps: View<Name>['steps']): Pick<View<Name>, 'steps' | 'parse'> {
  return {
    steps,
    parse: (records, context) => {
      const all = steps(records, context);
      for (;;) {
        const step = all.next();
        if (step.done) return step.value;
      }
    },
  };
}

function parserOf<Name extends ViewName, C extends Columns, Newer extends Columns>(
  definition: Definition<Name, C, Newer>,
  lengths: Readonly<Record<string, number>>,
): View<Name>['steps'] {
  const always = plannedColumns(definition.columns);
  const newer = plannedColumns(definition.newer ?? {});
  const absent = Object.fromEntries(newer.map(({ name }) => [name, null]));
  return function* steps(records, context) {
    // All rows of an answer have the same columns.
    const [first = {}] = records;
    const present = sentColumns(newer, first).filter(({ name, sentAs = name }) => sentAs in first);
    const { localOffsetSeconds, tell = ignore } = context;
    const entrance = { columns: [...sentColumns(always, first), ...present], lengths, localOffsetSeconds, tell };
    const rows: ViewRows[Name][] = [];
    let lost = 0;
    for (const record of records) {
      const entered = enter(record, entrance);
      // `enter` has made every value what its column promises.
      const whole = { ...absent, ...entered } as Parameters<typeof definition.parse>[0];
      const parsed = entered === null ? null : definition.parse(whole, context);
      if (parsed === null) lost += 1;
      else if (Array.isArray(parsed)) rows.push(...parsed);
      else rows.push(parsed as ViewRows[Name]);
      yield;
    }
    if (lost > 0 && lost === records.length) throw withoutIdentity(definition);
    return rows;
  };
}

function withoutIdentity({
  name,
  columns,
  oneOf = [],
}: {
  readonly name: string;
  readonly columns: Columns;
  readonly oneOf?: readonly string[];
}): ColumnError {
  const single = plannedColumns(columns).flatMap((column) => (column.isNullable ? [] : [column.name]));
  return new ColumnError(`no row of ${name} has what tells it from the others: ${[...single, ...oneOf].join(', ')}`);
}

function ignore(): void {}

/** What is asked for each column, with the names that the server spells otherwise. */
function respelled(
  { expressions }: Pick<Selectable, 'expressions'>,
  spelled: Shape['spelled'],
): NonNullable<Selectable['expressions']> {
  const own = [...spelled].map(([name, sent]) => {
    const expression = expressions?.[name] ?? name;
    return [name, expression.replace(new RegExp(`\\b${name}\\b`, 'g'), () => quotedName(sent))] as const;
  });
  return { ...expressions, ...Object.fromEntries(own) };
}

/** An identifier as T-SQL takes any. */
function quotedName(name: string): string {
  return `[${name.replaceAll(']', ']]')}]`;
}

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
  facts: VersionFacts | null,
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
