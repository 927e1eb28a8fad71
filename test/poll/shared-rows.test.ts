import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import type { ServerFacts } from '../../src/model/server.ts';
import { sharedRows } from '../../src/poll/reading/shared-rows.ts';
import { batchOf } from '../../src/poll/reading/view.ts';
import { createViewMemory } from '../../src/poll/reading/view-memory.ts';
import { createServerPoller } from '../../src/poll/server-poller.ts';
import { systemClock } from '../../src/poll/time/clock.ts';
import { availabilityGroups } from '../../src/views/availability-groups.ts';
import { documentedShape, type View } from '../../src/views/view.ts';
import { fc, fuzzRuns } from '../fuzz/property.ts';
import { fakeServer, serverConfig } from './fake-server.ts';

const anyRow = fc.record(
  {
    id: fc.integer({ min: 0, max: 2 }),
    lsn: fc.bigInt({ min: 0n, max: 1n }),
    text: fc.option(fc.constantFrom('a', '')),
  },
  { requiredKeys: ['id'] },
);
// Some of what is drawn has no prototype, which no row is without.
const anyRows = fc.array(anyRow, { maxLength: 4 }).map((rows) => rows.map((row) => ({ ...row })));

test('shared rows say what the new ones say, and are the former objects wherever those said it', () => {
  fc.assert(
    fc.property(anyRows, anyRows, (former, rows) => {
      const shared = sharedRows(former, rows);
      assert.deepEqual(shared, rows);
      const clone = structuredClone(former);
      assert.equal(sharedRows(former, clone), former, 'all of it');
      for (const [index, row] of (shared ?? []).entries()) {
        const isSame = index < former.length && isDeepStrictEqual(former[index], rows[index]);
        assert.equal(row === former[index], isSame);
      }
    }),
    { numRuns: fuzzRuns(300) },
  );
});

test('what was not read, or not read before, is as it came', () => {
  assert.equal(sharedRows([{}], null), null);
  const rows = [{ id: 1 }];
  assert.equal(sharedRows(null, rows), rows);
  const [dated] = [[{ at: new Date(0) }]];
  assert.notEqual(sharedRows([{ at: new Date(0) }], dated)?.[0], undefined);
});

test('a view that says the same in the next poll has the same rows, and its neighbours too', async () => {
  const group = (name: string) => ({ group_id: `00000000-0000-0000-0000-0000000000${name}`, name, is_distributed: 1 });
  const server = fakeServer({ availability_groups: () => [group('01'), group('02')] });
  const poller = createServerPoller({
    server: serverConfig('sql-1'),
    connect: server.connect,
    clock: systemClock,
    timeoutSeconds: 60,
  });
  const groups = async () => {
    const { outcome } = await poller.poll(new AbortController().signal);
    assert.ok(outcome.kind === 'ok');
    return outcome.snapshot.views.availability_groups ?? [];
  };
  const first = await groups();
  assert.equal(first.length, 2);
  assert.equal(await groups(), first);
  server.answers = { availability_groups: () => [group('01'), group('03')] };
  const other = await groups();
  assert.deepEqual([other[0] === first[0], other[1]?.name], [true, '03']);
  poller.close();
});

test('what a view is asked is put together once, and again for another version or shape', () => {
  let made = 0;
  const view: View = {
    ...(availabilityGroups as View),
    sql: (facts, shape) => {
      made += 1;
      return availabilityGroups.sql(facts, shape);
    },
  };
  const memory = createViewMemory();
  const facts = { engine: 'sql_server', majorVersion: 16 } as ServerFacts;
  const first = batchOf(view, facts, memory);
  assert.deepEqual([batchOf(view, facts, memory), made], [first, 1]);
  batchOf(view, { ...facts, majorVersion: 13 }, memory);
  assert.equal(made, 2);
  memory.shapes.set('availability_groups', { ...documentedShape, absent: new Set(['is_distributed']) });
  const other = batchOf(view, facts, memory);
  assert.equal(made, 3);
  assert.equal(other, availabilityGroups.sql(facts, memory.shapes.get('availability_groups')));
  assert.notEqual(other, first);
});
