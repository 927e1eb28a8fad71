import assert from 'node:assert/strict';
import { test } from 'node:test';
import { secretOf } from '../../src/config/secret/secret.ts';
import type { SqlType, SqlValue } from '../../src/simulator/sql-type.ts';
import { connect } from '../../src/sql/mssql-connection.ts';
import { typeTeller } from '../../src/sql/told-types.ts';
import { certificate, password, startScripted, userName } from '../simulator/tds/scripted-server.ts';

/** What a server declares and sends, and what a reader of the record gets: the type must not be lost on the way. */
const cases: readonly (readonly [SqlType, SqlValue, unknown])[] = [
  [{ name: 'datetime' }, '2026-11-21T10:30:00.003', new Date('2026-11-21T10:30:00.003Z')],
  [{ name: 'datetime2', scale: 7 }, '2026-11-21T10:30:00.1230000', new Date('2026-11-21T10:30:00.123Z')],
  [{ name: 'datetimeoffset', scale: 7 }, '2026-11-21T10:30:00.1230000+02:00', '2026-11-21T08:30:00.123Z'],
  [{ name: 'time', scale: 3 }, '10:30:00.123', '10:30:00.123'],
  [{ name: 'nchar', length: 12 }, 'PRIMARY     ', 'PRIMARY'],
  [{ name: 'char', length: 12 }, 'PRIMARY     ', 'PRIMARY'],
  [{ name: 'nvarchar', length: 12 }, 'PRIMARY     ', 'PRIMARY     '],
  [{ name: 'datetimeoffset', scale: 0 }, null, null],
];

test('what the driver gives alike still tells its type, in each way of asking', async (context) => {
  const columns = cases.map(([type], index) => ({ name: `c${index}`, type, nullable: true }));
  const server = await startScripted(function* () {
    yield { kind: 'rows', columns, rows: [cases.map(([, value]) => value)] };
    yield { kind: 'done', rowCount: 1 };
  });
  context.after(() => server.close());
  const { signal } = new AbortController();
  const connection = await connect(
    {
      name: 's',
      host: '127.0.0.1',
      port: server.address.port,
      authentication: { type: 'sql_login', username: userName, password: secretOf(password) },
      tls: { mode: 'encrypt', ca: certificate.cert, serverName: 'localhost', trustServerCertificate: false },
    },
    { credentials: { type: 'sql_login', username: userName, password }, signal },
  );
  context.after(() => connection.close());
  const wanted = cases.map(([, , told]) => told);
  const [asked] = await connection.query('SELECT 1', signal);
  const [kept] = await connection.queryKept('SELECT 1', { signal, limit: signal, keep: () => true });
  const each: unknown[] = [];
  await connection.queryEach('SELECT 1', {
    signal,
    limit: () => signal,
    onResult: ({ records }) => each.push(...records),
  });
  for (const record of [asked, kept, each[0]]) assert.deepEqual(Object.values(record ?? {}), wanted);
});

test('a date of a sql_variant is a text that no reader takes for an instant', () => {
  const tell = typeTeller([
    { name: 'when', type: 'sql_variant' },
    { name: 'count', type: 'sql_variant' },
  ]);
  const when = new Date('2026-11-21T10:30:00.000Z');
  assert.deepEqual(tell?.({ when, count: 7 }), { when: 'sql_variant 2026-11-21T10:30:00.000', count: 7 });
});

test('documented types cost nothing', () => {
  assert.equal(
    typeTeller([
      { name: 'a', type: 'int' },
      { name: 'b', type: 'datetime2' },
    ]),
    null,
  );
});
