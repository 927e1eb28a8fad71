import assert from 'node:assert/strict';
import sql from 'mssql';
import { type Pair, type PairOptions, startPair } from '../../src/simulator/pair.ts';
import type { End } from '../../src/simulator/pair-end.ts';
import type { Row } from '../../src/simulator/row.ts';

/** When the pairs of these tests start; their clocks stand still there unless a test moves them. */
export const startMilliseconds = Date.UTC(2026, 10, 21, 10, 0, 0);

export interface ClientOptions {
  readonly user?: string;
  readonly password?: string;
  readonly database?: string;
  readonly serverName?: string;
}

function configurationOf(pair: Pair, end: End, client: ClientOptions = {}): sql.config {
  return {
    server: end.host,
    port: end.port,
    user: client.user ?? 'milink',
    password: client.password ?? 'milink-demo',
    database: client.database ?? 'master',
    pool: { max: 1, min: 0 },
    options: {
      // The driver retries 4060 by itself, which only costs time here.
      maxRetriesOnTransientErrors: 0,
      encrypt: true,
      trustServerCertificate: false,
      serverName: client.serverName ?? 'localhost',
      cryptoCredentialsDetails: { ca: pair.certificateAuthority },
    },
  };
}

export async function connect(pair: Pair, end: End, client: ClientOptions = {}): Promise<sql.ConnectionPool> {
  const pool = new sql.ConnectionPool(configurationOf(pair, end, client));
  // A connection that the simulator cuts is what these tests are about.
  pool.on('error', () => {});
  return pool.connect();
}

export async function withPair(options: PairOptions, use: (pair: Pair) => Promise<void>): Promise<void> {
  const pair = await startPair({ scenario: 'healthy', clock: () => startMilliseconds, ...options });
  try {
    await use(pair);
  } finally {
    await pair.close();
  }
}

/** Asks once, over a connection of its own. */
export async function ask(pair: Pair, end: End, query: string, client: ClientOptions = {}): Promise<readonly Row[]> {
  const pool = await connect(pair, end, client);
  try {
    return (await pool.request().query<Row>(query)).recordset;
  } finally {
    await pool.close();
  }
}

/** A dynamic management view without its permission: 297, and before it 300, which names the permission. */
export function stateDenied(error: unknown): boolean {
  assert.ok(error instanceof sql.RequestError);
  assert.equal(error.number, 297);
  // Not in the driver's types, but in its documentation.
  const { precedingErrors } = error as sql.RequestError & { readonly precedingErrors: readonly Error[] };
  assert.deepEqual(
    precedingErrors.map((preceding) => preceding.message),
    ["VIEW SERVER PERFORMANCE STATE permission was denied on object 'server', database 'master'."],
  );
  return true;
}
