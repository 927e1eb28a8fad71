import assert from 'node:assert/strict';
import { test } from 'node:test';
import { certificateBlocks } from '../../src/config/file/pem.ts';

const begin = '-----BEGIN CERTIFICATE-----';
const end = '-----END CERTIFICATE-----';
const one = `${begin}\nAAAA\n${end}`;

for (const [what, text, blocks] of [
  ['nothing', '', []],
  ['two among other text', `x\n${one}\ny${one}z`, [one, one]],
  ['one that does not end, before a whole one', `${begin}\nAA\n${one}`, [one]],
  ['another kind of end', `${begin}\nAA\n-----END PRIVATE KEY-----`, []],
  ['marks that share their hyphens', `-----BEGIN CERTIFICATE${one}`, [one]],
] as const) {
  test(`certificates of a PEM text: ${what}`, () => assert.deepEqual(certificateBlocks(text), blocks));
}
