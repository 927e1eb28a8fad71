import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildReport } from '../../../src/check/report/build.ts';
import type { CheckReport } from '../../../src/check/report/report.ts';
import { assessLinks } from '../../../src/link/assessor.ts';
import { linkText, stateText } from '../../../src/words/state.ts';
import { trust } from '../../check/ends.ts';
import { scenarios } from '../../check/scenarios.ts';
import { failedServer, managedInstance, now, sqlServer } from '../../link/server-state.ts';
import { overviewOf, reportNamed, rowsOf, textOf } from './pages.ts';

for (const name of Object.keys(scenarios)) {
  test(`the page of ${name} has each verdict, reason, end, database, certificate and step of the report`, () => {
    const report = reportNamed(name);
    const text = textOf(overviewOf(report));
    for (const link of report.links) {
      const expected = [
        link.severity.toUpperCase(),
        ...(stateText(link) === link.severity ? [] : [stateText(link)]),
        linkText(link),
        ...link.findings.map(({ text }) => text),
        ...link.ends.flatMap(({ server, role }) => [server, role ?? 'not seen']),
        ...link.nextSteps.map((step) => step.text),
        ...link.nextSteps.flatMap(({ statements }) => statements.map((statement) => statement.text)),
        ...link.certificates.filter(({ usage }) => usage !== 'authority').map((certificate) => certificate.name),
      ];
      for (const part of expected) assert.ok(text.includes(part.replace(/\s+/g, ' ')), `${part} is not on the page`);
    }
    for (const server of report.servers) assert.ok(text.includes(server.name));
  });
}

test('the headline is the only link, or how many are in which state', () => {
  const heading = (name: string): string => textOf(/<h1>(.*?)<\/h1>/s.exec(overviewOf(reportNamed(name)))?.[1] ?? '');
  assert.match(heading('split-brain'), /^ ?CRITICAL split brain: DAG_Sales on mi-prod ?$/);
  assert.match(heading('healthy'), /^ ?HEALTHY DAG_Sales on mi-prod ?$/);
  assert.match(heading('many-links'), /^ ?CRITICAL 6 links: 1 critical, 5 healthy ?$/);
  assert.match(heading('no-links'), /^ ?UNKNOWN no link was seen ?$/);
});

test('both ends with role and the age of what they said', () => {
  const rows = rowsOf(overviewOf(reportNamed('healthy')));
  assert.deepEqual(rows.slice(0, 2), [
    ['sql-prod-01', 'SQL Server', 'PRIMARY', '2 s ago'],
    ['mi-prod', 'managed instance', 'SECONDARY', '2 s ago'],
  ]);
  const failed = rowsOf(overviewOf(reportNamed('secondary-unreachable')));
  assert.deepEqual(failed[1], ['mi-prod', 'managed instance', 'not seen', 'failed: refused']);
  assert.match(textOf(overviewOf(reportNamed('secondary-unreachable'))), /mi-prod last answered 1 min 17 s ago/);
});

test('seeding has a bar with its share in words, which is a lower bound while it compresses', () => {
  const bar = /<progress value="([\d.]+)" max="1" aria-label="([^"]*)">/.exec(overviewOf(reportNamed('seeding')));
  assert.deepEqual(bar?.slice(1), ['0.1', 'seeding of Sales: at least 10 %']);
  assert.match(overviewOf(reportNamed('seeding-uncompressed')), /aria-label="seeding of Sales: 10 %"/);
  assert.doesNotMatch(overviewOf(reportNamed('seeding-failed')), /<progress/);
});

test('of up to three links everything is told, and what to do is unfolded', () => {
  const page = overviewOf(reportNamed('split-brain'));
  assert.match(page, /<details data-key="steps of DAG_Sales on mi-prod" open>\n<summary>What to do then: 9 steps/);
  assert.ok(page.indexOf('<strong>First:</strong>') < page.indexOf('aria-label="Why"'), 'the first step stands first');
  assert.doesNotMatch(page, /Links to look at/);
});

/** So many links between one pair of servers, of which the first are disconnected. */
function manyLinks(count: number, bad: number): CheckReport {
  const names = Array.from({ length: count }, (_, index) => `DAG_${String(index + 1).padStart(3, '0')}`);
  const lost = { connectedState: 'DISCONNECTED', synchronizationHealth: 'NOT_HEALTHY' } as const;
  const at = (role: string) =>
    names.map((link, index) => ({ link, role, ...(role === 'PRIMARY' && index < bad ? { partner: lost } : {}) }));
  const servers = [
    sqlServer({}, { links: at('PRIMARY'), views: trust() }),
    managedInstance({}, { links: at('SECONDARY') }),
  ];
  const checked = servers.map((state) => ({ state, port: 1433 }));
  return buildReport({ servers: checked, links: assessLinks(servers, []), nowSeconds: now + 2, chosen: null });
}

test('of many links the bad ones come first in a table, five of them in full, then the healthy ones', () => {
  const page = overviewOf(manyLinks(40, 7));
  assert.equal([...page.matchAll(/<article /g)].length, 5);
  const links = rowsOf(page).filter(([, state]) => /^(CRITICAL|HEALTHY)/.test(state ?? ''));
  assert.equal(links.length, 40);
  assert.deepEqual(
    links.map(([, state]) => state?.split(' ')[0]),
    [...Array(7).fill('CRITICAL'), ...Array(33).fill('HEALTHY')],
  );
  assert.deepEqual(links[0]?.slice(0, 4), ['DAG_001 on mi-prod', 'CRITICAL disconnected', 'sql-prod-01', 'mi-prod']);
  assert.match(page, /<details data-key="steps of DAG_001 on mi-prod">/, 'what to do is folded');
});

test('hundreds of links are pages of a hundred, each under 200 KB, none of them lost', () => {
  const report = manyLinks(250, 120);
  const pages = [null, '2', '3'].map((page) => overviewOf(report, page));
  for (const page of pages) assert.ok(Buffer.byteLength(page) < 200_000, `${Buffer.byteLength(page)} bytes`);
  const names = pages.flatMap((page) => rowsOf(page).filter(([name]) => /^DAG_\d+ on/.test(name ?? '')));
  assert.equal(new Set(names.map(([name]) => name)).size, 250);
  assert.match(pages[0] ?? '', /<a href="\/\?page=2">Next page<\/a>/);
  assert.match(pages[2] ?? '', /<a href="\/\?page=2">Previous page<\/a>/);
  for (const nonsense of ['0', '-1', '99', 'x', '1e9', ''])
    assert.match(overviewOf(report, nonsense), /Page [13] of 3/);
});

test('of many servers only those in trouble are listed, and the way to all of them', () => {
  const servers = [
    sqlServer(),
    managedInstance(),
    ...Array.from({ length: 9 }, (_, index) => failedServer(`s${index}`)),
  ];
  const checked = servers.map((state) => ({ state, port: 1433 }));
  const links = assessLinks(servers, []);
  const page = overviewOf(buildReport({ servers: checked, links, nowSeconds: now, chosen: null }));
  assert.match(textOf(page), /2 servers answered in full\. All 11 servers/);
  assert.match(textOf(page), /2 of 11 servers answered their latest poll/);
});

test('without links and servers it says so', () => {
  const page = overviewOf(buildReport({ servers: [], links: [], nowSeconds: now, chosen: null }));
  assert.match(textOf(page), /no link was seen/);
  assert.match(textOf(page), /No server is configured\./);
});
