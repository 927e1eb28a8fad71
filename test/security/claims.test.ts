import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';

const root = resolve(import.meta.dirname, '../..');
const text = readFileSync(join(root, 'SECURITY.md'), 'utf8');

/** The rows of the last table: the claim, the file of its test, and a part of the test's name. */
const claims = text
  .slice(text.indexOf('### Each claim has a test'))
  .split('\n')
  .map((line) => line.match(/^\| (.*) \| `(test\/.*)` \| (.*) \|$/))
  .filter((row) => row !== null)
  .map(([, claim = '', file = '', name = '']) => ({ claim, file, name }));

test('each claim of SECURITY.md names a test that is there', () => {
  assert.ok(claims.length >= 20);
  const wrong = claims.filter(
    ({ file, name }) => !existsSync(join(root, file)) || !readFileSync(join(root, file), 'utf8').includes(name),
  );
  assert.deepEqual(wrong, []);
});

test('every row of the table was read', () => {
  const rows = text.slice(text.indexOf('### Each claim has a test')).match(/^\| .* \|$/gm) ?? [];
  assert.equal(claims.length, rows.length - 1);
});
