import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import sql from 'mssql';
import { guardDriver } from '../../src/sql/driver-guard.ts';
import { poolInside, probeAnswers, probeConnection, tokenSource } from '../../src/sql/driver-inside.ts';

const requireOfDriver = createRequire(createRequire(import.meta.url).resolve('mssql'));
const { Connection } = requireOfDriver('tedious');
const config = { server: '127.0.0.1', authentication: { type: 'default', options: { userName: 'a', password: 'b' } } };

test('what is installed has every inside that is used', (context) => {
  // Asked of the driver itself, as the hook of test/sql/with-oldest-driver.ts gives another one than the folder is called.
  context.diagnostic(`tedious ${versionOf(Connection)}`);
  assert.doesNotThrow(() => poolInside(new sql.ConnectionPool({ server: '127.0.0.1' })));
  const connection: unknown = new Connection(config);
  assert.doesNotThrow(() => probeConnection(connection));
});

const guard = { mustEncrypt: true, mustVerify: true, onFault: () => undefined };

/** A driver in which one part has another name. */
const lacking: readonly (readonly [string, () => unknown])[] = [
  ['_poolCreate', () => poolInside({ _poolDestroy: () => undefined })],
  ['_poolDestroy', () => poolInside({ _poolCreate: () => undefined })],
  ['connection', () => guardDriver({} as never, guard)],
  ...['sendLogin7Packet', 'createTokenStreamParser', 'close', 'closed'].map(
    (part) => [part, () => guardDriver(Object.assign(new Connection(config), { [part]: undefined }), guard)] as const,
  ),
  ['messageIo.incomingMessageStream.currentMessage', () => probeAnswers({ messageIo: {} })],
  ['token parser', () => tokenSource(Object.assign(new EventEmitter(), { parser: {} }))],
];

for (const [part, use] of lacking) {
  test(`a driver without ${part} is not used, and named with its versions and those that work`, () => {
    assert.throws(use, (error: Error) => {
      const expected = `^the driver has no ${part.replaceAll('.', '\\.')}, so it can't be guarded and is not used: `;
      assert.match(error.message, new RegExp(expected));
      assert.match(
        error.message,
        /this is mssql 12\.\d+\.\d+ with tedious \d+\.\d+\.\d+; .* works with mssql .* tedious 20$/,
      );
      return true;
    });
  });
}

function versionOf(driver: { readonly prototype: object }): string {
  // Only tedious 20 ends its own parser's errors itself; the package's number is not in the code.
  const path = Object.keys(requireOfDriver.cache).find((name) => /tedious(-19)?\/lib\/tedious\.js$/.test(name)) ?? '';
  assert.ok(typeof driver.prototype === 'object');
  return requireOfDriver(path.replace('lib/tedious.js', 'package.json')).version;
}
