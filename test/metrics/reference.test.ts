import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogue, subjects } from '../../src/metrics/catalogue.ts';
import { exporterDefinitions } from '../../src/metrics/exporter-definitions.ts';
import { metricsReference } from '../../src/metrics/reference.ts';

test('the reference has one row per family, below the heading of its subject', () => {
  const reference = metricsReference();
  const rows = reference.match(/^\| `milink_.*$/gm) ?? [];
  assert.deepEqual(
    rows.map((row) => /`(\w+)`/.exec(row)?.[1]),
    [...catalogue, ...Object.values(exporterDefinitions)].map(({ name }) => name),
  );
  assert.deepEqual(
    [...reference.matchAll(/^## (.*)$/gm)].map(([, title]) => title),
    [...subjects.map(({ title }) => title), 'Exporter'],
  );
});

test('every row of a table has as many cells as its heading', () => {
  for (const row of metricsReference().match(/^\|.*$/gm) ?? []) {
    assert.equal(row.split(/(?<!\\)\|/).length, 7, row);
  }
});

test('a row tells type, labels, source and help', () => {
  assert.match(
    metricsReference(),
    /^\| `milink_seeding_transferred_bytes` \| gauge \| `server`, `link`, `managed_instance`, `database`, `direction` \| sys\.dm_hadr_physical_seeding_stats\.transferred_size_bytes \| Bytes .*\. \|$/m,
  );
});
