import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Procedure } from '../../../src/simulator/instance.ts';
import { answers, type FixtureOptions, failures } from './fixture.ts';

/** Gives its two arguments back. */
const echo: Procedure = {
  parameters: [
    { name: '@number', type: { name: 'int' } },
    { name: '@text', type: { name: 'nvarchar', length: 10 }, whenLeftOut: 'none' },
  ],
  columns: [
    { name: 'number', type: { name: 'int' }, nullable: true },
    { name: 'text', type: { name: 'nvarchar', length: 10 }, nullable: true },
  ],
  run: ({ values }) => ({ rows: [values] }),
};

const options: FixtureOptions = { procedures: new Map([['sp_echo', echo]]) };

describe('a system procedure', () => {
  const calls = [
    ["EXEC sp_echo 1, N'one'", [1, 'one']],
    ["EXEC sys.SP_ECHO @text = 'two', @number = 2", [2, 'two']],
    ['EXECUTE master.dbo.sp_echo 3', [3, 'none']],
    ["EXEC sp_echo '4', NULL", [4, null]],
    ['DECLARE @n bigint = 5 EXEC sp_echo @n, @text = five', [5, 'five']],
    ['sp_echo -6', [-6, 'none']],
  ] as const;
  for (const [call, row] of calls) {
    it(call, async () => {
      const [result] = await answers(call, options);
      assert.deepEqual(result?.columns, ['number int?', 'text nvarchar(10)?']);
      assert.deepEqual(result.rows, [row]);
    });
  }

  const refused = [
    ['EXEC sp_echo', '201:16:4:1'],
    ['EXEC sp_echo @other = 1', '8145:16:1:1'],
    ["EXEC sp_echo 1, 'a', 2", '8144:16:2:1'],
    ['EXEC sp_echo @number = 1, 2', '119:15:1:1'],
    ["EXEC sp_echo 'one'", '245:16:1:1'],
    ['EXEC guest.sp_echo 1', '2812:16:62:1'],
    ['EXEC sp_other 1', '2812:16:62:1'],
  ] as const;
  for (const [call, error] of refused) {
    it(`${call} is error ${error}`, async () => {
      assert.deepEqual(await failures(call, options), [error]);
    });
  }

  it('reports its own error and lets the batch go on', async () => {
    const error = { number: 27_219, state: 1, class: 16, line: 1, message: 'no' };
    const procedures = new Map([['sp_echo', { ...echo, run: () => ({ error }) }]]);
    assert.deepEqual(await failures('EXEC sp_echo 1 EXEC sp_echo 2', { procedures }), ['27219:16:1:1', '27219:16:1:1']);
  });

  it('counts its rows', async () => {
    const [, count] = await answers('EXEC sp_echo 1 SELECT @@ROWCOUNT, @@ERROR', options);
    assert.deepEqual(count?.rows, [[1, 0]]);
  });
});
