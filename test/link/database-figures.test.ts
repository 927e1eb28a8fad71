import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { databaseFigures, type FigureFacts } from '../../src/link/database-figures.ts';
import type { DatabaseReplicaState } from '../../src/model/database.ts';
import type { CopyHistory } from '../../src/model/history.ts';
import { databaseState } from './database-rows.ts';
import { now } from './server-state.ts';

const hour = 3600;
const minute = 60;

interface Case {
  readonly partner?: Partial<DatabaseReplicaState> | null;
  readonly local?: Partial<DatabaseReplicaState> | null;
  readonly connected?: string | null;
  readonly role?: string;
  readonly commit?: number | null;
  readonly past?: Partial<CopyHistory>;
}

/** A primary whose partner is connected and has all but the last second of what was written. */
function facts({ partner = {}, local = {}, connected = 'CONNECTED', role = 'PRIMARY', ...rest }: Case): FigureFacts {
  const { commit = now - 1, past } = rest;
  const history: CopyHistory = {
    lastRedoneLsn: null,
    redoQueueBytes: null,
    isRedoMoving: null,
    hadAllTimestampSeconds: null,
    readTimestampSeconds: now,
    ...past,
  };
  return {
    role,
    local: local === null ? null : databaseState({ redoQueueBytes: null, ...local }),
    partner: partner === null ? null : databaseState({ isLocal: false, secondaryLagSeconds: 0, ...partner }),
    partnerConnectedState: connected,
    lastCommitTimestampSeconds: commit,
    readTimestampSeconds: now,
    history: past === undefined ? { local: null, partner: null } : { local: history, partner: history },
  };
}

describe('secondary lag', () => {
  const cases: readonly (readonly [string, Case, number | null])[] = [
    ['in step', {}, 0],
    ['in step, synchronous', { partner: { synchronizationState: 'SYNCHRONIZED' } }, 0],
    ['in other spelling', { partner: { synchronizationState: 'Synchronizing' }, connected: 'connected' }, 0],
    ['behind', { partner: { secondaryLagSeconds: 7 } }, 7],
    ['suspended and growing', { partner: { secondaryLagSeconds: 4041, isSuspended: true } }, 4041],
    [
      'suspended at the primary and growing',
      { partner: { secondaryLagSeconds: 12 }, local: { isSuspended: true } },
      12,
    ],
    ['behind, then disconnected', { partner: { secondaryLagSeconds: 9 }, connected: 'DISCONNECTED' }, 9],
    ['behind, of an unknown state', { partner: { secondaryLagSeconds: 9, synchronizationState: null } }, 9],
    ['a 0 while suspended', { partner: { isSuspended: true } }, null],
    ['a 0 while suspended at the primary', { local: { isSuspended: true } }, null],
    ['a 0 where suspension is not told', { partner: { isSuspended: null } }, null],
    ['a 0 where suspension at the primary is not told', { local: { isSuspended: null } }, null],
    ['a 0 without a row of the primary', { local: null }, 0],
    ['a 0 while disconnected', { connected: 'DISCONNECTED' }, null],
    ['a 0 where the connection is not told', { connected: null }, null],
    ['a 0 that is not being synchronized', { partner: { synchronizationState: 'NOT SYNCHRONIZING' } }, null],
    ['a 0 while reverting', { partner: { synchronizationState: 'REVERTING' } }, null],
    ['a 0 of an unknown state', { partner: { synchronizationState: null } }, null],
    ['not told', { partner: { secondaryLagSeconds: null } }, null],
    ['no partner', { partner: null }, null],
  ];
  for (const [name, each, seconds] of cases) {
    test(`${name}: ${seconds}`, () => assert.equal(databaseFigures(facts(each)).secondaryLagSeconds, seconds));
  }
});

