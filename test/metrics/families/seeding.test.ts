import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { seedingFamilies } from '../../../src/metrics/families/seeding.ts';
import type { Database } from '../../../src/model/database.ts';
import { noHistory } from '../../../src/model/history.ts';
import type { PhysicalSeeding, SeedingAttempt } from '../../../src/model/seeding.ts';
import type { ServerState } from '../../../src/model/server-state.ts';
import { database } from '../../link/database-rows.ts';
import { guid, linkRows, now, seedingAttempt, sqlServer } from '../../link/server-state.ts';
import { linkGroup, transfer } from '../rows.ts';
import { seriesOf, stateOf } from '../series.ts';

const link = 'server="sql-prod-01",link="DAG_Sales",managed_instance="mi-prod"';

function attempt(row: Partial<SeedingAttempt> = {}): SeedingAttempt {
  return seedingAttempt({ groupId: linkGroup, currentState: 'SEEDING', completionTimestampSeconds: null, ...row });
}

function serverWith(
  transfers: readonly PhysicalSeeding[] | null,
  attempts: readonly SeedingAttempt[] | null,
): ServerState {
  const rows = linkRows('sql_server');
  return sqlServer(
    {},
    {
      views: {
        availability_groups: rows.groups,
        availability_replicas: rows.replicas,
        availability_replica_states: rows.states,
        physical_seeding_stats: transfers,
        automatic_seeding: attempts,
      },
    },
  );
}

function series(server: ServerState, name?: string): readonly string[] {
  return seriesOf(seedingFamilies, stateOf([server]), name);
}

test('a running transfer has every figure, with its database and the link of its attempt', () => {
  const database = 'database="Sales",direction="source"';
  const transfers = series(serverWith([transfer()], [attempt()])).filter(
    (line) => !/attempts|_state|_failed/.test(line),
  );
  assert.deepEqual(transfers, [
    `milink_seeding_database_size_bytes{${link},${database}} 10000`,
    `milink_seeding_transferred_bytes{${link},${database}} 5000`,
    `milink_seeding_rate_bytes_per_second{${link},${database}} 1000`,
    `milink_seeding_start_timestamp_seconds{${link},${database}} ${now - 60}`,
    `milink_seeding_estimated_completion_timestamp_seconds{${link},${database}} ${now + 60}`,
    `milink_seeding_disk_io_wait_seconds{${link},${database}} 0.25`,
    `milink_seeding_network_wait_seconds{${link},${database}} 1.5`,
    `milink_seeding_compression_enabled{${link},${database}} 1`,
  ]);
});

test('NULL figures have no series', () => {
  const unsaid = transfer({
    transferRateBytesPerSecond: null,
    transferredBytes: null,
    databaseSizeBytes: null,
    startTimestampSeconds: null,
    estimatedCompletionTimestampSeconds: null,
    diskIoWaitSeconds: null,
    networkWaitSeconds: null,
    isCompressionEnabled: null,
  });
  assert.deepEqual(series(serverWith([unsaid], [])), []);
});

test('an ended transfer that lingers in the view has no series, but still names the database of its attempt', () => {
  const ended = transfer({ endTimestampSeconds: now - 1 });
  const server = serverWith([ended], [attempt({ currentState: 'COMPLETED', completionTimestampSeconds: now - 1 })]);
  assert.deepEqual(series(server, 'milink_seeding_transferred_bytes'), []);
  assert.deepEqual(series(server, 'milink_seeding_attempts'), [
    `milink_seeding_attempts{${link},database="Sales",direction="source"} 1`,
  ]);
});

test('a transfer that no attempt explains is of no link that we could name', () => {
  for (const attempts of [[], null, [attempt({ operationId: guid('other') })]]) {
    assert.deepEqual(
      series(serverWith([transfer({ role: 'Destination' })], attempts), 'milink_seeding_transferred_bytes'),
      [
        'milink_seeding_transferred_bytes{server="sql-prod-01",link="",managed_instance="",database="Sales",direction="destination"} 5000',
      ],
    );
  }
});

test('the transfer and the attempt of an ordinary group are no business of a link', () => {
  const ordinary = linkRows('sql_server').groups[1]?.groupId ?? '';
  assert.deepEqual(series(serverWith([transfer()], [attempt({ groupId: ordinary })])), []);
});

test('an attempt of a group that exists no more is history, not a failure of now', () => {
  const gone = attempt({ groupId: guid('dropped'), currentState: 'FAILED', errorCode: 1412 });
  assert.deepEqual(series(serverWith([], [gone])), []);
});

test('only the newest attempt for a database counts', () => {
  const failed = attempt({ currentState: 'FAILED', errorCode: 1412, startTimestampSeconds: now - 90 });
  const running = attempt({ currentState: 'PENDING', startTimestampSeconds: now - 30, numberOfAttempts: 2 });
  const database = `database="${guid('database')}",direction="source"`;
  for (const attempts of [
    [failed, running],
    [running, failed],
  ]) {
    assert.deepEqual(series(serverWith([], attempts)), [
      `milink_seeding_attempts{${link},${database}} 2`,
      `milink_seeding_state{${link},${database},state="PENDING"} 1`,
      `milink_seeding_state{${link},${database},state="CHECK_IF_SEEDING_NEEDED"} 0`,
      `milink_seeding_state{${link},${database},state="LIMIT_CONCURRENT_BACKUPS"} 0`,
      `milink_seeding_state{${link},${database},state="COMPLETED"} 0`,
      `milink_seeding_state{${link},${database},state="FAILED"} 0`,
    ]);
  }
});

