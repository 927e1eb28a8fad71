import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { ConnectionPool } from 'mssql';
import { changesServer } from '../../src/check/advice/earned/losing.ts';
import { statementEngine } from '../../src/model/errors/step.ts';
import type { Engine } from '../../src/model/server.ts';
import { type Pair, startPair } from '../../src/simulator/pair.ts';
import { preparedForAll, readerOfAll } from './every-table.ts';
import { connect, startMilliseconds } from './pair-client.ts';
import { shippedStatements } from './shipped-statements.ts';

const shipped = shippedStatements(join(import.meta.dirname, '../..'));

/** What is read and not simulated, with the reason. */
const notSimulated: Readonly<Record<string, string>> = {
  'sys.dm_hadr_cluster_members': 'the simulated servers stand in no Windows cluster',
  'sys.dm_os_workers': 'nothing of the scheduler is simulated',
  'DBCC SQLPERF': 'log space is simulated as performance counters, which the exporter reads',
};

/** Numbers that a text gets which is wrong, or that the simulator takes for wrong: no text of ours may get them. */
const untrue: ReadonlySet<number> = new Set([102, 105, 137, 156, 170, 195, 207, 208, 262, 319, 2812]);

/** A block of a page begins with a line that says where it is for. */
const changes = (sql: string): boolean => changesServer(sql.replaceAll(/^--.*\n/gm, ''));

/** `<number>` and the like, which a person fills in, where a name can't stand. */
const filledIn = (sql: string): string =>
  sql.replaceAll(/(?<=[=,] )<(?:port|number)>/g, '5022').replaceAll(/0x(?:\.\.\.|<[^>]*>)/g, '0x00');

describe('every T-SQL text that users are shown', () => {
  let pair: Pair;
  let connections: Readonly<Record<Engine, ConnectionPool>>;
  before(async () => {
    const accounts = [readerOfAll];
    pair = await startPair({
      scenario: 'healthy',
      clock: () => startMilliseconds,
      accounts,
      preparation: preparedForAll,
    });
    connections = {
      sql_server: await connect(pair, pair.sqlServer),
      managed_instance: await connect(pair, pair.managedInstance),
    };
  });
  after(async () => {
    for (const connection of Object.values(connections)) await connection.close();
    await pair.close();
  });

  /** The error of a text on the engine that it is for: its number and text, or null. */
  const errorOf = async (sql: string, engine: Engine): Promise<{ number: number; message: string } | null> => {
    try {
      await connections[engine].request().batch(filledIn(sql));
      return null;
    } catch (error) {
      const { number, message } = error as { number?: number; message: string };
      assert.ok(number !== undefined, `${sql}: ${message}`);
      return { number, message };
    }
  };
  const enginesOf = (sql: string): readonly Engine[] => {
    const [, place] = /^-- (?:changes: )?on (SQL Server|the managed instance)\b/.exec(sql) ?? [];
    const only =
      place === undefined ? statementEngine(sql) : place === 'SQL Server' ? 'sql_server' : 'managed_instance';
    return only === null ? ['sql_server', 'managed_instance'] : [only];
  };

  test('runs on the engine that it is for where it only reads, or is listed with the reason', async () => {
    const wrong: string[] = [];
    const met = new Set<string>();
    // What pages show runs where they say, in test/runbooks.
    for (const { from, sql } of shipped.filter((each) => !changes(each.sql) && !each.from.startsWith('docs/'))) {
      for (const engine of enginesOf(sql)) {
        const error = await errorOf(sql, engine);
        const listed = Object.keys(notSimulated).find((what) => error?.message.startsWith(`not simulated: ${what}.`));
        if (listed !== undefined) met.add(listed);
        else if (error !== null) wrong.push(`${from}, ${engine}: ${error.number} ${error.message}: ${sql}`);
      }
    }
    assert.deepEqual(wrong, []);
    assert.deepEqual([...met].sort(), Object.keys(notSimulated).sort(), 'each reason is still needed');
  });

  test('is refused honestly where it changes something that is not simulated', async () => {
    const wrong: string[] = [];
    const changing = shipped.filter((each) => changes(each.sql));
    assert.ok(changing.length > 40, `${changing.length}`);
    for (const { from, sql } of changing) {
      for (const engine of enginesOf(sql)) {
        const error = await errorOf(sql, engine);
        if (error !== null && untrue.has(error.number))
          wrong.push(`${from}, ${engine}: ${error.number} ${error.message}: ${sql}`);
      }
    }
    assert.deepEqual(wrong, []);
  });

  test('shows a certificate as CERTENCODED gives it: the one that sys.certificates has the thumbprint of', async () => {
    const { recordset } = await connections.managed_instance.request().query<{ id: number; der: Buffer; sha1: Buffer }>(
      `SELECT CERT_ID(c.name) AS id, CERTENCODED(c.certificate_id) AS der, c.thumbprint AS sha1
       FROM sys.database_mirroring_endpoints AS e JOIN sys.certificates AS c ON c.certificate_id = e.certificate_id`,
    );
    const [row] = recordset;
    assert.ok(row !== undefined);
    assert.equal(new X509Certificate(row.der).fingerprint.replaceAll(':', ''), row.sha1.toString('hex').toUpperCase());
    assert.ok(row.id > 0);
    const unknown = await connections.managed_instance
      .request()
      .query(`SELECT CERT_ID(N'x') AS a, CERTENCODED(-1) AS b`);
    assert.deepEqual(unknown.recordset[0], { a: null, b: null });
  });
});
