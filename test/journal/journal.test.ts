import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { lineText } from '../../src/history/line.ts';
import { type JournalOptions, openJournal, readJournal } from '../../src/journal/journal.ts';

const alive = (atSeconds: number): string => lineText({ what: 'alive', atSeconds, seenSeconds: null });

function stage(context: TestContext, options: Partial<JournalOptions> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'milink-journal-'));
  context.after(() => rmSync(folder, { recursive: true }));
  const directory = join(folder, 'history');
  let now = 1_793_534_400;
  const told: (string | null)[] = [];
  const open = () =>
    openJournal({
      directory,
      sizeBytes: 1_048_576,
      ageSeconds: 86_400 * 100,
      heading: () => [],
      nowSeconds: () => now,
      onTrouble: (message) => told.push(message),
      ...options,
    });
  const read = () => {
    const journal = readJournal(directory);
    return {
      times: [...journal.lines].map((line) => line.what === 'alive' && line.atSeconds),
      lost: journal.unreadable(),
    };
  };
  const size = () => readdirSync(directory).reduce((sum, name) => sum + statSync(join(directory, name)).size, 0);
  const at = (seconds: number): void => {
    now = seconds;
  };
  return { directory, told, open, read, size, at };
}

test('what was written is there although nothing was closed, and the next process goes on in a file of its own', (context) => {
  const { open, read, directory } = stage(context);
  open().write([alive(1), alive(2)]);
  open().write([alive(3)]);
  assert.deepEqual(read(), { times: [1, 2, 3], lost: 0 });
  assert.equal(readdirSync(directory).length, 2);
});

test('a crash in the middle of a line costs that line', (context) => {
  const { open, read, directory } = stage(context);
  open().write([alive(1), alive(2)]);
  const [name = ''] = readdirSync(directory);
  appendFileSync(join(directory, name), alive(3).slice(0, 20));
  open().write([alive(4)]);
  assert.deepEqual(read(), { times: [1, 2, 4], lost: 1 });
});

test('the directory stays within its size, and the newest is what stays', (context) => {
  const { open, read, size, at } = stage(context, { heading: () => [alive(0)] });
  const journal = open();
  const filler = Array.from({ length: 100 }, (_, index) => alive(index));
  for (let round = 0; round < 400; round += 1) {
    at(1_793_534_400 + round);
    journal.write([...filler, alive(round)]);
    assert.ok(size() <= 1_048_576, String(size()));
  }
  assert.ok(size() > 800_000);
  assert.equal(read().times.at(-1), 399);
  assert.equal(read().times[0], 0);
});

test('files that are too old go, and nothing else in the directory', (context) => {
  const { open, directory, at } = stage(context);
  const first = open();
  first.write([alive(1)]);
  const [name = ''] = readdirSync(directory);
  utimesSync(join(directory, name), 1, 1);
  writeFileSync(join(directory, 'notes.txt'), 'mine');
  at(1_793_534_400 + 90_000);
  first.write([alive(2)]);
  const left = readdirSync(directory);
  assert.deepEqual([left.includes(name), left.includes('notes.txt'), left.length], [false, true, 2]);
});

test('a directory that can not be written costs the lines, is told once, and is tried again', (context) => {
  const { open, directory, told, read } = stage(context);
  writeFileSync(directory, 'a file in its place');
  const journal = open();
  journal.write([alive(1)]);
  journal.write([alive(2)]);
  assert.equal(told.length, 1);
  rmSync(directory);
  journal.write([alive(3)]);
  assert.deepEqual(told.at(-1), null);
  assert.deepEqual(read().times, [3]);
});
