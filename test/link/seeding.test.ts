import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { assessLinks } from '../../src/link/assessor.ts';
import {
  attemptStatus,
  groupOfSeeding,
  linkOfGroup,
  newestAttempts,
  seedingDirection,
  seedingStatus,
} from '../../src/link/seeding.ts';
import type { PhysicalSeeding, SeedingAttempt } from '../../src/model/seeding.ts';
import { guid, managedInstance, now, physicalSeeding, seedingAttempt, sqlServer } from './server-state.ts';

const group = guid('group');
const failed = seedingAttempt({ currentState: 'FAILED', errorCode: 1412 });
const completed = seedingAttempt();
const later = { startTimestampSeconds: now - 60 };

describe('one attempt', () => {
  const open = { completionTimestampSeconds: null };
  const rows: readonly (readonly [Partial<SeedingAttempt>, ReturnType<typeof attemptStatus>])[] = [
    [{ currentState: 'COMPLETED' }, 'ended'],
    [{ currentState: 'FAILED' }, 'failed'],
    [{ currentState: 'FAILED', ...open }, 'failed'],
    [{ currentState: 'failed' }, 'failed'],
    [{ currentState: 'PENDING', ...open }, 'running'],
    [{ currentState: 'CHECK_IF_SEEDING_NEEDED', ...open }, 'running'],
    [{ currentState: 'LIMIT_CONCURRENT_BACKUPS', ...open }, 'running'],
    [{ currentState: 'A_NEW_STATE', ...open }, 'running'],
    [{ currentState: 'A_NEW_STATE' }, 'ended'],
    [{ currentState: 'A_NEW_STATE', errorCode: 0 }, 'ended'],
    [{ currentState: 'A_NEW_STATE', errorCode: 1408 }, 'failed'],
    [{ currentState: null, ...open }, 'running'],
    [{ currentState: null, ...open, startTimestampSeconds: null }, 'ended'],
  ];
  for (const [row, status] of rows) {
    test(`${JSON.stringify(row)}: ${status}`, () => assert.equal(attemptStatus(seedingAttempt(row)), status));
  }
});

describe('the history of one database', () => {
  const rows: readonly (readonly [string, readonly SeedingAttempt[], ReturnType<typeof seedingStatus>])[] = [
    ['a failure followed by a success is no failure', [failed, { ...completed, ...later }], 'none'],
    ['a success followed by a failure is one', [completed, { ...failed, ...later }], 'failed'],
    [
      'of two in one tick the higher count is newer',
      [
        { ...failed, numberOfAttempts: 2 },
        { ...completed, numberOfAttempts: 3 },
      ],
      'none',
    ],
    ['a start that is not known is older', [{ ...failed, startTimestampSeconds: null }, completed], 'none'],
    ['two partners are judged apart', [failed, { ...completed, ...later, remoteReplicaId: guid('second') }], 'failed'],
    ['two databases are judged apart', [failed, { ...completed, ...later, groupDatabaseId: guid('second') }], 'failed'],
    ['another group is left out', [{ ...failed, groupId: guid('other') }], 'none'],
    ['no attempt', [], 'none'],
  ];
  for (const [what, attempts, status] of rows) {
    test(what, () => {
      assert.equal(seedingStatus(newestAttempts(attempts, group)), status);
      assert.equal(seedingStatus(newestAttempts(attempts.toReversed(), group)), status);
    });
  }

  test('a view that was not read is unseen', () => assert.equal(seedingStatus(null), 'unseen'));
});

describe('the group of a transfer', () => {
  const rows: readonly (readonly [
    string,
    Partial<PhysicalSeeding>,
    readonly SeedingAttempt[] | null,
    string | null,
  ])[] = [
    ['comes from the attempt with its id', {}, [completed], group],
    ['is not known without such an attempt', { localPhysicalSeedingId: guid('other') }, [completed], null],
    ['is not known without an id', { localPhysicalSeedingId: null }, [{ ...completed, operationId: null }], null],
    ['is not known when the attempts were not read', {}, null, null],
    ['comes from the attempt that names one', {}, [{ ...completed, ...later, groupId: null }, completed], group],
    [
      'comes from the newest attempt',
      {},
      [
        { ...completed, groupId: guid('old') },
        { ...completed, ...later },
      ],
      group,
    ],
  ];
  for (const [what, row, attempts, groupId] of rows) {
    test(what, () => assert.equal(groupOfSeeding(physicalSeeding(row), attempts), groupId));
  }

  test('leads to the link of that server only', () => {
    const links = assessLinks([sqlServer({ groupId: group }), managedInstance({ groupId: guid('at mi') })], []);
    assert.equal(linkOfGroup(links, 'sql-prod-01', group)?.name, 'DAG_Sales');
    assert.equal(linkOfGroup(links, 'mi-prod', group), null);
  });
});

describe('direction', () => {
  const rows: readonly (readonly [string | null, boolean | null, string])[] = [
    ['Source', null, 'source'],
    ['Destination', true, 'destination'],
    ['Forwarder', null, 'forwarder'],
    ['ForwarderDestination', null, 'forwarder_destination'],
    ['Some New Role', null, 'some_new_role'],
    [null, true, 'source'],
    ['', false, 'destination'],
    [null, null, 'unknown'],
  ];
  for (const [role, isSource, direction] of rows) {
    test(`${role}, is_source ${isSource}: ${direction}`, () =>
      assert.equal(seedingDirection(role, isSource), direction));
  }
});