describe('estimated data loss', () => {
  const broken = { connected: 'DISCONNECTED' };
  const stopped = { synchronizationState: 'NOT SYNCHRONIZING' };
  /** Commits of the partner, and the last log that it hardened, so many seconds ago. */
  const ago = (commit: number, hardened: number | null, more: Partial<DatabaseReplicaState> = {}) => ({
    lastCommitTimestampSeconds: now - commit,
    lastHardenedTimestampSeconds: hardened === null ? null : now - hardened,
    ...more,
  });
  const cases: readonly (readonly [string, Case, number | null])[] = [
    ['nothing missing', { partner: ago(1, 1) }, 0],
    ['a partner that has more than was said', { partner: ago(0, 1) }, 0],
    ['under load, broken 6 min ago', { ...broken, partner: ago(6 * minute, 6 * minute, stopped) }, 6 * minute - 1],
    [
      'idle for 10 h, broken 6 min ago, one commit since',
      { ...broken, partner: ago(10 * hour, 6 * minute) },
      6 * minute,
    ],
    ['the same, connected', { partner: ago(10 * hour, 1) }, 1],
    ['without a hardened time', { ...broken, partner: ago(10 * hour, null) }, 10 * hour - 1],
    ['hardened in another zone, ahead', { ...broken, partner: ago(10 * hour, -2 * hour) }, 10 * hour - 1],
    ['hardened a moment ahead', { ...broken, partner: ago(10 * hour, -2) }, 0],
    ['catching up: hardened now, 5 min behind', { partner: ago(5 * minute, 0, { secondaryLagSeconds: 299 }) }, 299],
    ['catching up, lag not told', { partner: ago(5 * minute, 0, { secondaryLagSeconds: null }) }, 299],
    [
      'had every commit 20 s ago',
      { ...broken, partner: ago(10 * hour, 10 * hour), past: { hadAllTimestampSeconds: now - 20 } },
      20,
    ],
    ['not the primary', { role: 'SECONDARY', partner: ago(9, 9) }, null],
    ['commit of the partner not told', { partner: { lastCommitTimestampSeconds: null } }, null],
    ['own commit not told', { commit: null }, null],
    ['no partner', { partner: null }, null],
  ];
  for (const [name, each, seconds] of cases) {
    test(`${name}: ${seconds} s`, () => {
      assert.equal(databaseFigures(facts(each)).estimatedDataLossSeconds, seconds);
    });
  }
});

describe('estimated recovery', () => {
  const queue = (bytes: number | null, rate: number | null, more: Partial<DatabaseReplicaState> = {}) => ({
    redoQueueBytes: bytes,
    redoRateBytesPerSecond: rate,
    ...more,
  });
  const cases: readonly (readonly [string, Case, number | null])[] = [
    ['a queue and a rate', { partner: queue(10_240, 1024) }, 10],
    ['nothing to redo', { partner: queue(0, 1024) }, 0],
    ['nothing to redo, idle', { partner: queue(0, 1024), past: { isRedoMoving: false } }, 0],
    ['no rate', { partner: queue(10_240, 0) }, null],
    ['nothing and no rate', { partner: queue(0, 0) }, null],
    ['queue not told', { partner: queue(null, 1024) }, null],
    ['rate not told', { partner: queue(10_240, null) }, null],
    ['suspended', { partner: queue(0, 1024, { isSuspended: true }) }, null],
    ['suspension not told', { partner: queue(0, 1024, { isSuspended: null }) }, null],
    ['not being synchronized', { partner: queue(0, 1024, { synchronizationState: 'NOT SYNCHRONIZING' }) }, null],
    ['disconnected', { partner: queue(0, 1024), connected: 'DISCONNECTED' }, null],
    ['a queue that moved', { partner: queue(10_240, 1024), past: { isRedoMoving: true } }, 10],
    ['a queue that stood still', { partner: queue(10_240, 1024), past: { isRedoMoving: false } }, null],
    ['no copy', { partner: null }, null],
  ];
  for (const [name, each, seconds] of cases) {
    test(`partner, ${name}: ${seconds} s`, () => {
      assert.equal(databaseFigures(facts(each)).estimatedRecoverySeconds.partner, seconds);
    });
  }
  test("a secondary's own copy needs no connection row", () => {
    const own = facts({ role: 'SECONDARY', local: queue(10_240, 1024), partner: null, connected: null });
    assert.equal(databaseFigures(own).estimatedRecoverySeconds.local, 10);
  });
});
