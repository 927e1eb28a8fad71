import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressText } from '../../src/words/servers.ts';

const host = 'sql01.corp.example';

for (const [port, instance, text] of [
  [1433, null, `${host}:1433`],
  [null, 'PROD', `${host}\\PROD`],
  [null, null, host],
] as const) {
  test(`an address: ${text}`, () => assert.equal(addressText({ host, port, instance }), text));
}
