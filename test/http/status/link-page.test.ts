import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CheckReport } from '../../../src/check/report/report.ts';
import { linkPage } from '../../../src/http/status/link-page.ts';
import { manyDatabases, reportOf } from '../../check/scenarios.ts';
import { frame, reportNamed, rowsOf, textOf } from './pages.ts';

function pageOf(report: CheckReport, wanted: string | null = null): string {
  const [link] = report.links;
  assert.ok(link);
  return linkPage(frame, report, { link, wanted, events: [] });
}

test('each check of a planned failover with its status and its reason', () => {
  const report = reportNamed('suspended');
  const rows = rowsOf(pageOf(report));
  const [link] = report.links;
  assert.ok(link);
  const checks = [
    ...link.failover.checks.map((check) => ({ ...check, of: 'the link' })),
    ...link.databases.flatMap(({ name, failoverChecks }) => failoverChecks.map((check) => ({ ...check, of: name }))),
  ];
  assert.ok(checks.some(({ status }) => status === 'failed'));
  for (const { check, of, status, text } of checks) {
    const expected = [check.replaceAll('_', ' '), of, status, text];
    assert.ok(
      rows.some((row) => JSON.stringify(row) === JSON.stringify(expected)),
      expected.join(' | '),
    );
  }
});

test('every copy as each end tells it, with a dash for what is not told', () => {
  const copies = rowsOf(pageOf(reportNamed('suspended'))).filter((row) => row.length === 10);
  assert.deepEqual(
    copies.map(([database, at, by, state]) => [database, at, by, state]),
    [
      ['Sales', 'sql-prod-01', 'itself', 'SYNCHRONIZING, ONLINE'],
      ['Sales', 'mi-prod', 'sql-prod-01', 'SUSPENDED (SUSPEND_FROM_USER), NOT SYNCHRONIZING, ONLINE'],
      ['Sales', 'mi-prod', 'itself', 'SUSPENDED (SUSPEND_FROM_USER), NOT SYNCHRONIZING, ONLINE'],
    ],
  );
  assert.equal(copies[0]?.[5], '-', 'a primary has no lag');
});

test('hundreds of databases are on several pages, each of them under 200 KB', () => {
  const report = reportOf({ servers: manyDatabases(250, 120) });
  const pages = ['1', '2', '3', '4', '5', '6', '7'].map((wanted) => pageOf(report, wanted));
  for (const page of pages) assert.ok(Buffer.byteLength(page) < 200_000, `${Buffer.byteLength(page)} bytes`);
  const names = pages.flatMap((page) => rowsOf(page).filter((row) => row.length === 10));
  assert.equal(new Set(names.map(([name]) => name)).size, 250);
  assert.match(pages[0] ?? '', /href="\/link\?name=DAG_Sales&#38;managed_instance=mi-prod&#38;page=2">Next page/);
});

test('of what to do with many databases some statements are shown, and where the others are', () => {
  const text = textOf(pageOf(reportOf({ servers: manyDatabases(100, 60) })));
  assert.match(text, /ALTER DATABASE \[Sales_040\] SET HADR RESUME/);
  assert.match(text, /-- and 40 more: milink-exporter check --json has them all/);
});

test('a link that the configuration does not list says so', () => {
  assert.match(textOf(pageOf(reportNamed('healthy'))), /The configuration does not list this link/);
  assert.doesNotMatch(textOf(pageOf(reportNamed('missing'))), /does not list/);
});
