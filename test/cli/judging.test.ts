import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createJudging } from '../../src/cli/reading/polling.ts';
import { assessLinks } from '../../src/link/assessor.ts';
import { healthy } from '../link/azure-state.ts';

test('what fails in judging is told by the state, and the next judgement goes on', async () => {
  let defect: Error | null = new Error('a defect');
  let changes = 0;
  const estate = { servers: healthy, expected: [], azure: null };
  const judging = createJudging({
    read: () => {
      if (defect !== null) throw defect;
      return estate;
    },
    onChange: () => {
      changes += 1;
    },
  });
  await judging.judge();
  assert.throws(() => judging.state(), /a defect/);
  assert.equal(changes, 1);
  defect = null;
  await judging.judge();
  assert.deepEqual(judging.state().links, assessLinks(healthy, []));
  assert.equal(changes, 2);
});
