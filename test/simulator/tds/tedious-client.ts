import { Connection, type ConnectionConfiguration, Request } from 'tedious';
import type { TdsServer } from '../../../src/simulator/tds/server.ts';
import { certificate, password, userName } from './scripted-server.ts';

/** How a test connects: plain, TLS inside PRELOGIN, or TDS 8. */
export type Encryption = false | true | 'strict';

type Options = NonNullable<ConnectionConfiguration['options']>;

/** A logged-in connection of the real driver; rejects as the driver does. The test closes it. */
export function connect(server: TdsServer, options: Options & { password?: string } = {}): Promise<Connection> {
  const { password: given = password, ...rest } = options;
  const connection = new Connection({
    server: 'localhost',
    authentication: { type: 'default', options: { userName, password: given } },
    options: {
      port: server.address.port,
      encrypt: false,
      connectTimeout: 5000,
      requestTimeout: 10_000,
      database: 'master',
      cryptoCredentialsDetails: { ca: certificate.cert },
      ...rest,
    },
  });
  // Without a listener the driver's later socket errors would end the process.
  connection.on('error', () => {});
  return new Promise((resolve, reject) => {
    connection.connect((error) => (error === undefined ? resolve(connection) : reject(error)));
  });
}

/** One result set as the driver gives it. */
export interface ResultSet {
  readonly columns: readonly { readonly colName: string; readonly type: { readonly name: string }; flags: number }[];
  readonly rows: unknown[][];
}

/** What came of one request; `error` as the driver's callback got it. */
export interface Outcome {
  readonly sets: readonly ResultSet[];
  readonly error: unknown;
  readonly rowCount: number | undefined;
}

/** Executes a batch, or with `parameters` a procedure call of sp_executesql. Never rejects. */
export function execute(
  connection: Connection,
  sql: string,
  options: {
    readonly prepare?: (request: Request) => void;
    readonly asProcedure?: boolean;
    readonly timeoutMilliseconds?: number;
  } = {},
): Promise<Outcome> {
  return new Promise((resolve) => {
    const sets: ResultSet[] = [];
    const request = new Request(sql, (error, rowCount) => resolve({ sets, error: error ?? null, rowCount }));
    request.on('columnMetadata', (columns) => sets.push({ columns: columns as never, rows: [] }));
    request.on('row', (row: { value: unknown }[]) => sets.at(-1)?.rows.push(row.map((cell) => cell.value)));
    if (options.timeoutMilliseconds !== undefined) request.setTimeout(options.timeoutMilliseconds);
    options.prepare?.(request);
    if (options.asProcedure === true) connection.execSql(request);
    else connection.execSqlBatch(request);
  });
}
