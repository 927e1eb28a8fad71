import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { startProgram } from '../cli/process.ts';

const require = createRequire(import.meta.url);
const requireOfDriver = createRequire(require.resolve('mssql'));

test('the suite runs the newest major version of tedious that mssql allows, and knows the oldest version', () => {
  const { dependencies } = require('mssql/package.json');
  // Another range than this: have the guard looked at with the versions that have come or gone (decision 5).
  assert.equal(dependencies.tedious, '^19.2.2 || ^20.0.0');
  assert.match(requireOfDriver('tedious/package.json').version, /^20\./);
  assert.equal(require('tedious-19/package.json').version, '19.2.2');
});

test('the connection keeps its promises with the oldest tedious too', async () => {
  const files = ['hostile-server', 'mssql-connection', 'driver-inside'].map((name) => `${name}.test.ts`);
  const { code, out, error } = await startProgram(process.execPath, [
    `--import=${join(import.meta.dirname, 'with-oldest-driver.ts')}`,
    '--test',
    '--test-reporter=tap',
    ...files.map((name) => join(import.meta.dirname, name)),
  ]).finished;
  assert.equal(code, 0, `${out}${error}`);
  assert.match(out, /^# fail 0$/m);
  assert.doesNotMatch(out, /^# tests 0$/m);
  assert.match(out, /tedious 19\.2\.2/);
});
