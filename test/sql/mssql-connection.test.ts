import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, test } from 'node:test';
import type { ServerConfig, TlsConfig } from '../../src/config/config.ts';
import { secretOf } from '../../src/config/secret/secret.ts';
import type { TdsServer } from '../../src/simulator/tds/server.ts';
import { classifyError, isStatementError } from '../../src/sql/classify-error.ts';
import { type Connection, type Credentials, TimeLimitError } from '../../src/sql/connection.ts';
import { connect } from '../../src/sql/mssql-connection.ts';
import { certificate, password, type Script, startScripted, userName } from '../simulator/tds/scripted-server.ts';

const closers: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const never = new AbortController().signal;
const login: Credentials = { type: 'sql_login', username: userName, password };
const oneRow: Script = () => [
  { kind: 'rows', columns: [{ name: 'answer', type: { name: 'int' }, nullable: false }], rows: [[42]] },
  { kind: 'done', rowCount: 1 },
];

async function open(server: ServerConfig): Promise<Connection> {
  const connection = await connect(server, { credentials: login, signal: never });
  closers.push(connection.close);
  return connection;
}

async function scripted(
  script: Script = oneRow,
  options: Parameters<typeof startScripted>[1] = {},
): Promise<TdsServer> {
  const server = await startScripted(script, options);
  closers.push(() => server.close());
  return server;
}

async function dumb(onSocket: (socket: Socket) => void): Promise<{ host: string; port: number }> {
  const server: Server = createServer(onSocket).listen(0, '127.0.0.1');
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => sockets.add(socket.on('error', () => undefined)));
  await once(server, 'listening');
  closers.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  return { host: '127.0.0.1', port: address.port };
}

/** A port of loopback that was free a moment ago: nothing listens there. */
async function freePort(): Promise<{ host: string; port: number }> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  server.close();
  await once(server, 'close');
  return { host: '127.0.0.1', port: address.port };
}

function configOf(address: { host: string; port: number }, tls: Partial<TlsConfig> = {}): ServerConfig {
  return {
    name: 'sql-1',
    ...address,
    authentication: { type: 'sql_login', username: userName, password: secretOf(password) },
    tls: { mode: 'encrypt', ca: certificate.cert, serverName: 'localhost', trustServerCertificate: false, ...tls },
  };
}

for (const mode of ['encrypt', 'strict', 'off'] as const) {
  test(`tls ${mode}: one connection and one login, however many batches`, async () => {
    const server = await scripted();
    const tls = mode === 'off' ? { mode, ca: null, serverName: null } : { mode };
    const connection = await open(configOf(server.address, tls));
    closers.push(connection.close);
    for (let batch = 0; batch < 3; batch += 1) {
      assert.deepEqual(await connection.query('SELECT 42 AS answer', never), [{ answer: 42 }]);
    }
    assert.equal(server.loginCount(), 1);
    assert.equal(server.connectionCount(), 1);
  });
}

test('a statement error leaves the connection to the next batch', async () => {
  const failing: Script = (sql) =>
    sql.includes('boom')
      ? [
          {
            kind: 'error',
            error: { number: 208, state: 1, class: 16, message: "Invalid object name 'boom'.", line: 1 },
          },
        ]
      : oneRow(sql, [], never);
  const server = await scripted(failing);
  const connection = await open(configOf(server.address));
  await assert.rejects(connection.query('SELECT a FROM boom', never), (error) => {
    assert.equal(classifyError(error).reason, 'missing_object');
    return true;
  });
  assert.deepEqual(await connection.query('SELECT 42 AS answer', never), [{ answer: 42 }]);
  assert.equal(server.loginCount(), 1);
});

const refusals: readonly [string, string, () => Promise<ServerConfig>][] = [
  ['a wrong password', 'login', async () => configOf((await scripted()).address)],
  ['a certificate that nobody vouches for', 'tls', async () => configOf((await scripted()).address, { ca: null })],
  [
    'a certificate of another name',
    'tls',
    async () => configOf((await scripted()).address, { serverName: 'elsewhere.example' }),
  ],
  [
    'strict: a certificate that nobody vouches for',
    'tls',
    async () => configOf((await scripted()).address, { mode: 'strict', ca: null }),
  ],
  ['a server without encryption', 'tls', async () => configOf((await scripted(oneRow, { encryption: 'off' })).address)],
  ['a port where nothing listens', 'refused', async () => configOf(await freePort())],
  ['a name that does not resolve', 'dns', async () => configOf({ host: 'no-such-host.invalid', port: 1433 })],
  ['a server that resets', 'reset', async () => configOf(await dumb((socket) => socket.resetAndDestroy()))],
  ['a server that hangs up', 'reset', async () => configOf(await dumb((socket) => socket.end()))],
];

for (const [name, reason, server] of refusals) {
  test(`${name}: ${reason}`, async () => {
    const given = name === 'a wrong password' ? 'wrong' : password;
    await assert.rejects(
      connect(await server(), { credentials: { ...login, password: given }, signal: never }),
      (error) => {
        assert.equal(classifyError(error).reason, reason, String(error));
        return true;
      },
    );
  });
}

test('a server that accepts and never answers is left at the signal', async () => {
  const abort = new AbortController();
  const late = new DOMException('late', 'TimeoutError');
  const address = await dumb((socket) => socket.once('data', () => abort.abort(late)));
  const attempt = connect(configOf(address), { credentials: login, signal: abort.signal });
  await assert.rejects(attempt, { name: 'TimeoutError' });
});

