import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { masterFiles } from '../../src/views/master-files.ts';
import { performanceCounters } from '../../src/views/performance-counters.ts';

const context = { localOffsetSeconds: 0 };
const page = 8192;

test('counters of the logs, without the blanks that fill the names up and without the sum of all', () => {
  const counter = (name: string, instance: string | null, value: string | null) => ({
    counter_name: name.padEnd(128),
    instance_name: instance?.padEnd(128) ?? null,
    cntr_value: value,
  });
  const rows = performanceCounters.parse(
    [
      counter('Log File(s) Size (KB)', 'Sales', '1024'),
      counter('Log File(s) Used Size (KB)', 'Sales', null),
      counter('Log File(s) Size (KB)', '_Total', '4096'),
      counter('Log File(s) Size (KB)', null, '1'),
    ],
    context,
  );
  assert.deepEqual(rows, [
    { instanceName: 'Sales', counter: 'size', bytes: 1_048_576 },
    { instanceName: 'Sales', counter: 'used', bytes: null },
  ]);
});

describe('what a file of a log may grow to', () => {
  const cases: readonly (readonly [string, number | null, number | null, number | null, number | null])[] = [
    ['a limit', 100, 1000, 8, 1000 * page],
    ['2 TB, as a log has it without a limit', 100, 268_435_456, 8, 2 * 1024 ** 4],
    ['until the disk is full', 100, -1, 8, 2 * 1024 ** 4],
    ['no growth allowed', 100, 0, 8, 100 * page],
    ['no growth set', 100, 1000, 0, 100 * page],
    ['larger than its limit', 2000, 1000, 8, 2000 * page],
    ['limit not told', 100, null, 8, null],
    ['fixed, size not told', null, 0, 8, null],
  ];
  for (const [name, size, max_size, growth, limitBytes] of cases) {
    test(name, () => {
      const [file] = masterFiles.parse([{ database_id: 5, file_id: 2, size, max_size, growth }], context);
      assert.equal(file?.limitBytes, limitBytes);
    });
  }
});
