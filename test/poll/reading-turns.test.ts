import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultLimits } from '../../src/config/limits.ts';
import { readView } from '../../src/poll/reading/view.ts';
import { createViewMemory } from '../../src/poll/reading/view-memory.ts';
import type { Connection } from '../../src/sql/connection.ts';
import { gatedMessage } from '../../src/sql/gate/message-gate.ts';
import { meter } from '../../src/sql/gate/meter.ts';
import { availabilityGroups } from '../../src/views/availability-groups.ts';
import { countTurns, spin } from '../steps/turns.ts';

const rows = 5;

test('others get a turn between the rows of an answer', async () => {
  const records = Array.from({ length: rows }, (_, index) => ({
    group_id: `00000000-0000-0000-0000-00000000000${index}`,
    is_distributed: true,
    // What takes long in a row, in the place of thousands of them.
    get name() {
      spin();
      return `DAG_${index}`;
    },
  }));
  const connection = { query: async () => records } as unknown as Connection;
  const turns = await countTurns();
  const reading = await readView(availabilityGroups, {
    ...{ connection, facts: null, memory: createViewMemory(), nowSeconds: 0, tell: () => undefined },
    ...{ signal: new AbortController().signal, limit: null },
  });
  turns.end();
  assert.equal(reading.rows?.length, rows);
  assert.ok(turns.count() >= rows, `${turns.count()} turns`);
});

test('others get a turn between the pieces of an answer that is here already', async () => {
  async function* message(): AsyncGenerator<Buffer> {
    for (let piece = 0; piece < rows; piece += 1) yield Buffer.alloc(20_000);
  }
  const turns = await countTurns();
  const counts = meter(defaultLimits);
  let pieces = 0;
  for await (const piece of gatedMessage(message(), counts)) {
    pieces += Math.sign(piece.length);
    counts.token({ name: 'DONE' });
    spin();
  }
  turns.end();
  assert.equal(pieces, rows);
  assert.ok(turns.count() >= rows - 1, `${turns.count()} turns`);
});
