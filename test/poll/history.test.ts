import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { copyKey, noHistory, type ServerHistory } from '../../src/model/history.ts';
import type { PhysicalSeeding } from '../../src/model/seeding.ts';
import { nextHistory } from '../../src/poll/history.ts';
import type { PollResult } from '../../src/poll/server-poller.ts';
import { fc } from '../fuzz/property.ts';
import { databaseState } from '../link/database-rows.ts';
import { guid, now, physicalSeeding, replicaState, serverFacts, snapshot } from '../link/server-state.ts';

type Poll = Pick<PollResult, 'outcome' | 'views'>;

const failure = { reason: 'reset', message: 'reset', errorNumber: null } as const;
const failedPoll: Poll = { outcome: { kind: 'failed', view: null, failure }, views: new Map() };
const group = guid('group');
const operation = guid('operation');

function polledRole(role: string | null): Poll {
  const states = [replicaState({ role }), replicaState({ role: 'SECONDARY', isLocal: false })];
  return {
    outcome: { kind: 'ok', snapshot: snapshot(serverFacts(), { availability_replica_states: states }) },
    views: new Map(),
  };
}

function polledTransfers(rows: readonly PhysicalSeeding[] | null, readTimestampSeconds: number | null): Poll {
  return {
    outcome: { kind: 'ok', snapshot: snapshot(serverFacts(), { physical_seeding_stats: rows }) },
    views: new Map([['physical_seeding_stats', { durationSeconds: 0.1, failure: null, readTimestampSeconds }]]),
  };
}

function after(polls: readonly Poll[]): ServerHistory {
  return polls.reduce(nextHistory, noHistory);
}

function changesAfter(polls: readonly Poll[]): Record<string, number> {
  return Object.fromEntries(after(polls).roles.get(group)?.changes ?? []);
}

function polledAt(role: string | null, readTimestampSeconds: number): Poll {
  const views = new Map([
    ['availability_replica_states', { durationSeconds: 0.5, failure: null, readTimestampSeconds }],
  ] as const);
  return { ...polledRole(role), views };
}

describe('turns between the two roles that last', () => {
  const turnAfter = (polls: readonly Poll[]) => after(polls).roles.get(group)?.turn;

  test('a turn is between the begin of the last reading of the one and the end of the first of the other', () => {
    assert.deepEqual(turnAfter([polledAt('SECONDARY', 100), polledAt('SECONDARY', 115), polledAt('PRIMARY', 130)]), {
      from: 'SECONDARY',
      to: 'PRIMARY',
      afterTimestampSeconds: 114.5,
      byTimestampSeconds: 130,
    });
  });

  test('failed polls and readings without a role widen it', () => {
    const polls = [polledAt('SECONDARY', 100), failedPoll, polledAt(null, 130), polledAt('PRIMARY', 145)];
    assert.equal(turnAfter(polls)?.afterTimestampSeconds, 99.5);
  });

  test('a primary that restarts was not failed over to', () => {
    assert.equal(turnAfter([polledAt('PRIMARY', 1), polledAt('RESOLVING', 2), polledAt('PRIMARY', 3)]), undefined);
  });

  test('a role on the way is no turn, and the turn over it is from the role before', () => {
    const turn = turnAfter([polledAt('SECONDARY', 100), polledAt('RESOLVING', 115), polledAt('PRIMARY', 130)]);
    assert.deepEqual([turn?.from, turn?.to, turn?.afterTimestampSeconds], ['SECONDARY', 'PRIMARY', 99.5]);
  });
});

describe('roles', () => {
  const rows: readonly (readonly [string, readonly Poll[], Record<string, number>])[] = [
    ['the first role is no change', [polledRole('PRIMARY')], {}],
    ['the same role is no change', [polledRole('PRIMARY'), polledRole('PRIMARY')], {}],
    [
      'a failover and back',
      [polledRole('PRIMARY'), polledRole('SECONDARY'), polledRole('PRIMARY')],
      { SECONDARY: 1, PRIMARY: 1 },
    ],
    [
      'a change over a failed poll',
      [polledRole('PRIMARY'), failedPoll, failedPoll, polledRole('SECONDARY')],
      { SECONDARY: 1 },
    ],
    ['the same role before and after a failed poll', [polledRole('PRIMARY'), failedPoll, polledRole('PRIMARY')], {}],
    ['a row without a role', [polledRole('PRIMARY'), polledRole(null), polledRole('PRIMARY')], {}],
    ['a role that is not known here', [polledRole('PRIMARY'), polledRole('OBSERVER')], { OBSERVER: 1 }],
  ];
  for (const [name, polls, expected] of rows) test(name, () => assert.deepEqual(changesAfter(polls), expected));

  test('a group that was gone for a while comes back with its history', () => {
    const gone: Poll = { outcome: { kind: 'ok', snapshot: snapshot(serverFacts()) }, views: new Map() };
    assert.deepEqual(changesAfter([polledRole('PRIMARY'), gone, polledRole('SECONDARY')]), { SECONDARY: 1 });
  });

  test('the changes are those of the roles that were seen, whatever failed in between', () => {
    const role = fc.constantFrom('PRIMARY', 'SECONDARY', 'RESOLVING');
    fc.assert(
      fc.property(fc.array(fc.option(role)), (seen) => {
        const roles = seen.filter((each) => each !== null);
        const expected = roles.filter((each, index) => index > 0 && each !== roles[index - 1]).length;
        const changes = changesAfter(seen.map((each) => (each === null ? failedPoll : polledRole(each))));
        assert.equal(
          Object.values(changes).reduce((sum, count) => sum + count, 0),
          expected,
        );
      }),
    );
  });
});