for (const acknowledgeAttention of [true, false]) {
  test(`a batch that hangs is left at the signal, its cancel ${acknowledgeAttention ? '' : 'not '}acknowledged`, async () => {
    const server = await scripted();
    const connection = await open(configOf(server.address));
    server.setFaults({ kind: 'hang_in_query', acknowledgeAttention });
    const abort = new AbortController();
    const batch = connection.query('SELECT 42 AS answer', abort.signal);
    setImmediate(() => abort.abort(new DOMException('late', 'TimeoutError')));
    await assert.rejects(batch, { name: 'TimeoutError' });
    await assert.rejects(connection.query('SELECT 42 AS answer', never), 'the connection is not used again');
  });
}

test('a batch that reaches its own limit is cancelled, and the connection goes on', async () => {
  const server = await scripted();
  const connection = await open(configOf(server.address));
  server.setFaults({ kind: 'hang_in_query', acknowledgeAttention: true });
  await assert.rejects(connection.query('SELECT 42 AS answer', never, AbortSignal.timeout(20)), (error) => {
    assert.ok(error instanceof TimeLimitError);
    assert.equal(classifyError(error).reason, 'timeout');
    return true;
  });
  server.setFaults({ kind: 'none' });
  assert.deepEqual(await connection.query('SELECT 42 AS answer', never, never), [{ answer: 42 }]);
  assert.equal(server.loginCount(), 1);
});

test('a cancellation that is not acknowledged ends the connection', async () => {
  const server = await scripted();
  const connection = await open(configOf(server.address));
  server.setFaults({ kind: 'hang_in_query', acknowledgeAttention: false });
  await assert.rejects(connection.query('SELECT 42 AS answer', never, AbortSignal.timeout(20)), (error) => {
    assert.ok(!(error instanceof TimeLimitError));
    assert.equal(classifyError(error).reason, 'timeout');
    return true;
  });
  await assert.rejects(connection.query('SELECT 42 AS answer', never), 'the connection is not used again');
});

test('a batch that fails before its limit fails as without one', async () => {
  const server = await scripted();
  const connection = await open(configOf(server.address));
  server.setFaults({ kind: 'reset_in_row' });
  await assert.rejects(connection.query('SELECT 42 AS answer', never, never), (error) => {
    assert.equal(classifyError(error).reason, 'reset');
    return true;
  });
});

test('a reset in the middle of a row is a reset', async () => {
  const server = await scripted();
  const connection = await open(configOf(server.address));
  server.setFaults({ kind: 'reset_in_row' });
  await assert.rejects(connection.query('SELECT 42 AS answer', never), (error) => {
    assert.equal(classifyError(error).reason, 'reset');
    return true;
  });
});

test('a broken connection is not opened again behind the poller', async () => {
  const server = await scripted();
  const connection = await open(configOf(server.address));
  await connection.query('SELECT 42 AS answer', never);
  server.closeConnections();
  await assert.rejects(connection.query('SELECT 42 AS answer', never));
  assert.equal(server.loginCount(), 1);
});

test('nonsense in place of a prelogin answer is a protocol fault', async () => {
  const server = await scripted(oneRow, { faults: { kind: 'garbage', answerTo: 'prelogin' } });
  const abort = AbortSignal.timeout(2000);
  await assert.rejects(connect(configOf(server.address), { credentials: login, signal: abort }), (error) => {
    assert.ok(['protocol', 'timeout', 'reset', 'tls'].includes(classifyError(error).reason));
    return true;
  });
});

const rowsUpTo = (count: number): Script => {
  const rows = Array.from({ length: count }, (_, index) => [index]);
  return () => [
    { kind: 'rows', columns: [{ name: 'answer', type: { name: 'int' }, nullable: false }], rows },
    { kind: 'done', rowCount: count },
  ];
};

test('of a long answer only what is kept is given, and the connection goes on', async () => {
  const server = await scripted(rowsUpTo(5000));
  const connection = await open(configOf(server.address));
  const read = (keep: (record: Readonly<Record<string, unknown>>) => boolean) =>
    connection.queryKept('SELECT n', { signal: never, limit: never, keep });
  assert.deepEqual(await read(({ answer }) => Number(answer) >= 4998), [{ answer: 4998 }, { answer: 4999 }]);
  const refuse = (): boolean => {
    throw new Error('not a row of this view');
  };
  await assert.rejects(read(refuse), /not a row of this view/);
  assert.deepEqual(await read(() => false), []);
  assert.equal(server.loginCount(), 1);
});

test('an error of a batch of which rows are kept is its error, and a limit holds for it', async () => {
  const server = await scripted(() => [
    { kind: 'message', message: { number: 229, state: 5, class: 14, message: 'denied', line: 1 } },
  ]);
  const connection = await open(configOf(server.address));
  const read = (limit = AbortSignal.timeout(50)) =>
    connection.queryKept('EXEC p', { signal: never, limit, keep: () => true });
  await assert.rejects(read(never), (error) => {
    assert.deepEqual([classifyError(error).reason, isStatementError(error)], ['permission', true]);
    return true;
  });
  server.setFaults({ kind: 'hang_in_query', acknowledgeAttention: true });
  await assert.rejects(read(), TimeLimitError);
  server.setFaults({ kind: 'hang_in_query', acknowledgeAttention: false });
  await assert.rejects(read(), (error) => classifyError(error).reason === 'timeout');
  await assert.rejects(read(), (error) => classifyError(error).reason === 'reset');
});
