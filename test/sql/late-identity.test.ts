import assert from 'node:assert/strict';
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