describe('transfers', () => {
  const at = (transferredBytes: number | null, seconds: number): Poll =>
    polledTransfers([physicalSeeding({ transferredBytes })], seconds);
  const rows: readonly (readonly [string, readonly Poll[], number | undefined])[] = [
    ['first seen', [at(5, 100)], 100],
    ['moved', [at(5, 100), at(6, 115)], 115],
    ['not moved', [at(5, 100), at(6, 115), at(6, 130), at(6, 145)], 115],
    ['not moved over a failed poll', [at(5, 100), failedPoll, at(5, 145)], 100],
    ['rows that were kept from an earlier poll are not seen anew', [at(5, 100), at(6, 115), at(6, 115)], 115],
    ['began anew', [at(5, 100), at(5, 115), at(0, 130)], 130],
    ['a view that was not read changes nothing', [at(5, 100), polledTransfers(null, null), at(5, 130)], 100],
    ['ended', [at(5, 100), polledTransfers([], 115)], undefined],
  ];
  for (const [name, polls, moved] of rows) {
    test(name, () => assert.equal(after(polls).transfers.get(operation)?.movedTimestampSeconds, moved));
  }

  test('transfers without an id are told apart by what they are', () => {
    const anonymous = { localPhysicalSeedingId: null };
    const two = ['Sales', 'HR'].map((localDatabaseName) => physicalSeeding({ ...anonymous, localDatabaseName }));
    assert.equal(after([polledTransfers(two, 100)]).transfers.size, 2);
  });
});

describe('copies', () => {
  interface Reading {
    readonly at: number;
    readonly redone?: bigint | null;
    readonly queue?: number | null;
    /** Commits of the primary and of its partner, seconds before `now`; null: not told. */
    readonly commits?: readonly [number | null, number | null];
  }

  function polledCopies({ at, redone = 5n, queue = 100, commits = [10, 20] }: Reading): Poll {
    const ago = (seconds: number | null) => (seconds === null ? null : now - seconds);
    const rows = [
      databaseState({ replicaId: guid('own'), lastCommitTimestampSeconds: ago(commits[0]) }),
      databaseState({
        isLocal: false,
        lastRedoneLsn: redone,
        redoQueueBytes: queue,
        lastCommitTimestampSeconds: ago(commits[1]),
      }),
    ];
    return {
      outcome: { kind: 'ok', snapshot: snapshot(serverFacts(), { database_replica_states: rows }) },
      views: new Map([['database_replica_states', { durationSeconds: 0.1, failure: null, readTimestampSeconds: at }]]),
    };
  }

  function partnerAfter(...polls: readonly Poll[]) {
    return after(polls).copies.get(copyKey(databaseState()));
  }

  const redo: readonly (readonly [string, Partial<Reading>, Partial<Reading>, boolean | null])[] = [
    ['redo went on', { redone: 5n }, { redone: 6n }, true],
    ['redo stood still', { redone: 5n }, { redone: 5n }, false],
    ['redo stood still while the queue grew', { queue: 100 }, { queue: 200 }, false],
    ['without an LSN: a queue that became shorter', { redone: null, queue: 200 }, { redone: null, queue: 100 }, true],
    ['without an LSN: a queue that grew', { redone: null, queue: 100 }, { redone: null, queue: 200 }, false],
    ['nothing to tell it by', { redone: null, queue: null }, { redone: null, queue: null }, null],
  ];
  for (const [name, first, second, moved] of redo) {
    test(name, () => {
      const copy = partnerAfter(
        polledCopies({ at: now, ...first }),
        failedPoll,
        polledCopies({ at: now + 15, ...second }),
      );
      assert.equal(copy?.isRedoMoving, moved);
    });
  }

  test('one reading tells nothing of redo, nor does a reading that was kept from the poll before', () => {
    assert.equal(partnerAfter(polledCopies({ at: now }))?.isRedoMoving, null);
    assert.equal(partnerAfter(polledCopies({ at: now }), polledCopies({ at: now }))?.isRedoMoving, null);
  });

  const commits: readonly (readonly [string, readonly (readonly [number | null, number | null])[], number | null])[] = [
    ['never had all', [[10, 20]], null],
    [
      'had all at the first reading',
      [
        [10, 10],
        [5, 10],
      ],
      now,
    ],
    [
      'has all now',
      [
        [10, 20],
        [5, 5],
      ],
      now + 15,
    ],
    ['told more than the primary', [[10, 9]], now],
    ['commits that are not told', [[null, null]], null],
    [
      'one that is not told takes nothing back',
      [
        [10, 10],
        [null, 10],
      ],
      now,
    ],
  ];
  for (const [name, readings, at] of commits) {
    test(`a partner that ${name}`, () => {
      const copy = partnerAfter(
        ...readings.map((pair, index) => polledCopies({ at: now + 15 * index, commits: pair })),
      );
      assert.equal(copy?.hadAllTimestampSeconds, at);
    });
  }

  test('two commits of the year 1900 are no proof', () => {
    const epoch = now - Date.UTC(1900, 0, 1) / 1000;
    assert.equal(partnerAfter(polledCopies({ at: now, commits: [epoch, epoch] }))?.hadAllTimestampSeconds, null);
  });
});
