import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { TdsServer } from '../../src/simulator/tds/server.ts';
import { guid } from '../link/server-state.ts';
import { certificate } from '../simulator/tds/scripted-server.ts';
import { type Alter, type AlteredRow, startAltered } from './altered-end.ts';
import { areAllUp, type Harness, isUp, managedInstanceName, sqlServerName, startHarness } from './harness.ts';

/** The exporter on a pair whose SQL Server sends what no SQL Server has. */
async function startHostile(context: TestContext, alter: Alter): Promise<Harness> {
  let hostile: TdsServer | null = null;
  const harness = await startHarness(context, {
    prepare: async (pair) => {
      hostile = await startAltered(context, pair.sqlServer, alter);
    },
    configure: (config) => ({
      ...config,
      servers: config.servers.map((server) =>
        server.name === sqlServerName
          ? { ...server, port: hostile?.address.port ?? 0, tls: { ...server.tls, ca: certificate.cert } }
          : server,
      ),
    }),
  });
  await harness.until('both are polled', areAllUp);
  return harness;
}

async function pageOf({ exporter }: Harness, path: string): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${exporter.addresses[0]?.port}${path}`);
  assert.equal(response.status, 200, path);
  return response.text();
}

/** How many samples a page has of a family whose labels hold a text. */
function countOf(page: string, family: string, label: string): number {
  return page.split('\n').filter((line) => line.startsWith(`${family}{`) && line.includes(label)).length;
}

/** A letter that takes most to write, half a character, and what a page, a label and a log must escape. */
const awkward = '\ud800"\\\n<\u202e\u2028€';

test('texts of any length and kind in every column: pages, labels and lines of the log stay short', async (context) => {
  const long = (text: string): string => text + awkward + '€'.repeat(60_000);
  const harness = await startHostile(context, (rows) =>
    rows.map((row) =>
      Object.fromEntries(
        // The engine's version and the identifiers decide what is read at all.
        Object.entries(row).map(([name, value]) => [
          name,
          typeof value === 'string' && !/_id$|_lsn$|_time|date|rate|size|seconds/.test(name) ? long(value) : value,
        ]),
      ),
    ),
  );
  const page = await harness.scrape();
  assert.ok(page.length < 1_000_000, String(page.length));
  assert.ok(page.isWellFormed());
  const longest = Math.max(...page.split('\n').map((line) => line.length));
  assert.ok(longest < 8192, String(longest));
  assert.match(page, new RegExp(`^milink_up\\{server="${managedInstanceName}"\\} 1$`, 'm'));
  for (const path of ['/', '/servers', `/server?name=${sqlServerName}`]) {
    const html = await pageOf(harness, path);
    assert.ok(html.length < 1_000_000, `${path}: ${html.length}`);
    for (const [, link] of html.matchAll(/href="(\/links?\/[^"]+)"/g)) {
      assert.ok((link?.length ?? 0) < 8000, 'an address that a client may send');
      await pageOf(harness, (link ?? '').replaceAll('&amp;', '&'));
    }
  }
  const told = harness.log.filter(({ msg }) => msg === 'a value was not taken as it was sent');
  assert.ok(told.length > 5, String(told.length));
  assert.equal(new Set(told.map((line) => JSON.stringify({ ...line, time: null }))).size, told.length, 'each once');
  for (const line of harness.log) assert.ok(JSON.stringify(line).length < 5000);
});

test('more groups and databases than the limits: the expected ones first, the rest counted', async (context) => {
  const groups = Array.from({ length: 3000 }, (_, index) => guid(`group ${index}`));
  const more: Readonly<Record<string, (row: AlteredRow) => readonly AlteredRow[]>> = {
    availability_groups: (row) =>
      groups.map((id, index) => ({ ...row, group_id: id, name: `AAA ${index}`, is_distributed: true })),
    availability_replicas: (row) => groups.map((id) => ({ ...row, group_id: id, replica_id: guid(`replica ${id}`) })),
    dm_hadr_availability_replica_states: (row) =>
      groups.map((id) => ({ ...row, group_id: id, replica_id: guid(`replica ${id}`), is_local: true })),
    databases: (row) =>
      Array.from({ length: 12_000 }, (_, index) => ({
        ...row,
        database_id: 1000 + index,
        name: `AAA ${index}`,
        group_database_id: guid(`database ${index}`),
      })),
  };
  const harness = await startHostile(context, (rows, sql) => {
    const [, name = ''] = /FROM (?:master\.)?sys\.(\w+)$/.exec(sql) ?? [];
    const [first] = rows;
    return first === undefined ? rows : [...rows, ...(more[name]?.(first) ?? [])];
  });
  await harness.until('it is polled', isUp(sqlServerName));
  const page = await harness.scrape();
  assert.ok(page.length < 3_000_000, String(page.length));
  const [expected] = harness.pair.topology.links;
  assert.ok(expected);
  assert.ok(countOf(page, 'milink_link_verdict', `link="${expected.name}"`) > 0, 'the expected link is shown');
  const shown = new Set(page.match(/(?<=^milink_link_verdict\{link=")[^"]*/gm));
  assert.ok(shown.size <= 200 && shown.size > 100, String(shown.size));
  const [, left] =
    new RegExp(`^milink_server_left_out\\{server="${sqlServerName}",kind="groups"\\} (\\d+)$`, 'm').exec(page) ?? [];
  assert.ok(Number(left) >= 2800, page.match(/^milink_server_left_out.*$/gm)?.join('\n'));
  assert.match(
    page,
    new RegExp(`^milink_server_left_out\\{server="${sqlServerName}",kind="databases"\\} 2\\d{3}$`, 'm'),
  );
  assert.doesNotMatch(page, new RegExp(`^milink_server_left_out\\{server="${managedInstanceName}"`, 'm'));
  const html = await pageOf(harness, `/server?name=${sqlServerName}`);
  assert.match(html, /has more than `limits` allow: \d+ groups, \d+ databases not shown/);
});
