import assert from 'node:assert/strict';
import { test } from 'node:test';
import { atMostOften, restAfter, restBeforeScrape } from '../../src/cli/process/at-most-often.ts';

test('the first call runs at once, all that come meanwhile are one more run', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let runs = 0;
  const ask = atMostOften(
    () => gates[runs++]?.promise ?? Promise.resolve(),
    () => 1000,
  );
  ask();
  assert.equal(runs, 1);
  ask();
  ask();
  gates[0]?.resolve();
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(runs, 1, 'it rests');
  t.mock.timers.tick(60_000);
  assert.equal(runs, 2);
  gates[1]?.resolve();
  await new Promise((resolve) => setImmediate(resolve));
  t.mock.timers.tick(60_000);
  assert.equal(runs, 2, 'nobody has asked since');
  ask();
  assert.equal(runs, 3);
});

test('work that fails does not end it', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  let runs = 0;
  const ask = atMostOften(
    async () => {
      runs += 1;
      throw new Error('a defect');
    },
    () => 1000,
  );
  ask();
  await new Promise((resolve) => setImmediate(resolve));
  t.mock.timers.tick(60_000);
  ask();
  assert.equal(runs, 2);
});

test('it rests longer after a long run, and never so long that what is shown grows old', () => {
  assert.deepEqual(
    [0, 10, 50, 100, 60_000].map((took) => restAfter(took, 9)),
    [500, 500, 500, 900, 1000],
  );
});

test('what is made for scrapes rests until shortly before the next one', () => {
  const rests = [null, 15, 8, 5.74, 4, 1.2, 0.7, 0].map((expected) => restBeforeScrape(50, expected));
  assert.deepEqual(rests, [500, 5000, 5000, 5040, 3300, 500, 0, 500]);
  assert.equal(restBeforeScrape(900, 5), 3620, 'what takes long is begun earlier');
  assert.equal(restBeforeScrape(3000, 11.5), 7600, 'there is no time for two');
  assert.equal(restBeforeScrape(9000, 5), 1000);
});
