import assert from 'node:assert/strict';
import { type Debugger, Session } from 'node:inspector';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import '../../src/sql/mssql-connection.ts';

const require = createRequire(import.meta.url);

test('the driver is loaded without the library of Entra ID, and whoever uses that gets it', () => {
  const isLoaded = (): boolean => Object.keys(require.cache).some((path) => path.includes('msal-node'));
  assert.ok(Object.keys(require.cache).some((path) => path.includes('tedious')));
  assert.equal(isLoaded(), false);
  // What the driver holds, and what the token source requires.
  const { ClientSecretCredential } = require('@azure/identity');
  assert.equal(isLoaded(), true);
  assert.equal(ClientSecretCredential.name, 'ClientSecretCredential');
  assert.equal(ClientSecretCredential, require('@azure/identity').ClientSecretCredential);
});

test('the driver is loaded without the source maps in its files', () => {
  const scripts: Debugger.ScriptParsedEventDataType[] = [];
  const session = new Session();
  session.connect();
  session.on('Debugger.scriptParsed', ({ params }) => scripts.push(params));
  session.post('Debugger.enable');
  session.disconnect();
  const driver = scripts.filter(({ url }) => url.includes('/tedious/'));
  assert.ok(driver.length > 50, String(driver.length));
  assert.deepEqual(
    driver.filter(({ sourceMapURL }) => sourceMapURL !== '').map(({ url }) => url),
    [],
  );
});
