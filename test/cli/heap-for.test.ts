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

test('many servers get more room for new objects at once, few do not', async () => {
  const roomOf = (servers: number): string => `
    import { getHeapSpaceStatistics } from 'node:v8';
    (await import('${room}')).sizeHeapFor(${servers}, process);
    const { space_size } = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space');
    process.stdout.write(String(space_size));
  `;
  const [few, many] = [await newSpaceBytes(roomOf(19)), await newSpaceBytes(roomOf(20))];
  assert.ok(few < many, `${few} and ${many}`);
  assert.ok(many >= 8 * mebibyte, String(many));
});
