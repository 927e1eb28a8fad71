import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseLink } from '../../../src/azure/answer/links.ts';
import { type AzureLink, type AzureLinkDatabase, stageOf } from '../../../src/model/azure/link.ts';
import { fc } from '../../fuzz/property.ts';
import { fixture } from './fixture.ts';

function link(item: Readonly<Record<string, unknown>>): AzureLink {
  const { value } = parseLink(item);
  assert.ok(value);
  return value;
}

/** What of a database a person looks at first. */
function brief({ replicaState, health, connectedState, error, sendLagSeconds }: AzureLinkDatabase): string {
  return [replicaState, stageOf(replicaState), health, connectedState, error?.number, sendLagSeconds].join(' ');
}

const briefs = {
  'link-mi-primary-synchronizing': ['LinkSynchronizing synchronizing HEALTHY CONNECTED  0'],
  'link-mi-secondary-synchronizing': ['LinkSynchronizing synchronizing HEALTHY CONNECTED  '],
  'link-error-beside-healthy': ['LinkSynchronizationError error HEALTHY CONNECTED 41977 '],
  'link-disconnected-beside-healthy': ['LinkSynchronizationError error HEALTHY DISCONNECTED 41976 '],
  'link-mi-primary-after-forced-failover': ['LinkSynchronizationError error NOT_HEALTHY DISCONNECTED 41977 '],
  'link-multidb-created-without-databases': [],
  'link-multidb-initiating': ['InitiatingLink creating    '],
  'link-multidb-mi-primary-synchronizing': [
    'LinkSynchronizing synchronizing HEALTHY CONNECTED  0',
    'LinkSynchronizing synchronizing HEALTHY CONNECTED  0',
  ],
  'link-init-error': ['LinkInitError error   41976 '],
  'link-seeding': ['Seeding seeding HEALTHY CONNECTED  1'],
} as const;

/** Azure Resource Manager compares names of properties without regard to case. */
function inOtherCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOtherCase);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key.slice(0, 1).toUpperCase() + key.slice(1), inOtherCase(each)]),
  );
}

for (const name of Object.keys(briefs)) {
  test(`${name} reads the same where its properties begin with capitals`, () => {
    const item = fixture(name);
    assert.deepEqual(parseLink(inOtherCase(item) as typeof item), parseLink(item));
  });
}

for (const [name, expected] of Object.entries(briefs)) {
  test(`${name} reads as its database says`, () => {
    assert.deepEqual(link(fixture(name)).databases.map(brief), expected);
  });
}

test('a healthy link has every key at its place, times with their fractions', () => {
  assert.deepEqual(link(fixture('link-mi-primary-synchronizing')), {
    name: 'DAG_Orders',
    groupId: 'd0100000-1111-4111-8111-111111111101',
    instanceRole: 'PRIMARY',
    partnerRole: 'SECONDARY',
    replicationMode: 'Async',
    failoverMode: 'Manual',
    seedingMode: 'Automatic',
    linkMode: null,
    partnerEndpoint: 'tcp://10.30.0.4:5022',
    databases: [
      {
        name: 'Orders',
        replicaState: 'LinkSynchronizing',
        health: 'HEALTHY',
        connectedState: 'CONNECTED',
        error: null,
        seedingProgress: null,
        sendLagSeconds: 0,
        redoLagSeconds: 0,
        lastSentTimestampSeconds: Date.parse('2026-10-30T15:05:45.803Z') / 1000,
        lastReceivedTimestampSeconds: null,
        lastCommitTimestampSeconds: Date.parse('2026-10-30T15:05:13.993Z') / 1000,
        lastHardenedTimestampSeconds: Date.parse('2026-10-30T15:05:45.807Z') / 1000,
        lastBackupTimestampSeconds: Date.parse('2026-10-30T15:05:13Z') / 1000,
        partnerCertificate: { name: 'sql-main-01', expiryTimestampSeconds: Date.parse('2029-03-06T00:00:00Z') / 1000 },
      },
    ],
  });
});

test('after the loss of the partner the stand-ins for nothing are nothing', () => {
  const [database] = link(fixture('link-mi-primary-after-forced-failover')).databases;
  assert.equal(database?.sendLagSeconds, null);
  assert.equal(database?.redoLagSeconds, 0);
  assert.equal(database?.lastSentTimestampSeconds, null);
  assert.equal(database?.lastHardenedTimestampSeconds, null);
  assert.equal(database?.lastBackupTimestampSeconds, Date.parse('2026-08-12T15:57:52Z') / 1000);
  assert.equal(database?.partnerCertificate, null);
});

const database = (fields: object, role = 'Primary'): AzureLinkDatabase | undefined =>
  link({
    name: 'DAG',
    properties: { instanceLinkRole: role, databases: [{ databaseName: 'A', ...fields }] },
  }).databases[0];

