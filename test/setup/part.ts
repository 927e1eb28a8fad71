/**
 * Runs the test files that it is given in this one process, in the order in which they are given: Node's own command
 * sorts them, and a test that needs another before it would never be seen.
 */
import { resolve } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { longestTestMilliseconds } from './jobs.ts';

const files = process.argv.slice(2).map((file) => resolve(file));
process.env.MILINK_TEST_PART = '1';
run({ files, isolation: 'none', timeout: longestTestMilliseconds })
  .on('test:fail', () => {
    process.exitCode = 1;
  })
  .compose(spec)
  .pipe(process.stdout);
