import type { Engine, ServerFacts } from '../model/server.ts';
import { ColumnError, type ColumnType, plannedColumns, type RecordOf } from '../views/column.ts';
import { enter, type Tell } from '../views/entry.ts';

type Columns = Readonly<Record<string, ColumnType>>;
type Raw = Readonly<Record<string, unknown>>;

/**
 * The right that a question needs, as `GRANT` names it; `null`: every login may ask. A catalog view shows a login without
 * VIEW ANY DEFINITION no rows instead of an error, so questions that hide rows are only believed when it is held.
 */
export interface Need {
  readonly right: string | null;
  /** What is enough since SQL Server 2022, and on a managed instance. */
  readonly narrowRight?: string;
  readonly hidesRows?: true;
}

/** One statement that a server is asked before a link is made: one SELECT of named columns, or DBCC TRACESTATUS. */
export interface Question<Row = unknown> {
  readonly id: string;
  readonly sides: readonly Engine[];
  /** The object that it reads, for people. */
  readonly source: string;
  readonly need: Need;
  /** The first major version of SQL Server that has the view; a managed instance has it. */
  readonly since: number;
  /** Asked once for each database. */
  readonly isPerDatabase: boolean;
  /** `database` is its quoted name, where it is asked for each. */
  readonly sql: (database: string) => string;
  /** Throws ColumnError for a row that is not what the columns promise. */
  readonly parse: (records: readonly Raw[]) => readonly Row[];
}

interface Definition<C extends Columns> {
  readonly id: string;
  readonly sides: readonly Engine[];
  readonly source: string;
  readonly columns: C;
  readonly expressions?: { readonly [Name in keyof C]?: string };
  readonly where?: string;
  readonly lengths?: { readonly [Name in keyof C]?: number };
  readonly need?: Need;
  readonly since?: number;
  readonly isPerDatabase?: true;
  /** The whole statement, where it is no SELECT. */
  readonly statement?: string;
}

export const bothSides: readonly Engine[] = ['sql_server', 'managed_instance'];

/** Declares a question; its rows have the types that its columns name. */
export function question<const C extends Columns>(definition: Definition<C>): Question<RecordOf<C>> {
  const { id, columns, lengths = {} } = definition;
  const planned = plannedColumns(columns);
  const entrance = { columns: planned, lengths: lengths as Record<string, number>, localOffsetSeconds: 0 };
  return {
    id,
    sides: definition.sides,
    source: definition.source,
    need: definition.need ?? { right: null },
    since: definition.since ?? 0,
    isPerDatabase: definition.isPerDatabase ?? false,
    sql: (database) => definition.statement ?? selectText(definition, database),
    parse: (records) =>
      records.map((record) => {
        const entered = enter(record, { ...entrance, tell: refuse(id) });
        if (entered === null) throw new ColumnError(`${id} has a row that is not what its columns promise`);
        // `enter` has made every value what its column promises.
        return entered as RecordOf<C>;
      }),
  };
}

/** What decides whether a link can be made is not guessed: a question whose answer is odd is not answered. */
function refuse(id: string): Tell {
  return ({ name, type }, oddity, came) => {
    if (oddity === 'missing') throw new ColumnError(`${id}.${name} is missing from the answer`);
    if (oddity === 'other_type') throw new ColumnError(`${id}.${name} is ${came}, not ${type}`);
  };
}

function selectText({ columns, expressions, source, where }: Definition<Columns>, database: string): string {
  const names = Object.keys(columns).map((name) => {
    const expression = expressions?.[name];
    return expression === undefined ? name : `${expression} AS ${name}`;
  });
  const from = /^(?:SERVERPROPERTY|HAS_)/.test(source) ? '' : ` FROM ${source.replace('[database]', database)}`;
  return `SELECT ${names.join(', ')}${from}${where === undefined ? '' : ` WHERE ${where}`}`;
}

/** Whether a server has what a question reads. */
export function isAsked(
  { sides, since }: Question,
  { engine, majorVersion }: Pick<ServerFacts, 'engine' | 'majorVersion'>,
): boolean {
  return sides.includes(engine) && (engine === 'managed_instance' || majorVersion >= since);
}
