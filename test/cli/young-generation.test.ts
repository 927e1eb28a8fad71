import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { startProgram } from './process.ts';

const room = join(import.meta.dirname, '../../src/cli/process/young-generation.ts');
const early = join(import.meta.dirname, '../../src/early.js');

const mebibyte = 1024 * 1024;

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

async function newSpaceBytes(text: string, ...options: readonly string[]): Promise<number> {
  const args = [...options, `--import=${early}`, '--input-type=module', '--eval', text];
  const { out, error, code } = await startProgram(process.execPath, args).finished;
  assert.equal(code, 0, error);
  return Number(out);
}

test('new objects get two megabytes, or four where Node itself took them, unless Node was told otherwise', async () => {
  assert.ok((await newSpaceBytes(program)) <= 4 * mebibyte);
  assert.equal(await newSpaceBytes(program, '--max-semi-space-size=4'), 8 * mebibyte);
});

test('they get eight where many servers are polled, and no more', async () => {
  const polling = (servers: number): string =>
    `import { roomForNewObjects } from '${room}'; roomForNewObjects(${servers}, process);\n${program}`;
  assert.ok((await newSpaceBytes(polling(19))) <= 4 * mebibyte);
  assert.equal(await newSpaceBytes(polling(20)), 8 * mebibyte);
  assert.equal(await newSpaceBytes(polling(20), '--max-semi-space-size=2'), 4 * mebibyte);
});