const errors: readonly (readonly [unknown, unknown])[] = [
  ['41976', { number: 41976, text: '41976' }],
  [41976, { number: 41976, text: '41976' }],
  ['Error 47521: the request was not received', { number: 47521, text: 'Error 47521: the request was not received' }],
  ['The link was not created', { number: null, text: 'The link was not created' }],
  ...['', '0', '-1', 0, null, undefined, {}, [], false].map((value) => [value, null] as const),
];

for (const [value, expected] of errors) {
  test(`mostRecentLinkError ${JSON.stringify(value)}`, () => {
    assert.deepEqual(database({ mostRecentLinkError: value })?.error, expected);
  });
}

const progresses: readonly (readonly [unknown, number | null])[] = [
  ['80%', 0.8],
  ['80 %', 0.8],
  ['12.5%', 0.125],
  ['7', 0.07],
  [100, 1],
  ...['', '120%', '-1', -1, 'eighty', 'NaN', {}, null].map((value) => [value, null] as const),
];

for (const [value, expected] of progresses) {
  test(`seedingProgress ${JSON.stringify(value)} is ${expected}`, () => {
    assert.equal(database({ seedingProgress: value })?.seedingProgress, expected);
  });
}

const times: readonly (readonly [unknown, number | null])[] = [
  ['2026-08-12T14:54:35.6612345Z', Date.parse('2026-08-12T14:54:35Z') / 1000 + 0.6612345],
  ['2026-08-12T14:54:35', 1786546475],
  ['2026-08-12T16:54:35+02:00', 1786546475],
  ...['0001-01-01T00:00:00Z', '1900-01-01T00:00:00Z', '', 'yesterday', '12/08/2026', 1786546475, {}].map(
    (value) => [value, null] as const,
  ),
];

for (const [value, expected] of times) {
  test(`lastCommitTime ${JSON.stringify(value)} is ${expected}`, () => {
    assert.equal(database({ lastCommitTime: value })?.lastCommitTimestampSeconds, expected);
  });
}

test('a lag counts only while the instance is primary, and only a number that can be one', () => {
  const lag = (value: unknown, role?: string): number | null | undefined =>
    database({ instanceSendReplicationLagSeconds: value }, role)?.sendLagSeconds;
  assert.deepEqual(
    [lag(7), lag('7'), lag(-1), lag('-1'), lag(null), lag({}), lag('soon'), lag(2_147_483_647), lag(1e300)],
    [7, 7, null, null, null, null, null, null, null],
  );
  assert.equal(lag(7, 'Secondary'), null);
  assert.equal(lag(7, 'primary'), 7);
});

test('the link is what its name says, whatever its id says, and none without a name', () => {
  assert.equal(link(fixture('link-mi-secondary-synchronizing')).name, 'DAG_Orders');
  assert.equal(link({ name: 'mi-prod/DAG_Orders', properties: {} }).name, 'DAG_Orders');
  assert.equal(link({ properties: { distributedAvailabilityGroupName: 'DAG' } }).name, 'DAG');
  assert.deepEqual(parseLink({ id: '/x/DAG', properties: {} }), { value: null, oddity: 'a link without a name' });
});

const named = { databaseName: 'Sales' };
const odd: readonly (readonly [databases: unknown, taken: number, oddity: RegExp | null])[] = [
  [undefined, 0, null],
  [null, 0, null],
  [[{ ...named, replicaState: null, mostRecentLinkError: 41_976 }], 1, null],
  [{ Sales: {} }, 0, /^the databases of link "DAG" are no list$/],
  ['Sales', 0, /are no list$/],
  [[null, 3, 'x', [], {}, named], 1, /^5 databases of link "DAG" have no name$/],
  [[named, { ...named }], 1, /is listed twice: the last entry is taken$/],
  [[{ ...named, replicaState: ['LinkInitError'] }], 1, /^replicaState of a database of link "DAG" is neither/],
  [[{ ...named, mostRecentLinkError: [{ code: '41976' }] }], 1, /^mostRecentLinkError of a database/],
];
for (const [databases, taken, oddity] of odd) {
  test(`databases ${JSON.stringify(databases)}: what can't be taken is told of`, () => {
    const found = parseLink({ name: 'DAG', properties: { databases } });
    assert.equal(found.value?.databases.length, taken);
    if (oddity === null) assert.equal(found.oddity, null);
    else assert.match(found.oddity ?? '', oddity);
  });
}

test('a state of tomorrow is other, and one with Error in it an error', () => {
  const stages = ['LinkPausedByTheMoon', 'LinkMoonError', 'ErrorOfSeeding', 'LinkFailoverPending', '__proto__'].map(
    stageOf,
  );
  assert.deepEqual(stages, ['other', 'error', 'error', 'failover', 'other']);
});

test('no answer whatsoever throws', () => {
  fc.assert(
    fc.property(fc.object({ maxDepth: 4 }), fc.anything(), (properties, databases) => {
      parseLink({ name: 'DAG', properties: { ...properties, databases } });
      parseLink(properties);
    }),
  );
});
