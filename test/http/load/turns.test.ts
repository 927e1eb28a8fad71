import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTurns, type TurnKind, type TurnResult } from '../../../src/http/load/turns.ts';

const staying = new AbortController().signal;
const asker = (client: string, kind: TurnKind = 'page') => ({ kind, client, gone: staying });

/** Turns of which the first is held, so that all who ask meanwhile wait. */
function held(places: number | null) {
  const turns = createTurns({ page: places, scrape: places });
  const { promise, resolve } = Promise.withResolvers<void>();
  const first = turns(asker('first'), () => promise);
  return { turns, release: resolve, first };
}

test('work is done one after another, in the order in which it was asked for', async () => {
  const { turns, release } = held(null);
  const done: number[] = [];
  const all = [1, 2, 3].map((number) => turns(asker('a'), () => void done.push(number)));
  assert.deepEqual(done, []);
  release();
  assert.deepEqual(await Promise.all(all), ['done', 'done', 'done']);
  assert.deepEqual(done, [1, 2, 3]);
});

test('clients take turns', async () => {
  const { turns, release } = held(null);
  const done: string[] = [];
  const ask = (address: string, name: string): Promise<TurnResult> => turns(asker(address), () => void done.push(name));
  const all = ['a1', 'a2', 'a3', 'a4'].map((name) => ask('a', name)).concat(['b1', 'b2'].map((name) => ask('b', name)));
  release();
  await Promise.all(all);
  assert.deepEqual(done, ['a1', 'b1', 'a2', 'b2', 'a3', 'a4']);
});

test('who comes when all places are taken is told at once, unless another client has more', async () => {
  const { turns, release } = held(4);
  const work = (): undefined => undefined;
  const many = [1, 2, 3].map(() => turns(asker('many'), work));
  assert.equal(await turns(asker('many'), work), 'busy');
  const other = turns(asker('other'), work);
  assert.equal(await many[2], 'busy');
  assert.equal(await turns(asker('many'), work), 'busy');
  release();
  assert.deepEqual(await Promise.all([many[0], many[1], other]), ['done', 'done', 'done']);
  assert.equal(await turns(asker('many'), work), 'done');
});

test('pages take no place of scrapes', async () => {
  const { turns, release } = held(1);
  assert.equal(await turns(asker('a'), () => undefined), 'busy');
  const scrape = turns(asker('a', 'scrape'), () => undefined);
  release();
  assert.equal(await scrape, 'done');
});

test('a scrape waits for one page at most, whoever asks for it', async () => {
  const { turns, release } = held(null);
  const done: string[] = [];
  const all = [1, 2, 3].map((number) => turns(asker('a'), () => void done.push(`page ${number}`)));
  all.push(turns(asker('a', 'scrape'), () => void done.push('scrape')));
  release();
  await Promise.all(all);
  assert.deepEqual(done, ['page 1', 'scrape', 'page 2', 'page 3']);
});

test('who waits for too long is told', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const { turns, release, first } = held(2);
  const late = turns(asker('a'), () => undefined);
  context.mock.timers.tick(5000);
  assert.equal(await late, 'late');
  context.mock.timers.reset();
  release();
  assert.equal(await first, 'done');
  assert.equal(await turns(asker('a'), () => undefined), 'done');
});

test('who has gone is not worked for and gives the place back', async () => {
  const { turns, release, first } = held(2);
  const gone = new AbortController();
  let works = 0;
  const left = turns({ kind: 'page', client: 'a', gone: gone.signal }, () => {
    works += 1;
  });
  gone.abort();
  assert.equal(await left, 'gone');
  const next = turns(asker('a'), () => undefined);
  release();
  assert.deepEqual([await first, await next, works], ['done', 'done', 0]);
  assert.equal(await turns({ kind: 'page', client: 'a', gone: gone.signal }, () => undefined), 'gone');
});

test('a defect is for who asked, and the others go on', async () => {
  const { turns, release } = held(null);
  const defect = turns(asker('a'), () => Promise.reject(new Error('defect')));
  const next = turns(asker('a'), () => undefined);
  release();
  await assert.rejects(defect, { message: 'defect' });
  assert.equal(await next, 'done');
});

test('half of the time is left to others', async () => {
  const { turns, release } = held(null);
  const spans: (readonly [number, number])[] = [];
  const compute = (): void => {
    const start = performance.now();
    while (performance.now() - start < 20);
    spans.push([start, performance.now()]);
  };
  const all = [1, 2, 3, 4].map(() => turns(asker('a'), compute));
  release();
  await Promise.all(all);
  for (const [index, [start, end]] of spans.slice(0, -1).entries())
    assert.ok((spans[index + 1]?.[0] ?? 0) - end >= 0.9 * (end - start), JSON.stringify(spans));
});
