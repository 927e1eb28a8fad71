import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { boundedSnapshot, expectedNames } from '../../src/poll/reading/shown-rows.ts';
import { availabilityReplica, certificate, guid, replicaState, serverFacts } from '../link/server-state.ts';

const nothing = expectedNames([]);

function snapshot(views: Partial<Snapshot['views']>): Snapshot {
  const none = Object.fromEntries(Object.keys(views).map((name) => [name, null])) as unknown as Snapshot['views'];
  return {
    server: serverFacts(),
    clockOffsetSeconds: 0,
    views: {
      ...{ availability_groups: null, availability_replicas: null, availability_replica_states: null },
      ...{ databases: null, database_replica_states: null, physical_seeding_stats: null, certificates: null },
      ...{ database_mirroring_endpoints: null, tcp_endpoints: null, performance_counters: null, master_files: null },
      ...none,
      ...views,
    } as Snapshot['views'],
  };
}

function group(name: string, isDistributed: boolean | null) {
  return { groupId: guid(name), name, isDistributed, clusterType: null };
}

function database(name: string) {
  return {
    ...{ databaseId: 5, name, physicalDatabaseName: null, groupDatabaseId: guid(name), replicaId: null },
    ...{ state: null, logReuseWait: null },
  };
}

const links = ['b', 'c', 'a', 'z-expected', 'd'];

test('links: those that are expected first, then by name; the groups that they join go with them', () => {
  const { views, leftOut } = boundedSnapshot(
    snapshot({
      availability_groups: [
        ...links.map((name) => group(name, true)),
        ...links.map((name) => group(`ag-${name}`, false)),
      ],
      availability_replicas: links.map((name) =>
        availabilityReplica({ groupId: guid(name), replicaServerName: `ag-${name}` }),
      ),
      availability_replica_states: links.flatMap((name) => [
        replicaState({ groupId: guid(name) }),
        replicaState({ groupId: guid(`ag-${name}`) }),
      ]),
    }),
    { links: 2, databases: 10, expected: expectedNames([{ name: 'z-expected', databases: [] }]) },
  );
  const names = ['a', 'z-expected', 'ag-a', 'ag-z-expected'];
  assert.deepEqual(
    views.availability_groups?.map(({ name }) => name),
    names,
  );
  assert.equal(views.availability_replicas?.length, 2);
  assert.deepEqual(new Set(views.availability_replica_states?.map(({ groupId }) => groupId)), new Set(names.map(guid)));
  assert.deepEqual(leftOut, { groups: 6, databases: 0, rows: 0 });
});

test('a group that does not say what it is counts as a link', () => {
  const groups = links.map((name) => group(name, null));
  const { views, leftOut } = boundedSnapshot(snapshot({ availability_groups: groups }), {
    ...{ links: 2, databases: 10, expected: nothing },
  });
  assert.deepEqual(
    views.availability_groups?.map(({ name }) => name),
    ['b', 'a'],
  );
  assert.equal(leftOut?.groups, 3);
});

test('databases: those that are expected first, then by name', () => {
  const { views, leftOut } = boundedSnapshot(
    snapshot({ databases: ['m', 'b', 'z', 'a'].map(database), database_replica_states: null }),
    { links: 2, databases: 2, expected: expectedNames([{ name: 'x', databases: ['z'] }]) },
  );
  assert.deepEqual(
    views.databases?.map(({ name }) => name),
    ['z', 'a'],
  );
  assert.deepEqual(leftOut, { groups: 0, databases: 2, rows: 0 });
});

test('rows beyond what a server can have are counted too', () => {
  const certificates = Array.from({ length: 1500 }, (_, index) => certificate({ certificateId: index }));
  const { views, leftOut } = boundedSnapshot(snapshot({ certificates }), { links: 2, databases: 2, expected: nothing });
  assert.equal(views.certificates?.length, 1000);
  assert.deepEqual(leftOut, { groups: 0, databases: 0, rows: 500 });
});

test('below the limits everything is as it was read', () => {
  const before = snapshot({
    availability_groups: links.map((name) => group(name, true)),
    databases: ['a', 'b'].map(database),
  });
  const after = boundedSnapshot(before, { links: 5, databases: 2, expected: nothing });
  assert.deepEqual(after.views, before.views);
  assert.deepEqual(after.leftOut, { groups: 0, databases: 0, rows: 0 });
});

test('of the logs those of the databases that are shown, by either name', () => {
  const names = ['a', 'b', 'c', 'd'];
  const counter = (instanceName: string) => ({ instanceName, counter: 'used', bytes: 1 }) as const;
  const { views } = boundedSnapshot(
    snapshot({
      databases: names.map((name, index) => ({ ...database(name), databaseId: index })),
      performance_counters: [...names, '_Total', guid('b').toLowerCase()].map(counter),
      master_files: names.map((_, databaseId) => ({ databaseId, fileId: 2, sizeBytes: 1, limitBytes: 1 })),
    }),
    { links: 2, databases: 2, expected: nothing },
  );
  assert.deepEqual(
    views.performance_counters?.map(({ instanceName }) => instanceName),
    ['a', 'b', guid('b').toLowerCase()],
  );
  assert.deepEqual(
    views.master_files?.map(({ databaseId }) => databaseId),
    [0, 1],
  );
});
