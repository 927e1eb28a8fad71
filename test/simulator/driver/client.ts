import { type Connection, Request, TYPES } from 'tedious';
import { type Pair, type PairOptions, startPair } from '../../../src/simulator/pair.ts';
import type { End } from '../../../src/simulator/pair-end.ts';
import type { TdsServer } from '../../../src/simulator/tds/server.ts';
import { startMilliseconds } from '../pair-client.ts';
import { connect, execute, type Outcome } from '../tds/tedious-client.ts';

/** A pair for the rows of the facts on foreign drivers: one for a whole file, without TLS, its clock stands still. */
export function startDriverPair(options: PairOptions = {}): Promise<Pair> {
  return startPair({ scenario: 'healthy', clock: () => startMilliseconds, ...options });
}

export type Options = NonNullable<Parameters<typeof connect>[1]>;

/** Logs in with the real driver, which may be told more than mssql lets one tell it. */
export function logIn(end: End, options: Options = {}): Promise<Connection> {
  const server = { address: { host: end.host, port: end.port } } as TdsServer;
  return connect(server, { password: 'milink-demo', ...options });
}

/** The rows of a batch. Rejects with its error. */
export async function rowsOf(connection: Connection, sql: string): Promise<readonly unknown[][]> {
  const outcome = await execute(connection, sql);
  if (outcome.error !== null) throw outcome.error;
  return outcome.sets.flatMap(({ rows }) => rows);
}

/** Calls a procedure by its name, or with `asText` runs a text by sp_executesql; the output parameters beside the rest. */
export function call(
  connection: Connection,
  name: string,
  prepare: (request: Request) => void = () => {},
  asText = false,
): Promise<Outcome & { readonly outputs: Readonly<Record<string, unknown>>; readonly status: unknown }> {
  return new Promise((resolve) => {
    const sets: { columns: never[]; rows: unknown[][] }[] = [];
    const outputs: Record<string, unknown> = {};
    let status: unknown = null;
    const request = new Request(name, (error, rowCount) =>
      resolve({ sets, error: error ?? null, rowCount, outputs, status }),
    );
    request.on('columnMetadata', () => sets.push({ columns: [], rows: [] }));
    request.on('row', (row: { value: unknown }[]) => sets.at(-1)?.rows.push(row.map((cell) => cell.value)));
    request.on('returnValue', (parameter, value) => {
      outputs[parameter] = value;
    });
    request.on('doneProc', (_count, _more, returned) => {
      status = returned;
    });
    prepare(request);
    if (asText) connection.execSql(request);
    else connection.callProcedure(request);
  });
}

export { TYPES };

/** The number of an error, or null for none. */
export function numberOf({ error }: Outcome): number | null {
  return (error as { number?: number } | null)?.number ?? null;
}
