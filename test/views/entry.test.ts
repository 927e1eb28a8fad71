import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tables } from '../../src/simulator/catalog/index.ts';
import { availabilityGroups } from '../../src/views/availability-groups.ts';
import { availabilityReplicaStates } from '../../src/views/availability-replica-states.ts';
import { certificates } from '../../src/views/certificates.ts';
import { ColumnError } from '../../src/views/column.ts';
import { boundedText, defaultLength, gatherOddities } from '../../src/views/entry.ts';
import { pollingOrder } from '../../src/views/index.ts';
import { server } from '../../src/views/server.ts';
import { fc } from '../fuzz/property.ts';

const guid = '0f8fad5b-d9cb-469f-a165-70867728950e';
const group = { group_id: guid, name: 'DAG', is_distributed: true };
const ignore = (): void => undefined;

test('a text is never longer than its column, always well-formed, and otherwise as it came', () => {
  const texts = fc.string({
    unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
    maxLength: 60,
  });
  fc.assert(
    fc.property(texts, fc.integer({ min: 10, max: 40 }), (text, length) => {
      const entered = boundedText(text, length, ignore);
      assert.ok(entered.length <= length);
      assert.ok(entered.isWellFormed());
      if (text.length <= length && text.isWellFormed()) assert.equal(entered, text);
    }),
  );
});

test('two texts that differ behind the cut only stay two', () => {
  const [one, other] = ['a', 'b'].map((end) => boundedText('x'.repeat(400_000) + end, 128, ignore));
  assert.notEqual(one, other);
  assert.match(one ?? '', /^x{119}…[0-9a-f]{8}$/);
});

test('what was not taken as it came is told once for each column and kind', () => {
  const { tell, told } = gatherOddities();
  const rows = ['x'.repeat(129), 'y'.repeat(5000), 'a\ud800b', 'fine'].map((name) => ({ ...group, name }));
  const names = availabilityGroups.parse(rows, { localOffsetSeconds: 0, tell }).map(({ name }) => name);
  assert.deepEqual(
    names.map((name) => name.length),
    [128, 128, 3, 4],
  );
  assert.equal(names[2], 'a\ufffdb');
  assert.deepEqual(told().words, [
    'name: longer than the column may be, and cut or, if it is no text, taken for NULL',
    'name: with half a character, which became U+FFFD',
  ]);
});

const certificate = {
  certificate_id: 1,
  name: 'cert',
  principal_id: null,
  pvt_key_encryption_type: 'NA',
  issuer_name: null,
  subject: null,
  start_date: null,
  expiry_date: new Date('2027-01-01T00:00:00Z'),
  thumbprint: Buffer.alloc(20, 1),
};

for (const [name, date] of [
  ['no date', new Date(Number.NaN)],
  ['0x7fffffff days', new Date(Date.UTC(1900, 0, 1) + 0x7fffffff * 86_400_000)],
  ['the year 1899', new Date('1899-12-31T23:59:59Z')],
  ['the year 10000', new Date('+010000-01-01T00:00:00Z')],
] as const) {
  test(`${name} is no date: it costs itself only, and is told`, () => {
    const { tell, told } = gatherOddities();
    const [row] = certificates.parse([{ ...certificate, expiry_date: date }], { localOffsetSeconds: 0, tell });
    assert.equal(row?.expiryTimestampSeconds, null);
    assert.equal(row?.name, 'cert');
    assert.deepEqual(told().words, ['expiry_date: a date that no calendar holds, and taken for NULL']);
  });
}

test("a clock that is none costs the times that need it: they are the exporter's or absent", () => {
  const facts = {
    server_name: 'SQL01',
    engine_edition: 3,
    edition: 'x',
    product_version: '16.0',
    is_hadr_enabled: 1,
    local_time: new Date('2026-11-21T12:00:00Z'),
    utc_time: new Date(Number.NaN),
  };
  const [row] = server.parse([facts], { localOffsetSeconds: 0, nowSeconds: 1000 });
  assert.deepEqual([row?.utcTimestampSeconds, row?.isClockRead, row?.localOffsetSeconds], [1000, false, null]);
});

test('half a thumbprint is none', () => {
  const [row] = certificates.parse([{ ...certificate, thumbprint: Buffer.alloc(33) }], { localOffsetSeconds: 0 });
  assert.equal(row?.thumbprint, null);
});

for (const number of [Number.NaN, Number.POSITIVE_INFINITY, 1.5]) {
  test(`${number} is no whole number`, () => {
    const rows = [{ ...certificate, certificate_id: number }, certificate];
    assert.equal(certificates.parse(rows, { localOffsetSeconds: 0 }).length, 1, 'a row without identity costs itself');
    assert.throws(() => certificates.parse(rows.slice(0, 1), { localOffsetSeconds: 0 }), ColumnError);
  });
}

test('no column is cut shorter than it is documented', () => {
  const { tell, told } = gatherOddities();
  let compared = 0;
  for (const view of pollingOrder) {
    const table = tables.find(({ name }) => view.source?.endsWith(`.${name}`));
    for (const { name, type } of table?.columns ?? []) {
      if (type.name !== 'nvarchar' || typeof type.length !== 'number' || !view.sql(null).includes(name)) continue;
      assert.ok((view.lengths[name] ?? defaultLength) >= type.length, `${view.name}.${name}: ${type.length}`);
      compared += 1;
    }
  }
  assert.ok(compared > 20, String(compared));
  // The longest description that the documentation allows goes in whole.
  const state = { ...replicaState, last_connect_error_description: 'e'.repeat(1024) };
  availabilityReplicaStates.parse([state], { localOffsetSeconds: 0, tell });
  assert.deepEqual(told().words, []);
});

const replicaState = {
  replica_id: guid,
  group_id: guid,
  is_local: true,
  role_desc: null,
  operational_state_desc: null,
  connected_state_desc: null,
  recovery_health_desc: null,
  synchronization_health_desc: null,
  last_connect_error_number: null,
  last_connect_error_description: null,
  last_connect_error_timestamp: null,
};