test('a failed attempt carries its SQL Server error number', () => {
  const database = `database="${guid('database')}",direction="source"`;
  const failed = series(
    serverWith([], [attempt({ currentState: 'FAILED', errorCode: 1412 })]),
    'milink_seeding_failed',
  );
  assert.deepEqual(failed, [`milink_seeding_failed{${link},${database},error="1412"} 1`]);
  for (const errorCode of [null, 0]) {
    const silent = series(serverWith([], [attempt({ currentState: 'FAILED', errorCode })]), 'milink_seeding_failed');
    assert.deepEqual(silent, [`milink_seeding_failed{${link},${database},error=""} 1`]);
  }
});

test('rows that would be the same series are one: the newest', () => {
  const transfers = [
    transfer({ transferredBytes: 1, startTimestampSeconds: now - 20 }),
    transfer({ transferredBytes: 2, startTimestampSeconds: now - 10 }),
    transfer({ transferredBytes: 3, startTimestampSeconds: null }),
  ];
  const attempts = [
    attempt({ remoteReplicaId: guid('one'), numberOfAttempts: 7, startTimestampSeconds: now - 10 }),
    attempt({ remoteReplicaId: guid('two'), numberOfAttempts: 8, startTimestampSeconds: now - 20 }),
  ];
  const names = 'database="Sales",direction="source"';
  for (const server of [serverWith(transfers, attempts), serverWith(transfers.toReversed(), attempts.toReversed())]) {
    assert.deepEqual(series(server, 'milink_seeding_transferred_bytes'), [
      `milink_seeding_transferred_bytes{${link},${names}} 2`,
    ]);
    assert.deepEqual(series(server, 'milink_seeding_attempts'), [`milink_seeding_attempts{${link},${names}} 7`]);
  }
});

test('views that were not read have no series', () => {
  assert.deepEqual(series(serverWith(null, null)), []);
});

test('bytes that do not move are told, with the time since when', () => {
  const past = { transferredBytes: 5000, movedTimestampSeconds: now - 900, readTimestampSeconds: now };
  const server = serverWith([transfer()], [attempt()]);
  const stalled = { ...server, history: { ...noHistory, transfers: new Map([[guid('operation'), past]]) } };
  const names = 'database="Sales",direction="source"';
  assert.deepEqual(series(stalled, 'milink_seeding_stalled'), [`milink_seeding_stalled{${link},${names}} 1`]);
  assert.deepEqual(series(stalled, 'milink_seeding_last_progress_timestamp_seconds'), [
    `milink_seeding_last_progress_timestamp_seconds{${link},${names}} ${now - 900}`,
  ]);
  assert.deepEqual(series(server, 'milink_seeding_stalled'), []);
});

describe('a database that the managed instance calls by a GUID', () => {
  const groupDatabaseId = guid('database Sales');
  const physical = guid('physical Sales');
  const row = database({ physicalDatabaseName: physical.toLowerCase(), groupDatabaseId: null, replicaId: null });
  const named = (
    text: string,
    databases: readonly Database[],
    attempts: readonly SeedingAttempt[],
  ): readonly string[] => {
    const views = {
      databases,
      physical_seeding_stats: [transfer({ localDatabaseName: text })],
      automatic_seeding: attempts,
    };
    return seriesOf(seedingFamilies, stateOf([sqlServer({}, { views })])).flatMap(
      (line) => /(?:attempts|transferred_bytes).*database="([^"]*)"/.exec(line)?.[1] ?? [],
    );
  };
  const cases: readonly (readonly [
    string,
    string,
    readonly Database[],
    readonly SeedingAttempt[],
    readonly string[],
  ])[] = [
    ['its physical name', physical, [row], [], ['Sales']],
    ['its physical name, with an attempt', physical, [row], [attempt({ groupDatabaseId })], ['Sales', 'Sales']],
    ['its group_database_id', groupDatabaseId, [{ ...row, groupDatabaseId }], [], ['Sales']],
    ['its name', 'sales', [row], [], ['Sales']],
    ['a GUID that nobody knows', guid('x'), [row], [], [guid('x')]],
    [
      'the GUID that the link knows',
      'whatever',
      [{ ...row, groupDatabaseId }],
      [attempt({ groupDatabaseId })],
      ['Sales', 'Sales'],
    ],
  ];
  for (const [name, text, databases, attempts, expected] of cases) {
    test(name, () => assert.deepEqual(named(text, databases, attempts), expected));
  }
});

describe('what can not be true of a transfer is no sample', () => {
  const year1900 = Date.UTC(1900, 0, 1) / 1000;
  const figures = ['database_size_bytes', 'transferred_bytes', 'estimated_completion_timestamp_seconds'];
  const cases: readonly (readonly [string, Partial<PhysicalSeeding>, readonly string[]])[] = [
    ['as it is', {}, figures],
    ['an end in 1900', { estimatedCompletionTimestampSeconds: year1900 }, figures.slice(0, 2)],
    ['no sizes', { databaseSizeBytes: null, transferredBytes: null }, []],
    ['more sent than there is', { databaseSizeBytes: 10, transferredBytes: 11 }, []],
  ];
  for (const [name, row, told] of cases) {
    test(name, () => {
      const state = stateOf([serverWith([transfer({ ...row })], [attempt()])]);
      const shown = figures.filter((figure) => seriesOf(seedingFamilies, state, `milink_seeding_${figure}`).length > 0);
      assert.deepEqual(shown, told);
    });
  }
});
