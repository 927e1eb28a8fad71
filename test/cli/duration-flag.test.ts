import assert from 'node:assert/strict';
import { test } from 'node:test';
import { durationOf, type Flag } from '../../src/cli/flags/flag.ts';

const flag: Flag = { name: 'timeout', group: 'Web', value: 'DURATION', help: '' };
const read = (text: string) => durationOf(new Map([['timeout', [text]]]), flag, { least: 100, most: 60_000 });

test('a duration is read as in the configuration', () => {
  assert.equal(read('1m'), 60_000);
  assert.equal(read('100ms'), 100);
});

test('what is none, or none of the range, is refused with the range and, for a bare number, the unit', () => {
  for (const text of ['', 'soon', '99ms', '1m1s', '1.5s'])
    assert.throws(() => read(text), { message: `--timeout: "${text}" is not a duration from 100ms to 1m` });
  assert.throws(() => read('30'), /from 100ms to 1m, with its unit, as in 30s$/);
});
