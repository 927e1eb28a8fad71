import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { alone, askedFiles, jobsOf, waits } from './jobs.ts';

const all = askedFiles([]);
const filesOf = (seed: number): readonly string[] => jobsOf(all, seed).flatMap(({ files }) => files);

test('every test file runs once, whatever the seed', () => {
  for (const seed of [1, 2, 3]) assert.deepEqual([...filesOf(seed)].sort(), all);
});

test('a seed draws one order, another seed another one', () => {
  assert.deepEqual(jobsOf(all, 7), jobsOf(all, 7));
  assert.notDeepEqual(filesOf(7), filesOf(8));
});

test('what must be alone is there, and shares no process', () => {
  const jobs = jobsOf(all, 1);
  for (const file of Object.keys(alone)) {
    assert.ok(existsSync(resolve(import.meta.dirname, '../..', file)), `${file} is no more`);
    assert.deepEqual(jobs.find(({ files }) => files.includes(file))?.files, [file]);
  }
});

test('what waits is there, has a process of its own, and is all that does', () => {
  const waiting = jobsOf(all, 1).filter(({ isWaiting }) => isWaiting);
  assert.deepEqual(waiting.flatMap(({ files }) => files).sort(), [...waits].sort());
  for (const { files } of waiting) assert.equal(files.length, 1);
});

test('words ask for the files that have one of them in their path, in any case', () => {
  assert.deepEqual(askedFiles(['SETUP/JOBS', 'setup/lock']), [
    'test/setup/jobs.test.ts',
    'test/setup/lock-file.test.ts',
  ]);
});
