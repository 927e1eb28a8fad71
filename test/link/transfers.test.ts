import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { assessLinks } from '../../src/link/assessor.ts';
import { runningTransfers, stallSeconds } from '../../src/link/seeding.ts';
import { noHistory, type TransferHistory } from '../../src/model/history.ts';
import type { PhysicalSeeding } from '../../src/model/seeding.ts';
import type { ServerState } from '../../src/model/server-state.ts';
import { guid, now, physicalSeeding, seedingAttempt, sqlServer } from './server-state.ts';

const attempt = seedingAttempt({
  groupId: guid('DAG_Sales@mi-prod'),
  currentState: 'SEEDING',
  completionTimestampSeconds: null,
});

function seeding(past: TransferHistory | null, row: Partial<PhysicalSeeding> = {}): ServerState {
  const transfers = new Map(past === null ? [] : [[guid('operation'), past]]);
  const views = { physical_seeding_stats: [physicalSeeding(row)], automatic_seeding: [attempt] };
  return sqlServer({}, { views, state: { history: { ...noHistory, transfers } } });
}

function pastFor(seconds: number): TransferHistory {
  return { transferredBytes: 5, movedTimestampSeconds: now - seconds, readTimestampSeconds: now };
}

describe('a transfer that runs', () => {
  const rows: readonly (readonly [string, TransferHistory | null, boolean | null])[] = [
    ['moved just now', pastFor(0), false],
    ['has not moved for a while', pastFor(stallSeconds - 1), false],
    ['has not moved for long', pastFor(stallSeconds), true],
    ['was never told of', null, null],
    ['does not say how many bytes', { ...pastFor(stallSeconds), transferredBytes: null }, null],
  ];
  for (const [name, past, isStalled] of rows) {
    test(`${name}: stalled ${isStalled}`, () => {
      assert.deepEqual(
        runningTransfers(seeding(past)).map((transfer) => transfer.isStalled),
        [isStalled],
      );
    });
  }
});

test('a transfer that has ended is none that runs, however long it stands still', () => {
  assert.deepEqual(runningTransfers(seeding(pastFor(9999), { endTimestampSeconds: now - 1 })), []);
});

test('a stalled transfer is a reason of the link that is being seeded', () => {
  const codes = (past: TransferHistory): readonly string[] =>
    assessLinks([seeding(past)], [])[0]?.findings.map(({ code }) => code) ?? [];
  assert.deepEqual(codes(pastFor(stallSeconds)).slice(0, 2), ['seeding_running', 'seeding_stalled']);
  assert.ok(!codes(pastFor(0)).includes('seeding_stalled'));
});

test('the end of the link has its transfers', () => {
  const [end] = assessLinks([seeding(pastFor(0))], [])[0]?.ends ?? [];
  assert.deepEqual(
    end?.transfers.map(({ row }) => row.localDatabaseName),
    ['Sales'],
  );
});
