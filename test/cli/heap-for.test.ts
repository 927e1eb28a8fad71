import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { startProgram } from './process.ts';

const room = join(import.meta.dirname, '../../src/cli/process/heap-for.ts');
const early = join(import.meta.dirname, '../../src/early.js');

const mebibyte = 1024 * 1024;

/** Makes much that lives for a while, which lets V8 enlarge the place of new objects, and says its size. */
function program(first = ''): string {
  return `
    import { getHeapSpaceStatistics } from 'node:v8';
    const size = () => getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space').space_size;
    ${first}
    let kept = [];
    for (let round = 0; round < 400_000; round += 1) {
      kept.push({ round, list: [round] });
      if (kept.length > 100_000) kept = kept.slice(50_000);
    }
    process.stdout.write(String(size()));
  `;
}

const polling = (servers: number): string => program(`(await import('${room}')).sizeHeapFor(${servers}, process);`);

/** V8 takes 64 MiB and more for this program where nothing bounds it, and with a bound a little more than the bound at times. */
const bound = 32 * mebibyte;

async function newSpaceBytes(text: string): Promise<number> {
  const args = [`--import=${early}`, '--input-type=module', '--eval', text];
  const { out, error, code } = await startProgram(process.execPath, args).finished;
  assert.equal(code, 0, error);
  return Number(out);
}

test('new objects get little room, also where many servers are polled', async () => {
  for (const text of [program(), polling(19), polling(20)]) assert.ok((await newSpaceBytes(text)) < bound, text);
});

test('many servers or links get more room for new objects at once, few do not', async () => {
  const roomOf = (call: string): string => `
    import { getHeapSpaceStatistics } from 'node:v8';
    (await import('${room}')).${call};
    const { space_size } = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space');
    process.stdout.write(String(space_size));
  `;
  for (const name of ['sizeHeapFor', 'sizeHeapForLinks']) {
    const [few, many] = name === 'sizeHeapFor' ? [19, 20] : [39, 40];
    const fewBytes = await newSpaceBytes(roomOf(`${name}(${few}, process)`));
    const manyBytes = await newSpaceBytes(roomOf(`${name}(${many}, process)`));
    assert.ok(fewBytes < manyBytes, `${fewBytes} and ${manyBytes}`);
    assert.ok(manyBytes >= 8 * mebibyte, String(manyBytes));
  }
});
