import type { End } from '../../src/simulator/pair-end.ts';
import type { Session } from '../../src/simulator/session.ts';
import { createSqlSession } from '../../src/simulator/sql/session.ts';
import type { ColumnType, SqlType, SqlValue } from '../../src/simulator/sql-type.ts';
import type { EncryptionPolicy } from '../../src/simulator/tds/prelogin.ts';
import { startTdsServer, type TdsServer } from '../../src/simulator/tds/server.ts';
import { certificate } from '../simulator/tds/scripted-server.ts';

/** Rows of a result set by the names of their columns. */
export type AlteredRow = Readonly<Record<string, SqlValue>>;

/** What becomes of the rows of a batch; as they are unless it changes something. */
export type Alter = (rows: readonly AlteredRow[], sql: string) => readonly AlteredRow[];

/**
 * A server that answers as `end` does, with rows that no SQL Server has: its names are as long as they like. Anybody may
 * log in. Ends with the context.
 */
export function startAltered(
  context: Ending,
  end: End,
  alter: Alter,
  encryption: EncryptionPolicy = 'on',
): Promise<TdsServer> {
  return startReshaped(context, end, (set, sql) => alteredRows(set, sql, alter), encryption);
}

interface Ending {
  readonly after: (close: () => unknown) => void;
}

/** A result set as it is sent: other columns and types too. */
export interface SentSet {
  readonly columns: readonly ColumnType[];
  readonly rows: readonly (readonly SqlValue[])[];
}

export type Reshape = (set: SentSet, sql: string) => SentSet;

/** As `startAltered`, with columns of any type and any name. */
export async function startReshaped(
  context: Ending,
  end: End,
  reshape: Reshape,
  encryption: EncryptionPolicy = 'on',
): Promise<TdsServer> {
  const server = await startTdsServer({
    host: '127.0.0.1',
    port: 0,
    tls: certificate,
    encryption,
    productVersion: '16.0.4175.1',
    serverName: 'sql-prod-01',
    login: () => {
      const session = createSqlSession({ instance: end.instance, login: 'milink', database: 'master' });
      return {
        ...session,
        database: session.database,
        close: () => session.close(),
        execute: reshaped(session, reshape),
      };
    },
  });
  context.after(() => server.close());
  return server;
}

function reshaped(session: Session, reshape: Reshape): Session['execute'] {
  return async function* (sql, parameters, signal) {
    let count: number | null = null;
    // The exporter sends a statement on each line.
    const statements = sql.split(/;?\n|;$/);
    let at = 0;
    for await (const event of session.execute(sql, parameters, signal)) {
      if (event.kind === 'rows') {
        const set = { columns: event.columns, rows: [...event.rows] };
        const { columns, rows } = reshape(set, statements[at] ?? sql);
        count = rows.length;
        at += 1;
        yield { kind: 'rows', columns, rows };
      } else if (event.kind === 'done' && event.rowCount !== null && count !== null) {
        yield { ...event, rowCount: count };
      } else {
        yield event;
      }
    }
  };
}

function alteredRows(set: SentSet, sql: string, alter: Alter): SentSet {
  const names = set.columns.map(({ name }) => name);
  const before = set.rows.map((row) => Object.fromEntries(names.map((name, at) => [name, row[at] ?? null])));
  const rows = alter(before, sql).map((row) => names.map((name) => row[name] ?? null));
  return { columns: set.columns.map(widened), rows };
}

/** Texts of any length, whatever the catalog says of them. */
function widened(column: ColumnType): ColumnType {
  const isText = column.type.name === 'nvarchar' || column.type.name === 'varchar';
  const type: SqlType = isText ? { name: 'nvarchar', length: 'max' } : column.type;
  return { ...column, type };
}
