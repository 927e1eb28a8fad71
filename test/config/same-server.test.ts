import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ServerConfig } from '../../src/config/config.ts';
import { Secret, secretFromFile, secretOf } from '../../src/config/secret/secret.ts';
import { isSameAddress, isSameServer } from '../../src/config/server/same-server.ts';

function server(change: Partial<ServerConfig> = {}): ServerConfig {
  return {
    name: 'sql',
    host: 'sql.example',
    port: 1433,
    authentication: { type: 'sql_login', username: 'milink', password: secretOf('one') },
    tls: { mode: 'encrypt', ca: 'PEM', serverName: null, trustServerCertificate: false },
    ...change,
  };
}

const login = (password: Secret, username = 'milink') => ({
  authentication: { type: 'sql_login' as const, username, password },
});
const { tls } = server();

const cases: readonly { name: string; one?: Partial<ServerConfig>; other: Partial<ServerConfig>; same: boolean }[] = [
  { name: 'equal data, made anew', other: {}, same: true },
  { name: 'another port', other: { port: 1434 }, same: false },
  { name: 'another username', other: login(secretOf('one'), 'other'), same: false },
  { name: 'the same password again', other: login(secretOf('one')), same: true },
  { name: 'another password', other: login(secretOf('two')), same: false },
  { name: 'a password in a file', other: login(secretFromFile('/one')), same: false },
  { name: 'the same file', one: login(secretFromFile('/f')), other: login(secretFromFile('/f')), same: true },
  { name: 'another file', one: login(secretFromFile('/f')), other: login(secretFromFile('/g')), same: false },
  {
    name: 'a file whose name is the password',
    one: login(secretFromFile('f')),
    other: login(secretOf('f')),
    same: false,
  },
  { name: 'other authorities', other: { tls: { ...tls, ca: 'other PEM' } }, same: false },
  { name: 'the error log read', other: { errorLog: { intervalSeconds: 300, timeoutSeconds: 5 } }, same: false },
];

for (const { name, one, other, same } of cases) {
  test(`${same ? 'the same' : 'another'} server: ${name}`, () => {
    assert.equal(isSameServer(server(one), server(other)), same);
    assert.equal(isSameServer(server(other), server(one)), same);
  });
}

test('a secret without an identity is only itself', async () => {
  const [one, other] = [new Secret(async () => 'x'), new Secret(async () => 'x')];
  assert.equal(isSameServer(server(login(one)), server(login(one))), true);
  assert.equal(isSameServer(server(login(one)), server(login(other))), false);
});

test('an address is host and port, whatever the case of the host', () => {
  assert.equal(isSameAddress(server(), server({ host: 'SQL.Example', ...login(secretOf('two')) })), true);
  assert.equal(isSameAddress(server(), server({ host: 'other.example' })), false);
  assert.equal(isSameAddress(server(), server({ port: 1 })), false);
  const instance = (name: string) => server({ port: null, instance: name });
  assert.equal(isSameAddress(instance('ONE'), instance('one')), true);
  assert.equal(isSameAddress(instance('one'), instance('two')), false);
});
