import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { startProgram } from './process.ts';

const early = join(import.meta.dirname, '../../src/early.js');

/** Makes much that lives for a while, which lets V8 enlarge the place of new objects. */
const program = `
  import { getHeapSpaceStatistics } from 'node:v8';
  let kept = [];
  for (let round = 0; round < 400_000; round += 1) {
    kept.push({ round, list: [round] });
    if (kept.length > 100_000) kept = kept.slice(50_000);
  }
  console.log(getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space').space_size);
`;

async function newSpaceBytes(...options: readonly string[]): Promise<number> {
  const args = [...options, `--import=${early}`, '--input-type=module', '--eval', program];
  const { out, error, code } = await startProgram(process.execPath, args).finished;
  assert.equal(code, 0, error);
  return Number(out);
}

test('new objects get two megabytes, unless Node was told otherwise', async () => {
  assert.equal(await newSpaceBytes(), 2 * 1024 * 1024);
  assert.equal(await newSpaceBytes('--max-semi-space-size=4'), 8 * 1024 * 1024);
});
