import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { secretOf } from '../../../src/config/secret/secret.ts';
import type { TdsServer, TdsServerOptions } from '../../../src/simulator/tds/server.ts';
import { connect } from '../../../src/sql/mssql-connection.ts';
import { certificate, password, startScripted, userName } from './scripted-server.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function server(options: Partial<TdsServerOptions> = {}): Promise<TdsServer> {
  const started = await startScripted(
    () => [
      { kind: 'rows', columns: [{ name: 'answer', type: { name: 'int' }, nullable: false }], rows: [[42]] },
      { kind: 'done', rowCount: 1 },
    ],
    options,
  );
  closers.push(started.close);
  return started;
}

for (const mode of ['encrypt', 'strict'] as const) {
  test(`${mode}: the driver follows a gateway to the server behind it, and logs in there`, async () => {
    const behind = await server();
    const gateway = await server({ redirect: { host: 'localhost', port: behind.address.port } });
    const credentials = { type: 'sql_login', username: userName, password } as const;
    const connection = await connect(
      {
        name: 'mi',
        ...gateway.address,
        authentication: { ...credentials, password: secretOf(password) },
        tls: { mode, ca: certificate.cert, serverName: 'localhost', trustServerCertificate: false },
      },
      { credentials, signal: AbortSignal.timeout(20_000) },
    );
    assert.deepEqual(await connection.query('SELECT 42 AS answer', AbortSignal.timeout(20_000)), [{ answer: 42 }]);
    connection.close();
    assert.deepEqual([gateway.loginCount(), behind.loginCount()], [0, 1]);
  });
}
