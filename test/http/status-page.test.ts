import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { contentSecurityPolicy, escapeHtml, statusPage } from '../../src/http/status-page.ts';
import { defaultWebPaths } from '../../src/http/web-paths.ts';
import { failedServer, managedInstance, pendingServer, polledServer, sqlServer } from '../link/server-state.ts';
import { stateOf } from '../metrics/series.ts';
import { startService } from './service.ts';

function pageOf(...servers: Parameters<typeof stateOf>[0]): string {
  return statusPage({ version: '0.1.0', state: stateOf(servers), paths: defaultWebPaths });
}

/** Cells of the table's rows as text. */
function cells(html: string): readonly (readonly string[])[] {
  return [...html.matchAll(/<tr>(<td>.*?)<\/tr>/g)].map(([, row = '']) =>
    [...row.matchAll(/<td>(.*?)<\/td>/g)].map(([, cell = '']) => cell.replaceAll(/<[^>]*>/g, '')),
  );
}

test('name, version, links with verdicts and reasons, servers with their state', () => {
  const state = stateOf([
    sqlServer(),
    managedInstance({ role: 'PRIMARY' }),
    failedServer('down'),
    pendingServer('new'),
  ]);
  const html = statusPage({ version: '0.1.0', state, paths: defaultWebPaths });
  assert.match(html, /<h1>milink-exporter<\/h1>/);
  assert.match(html, /version 0\.1\.0/);
  const [link, ...servers] = cells(html);
  assert.deepEqual(link?.slice(0, 3), ['DAG_Sales', 'mi-prod', 'split_brain']);
  assert.equal(link?.[3], state.links[0]?.reasons.map(({ text }) => escapeHtml(text)).join(''));
  assert.match(link?.[3] ?? '', /PRIMARY/);
  assert.deepEqual(servers, [
    ['sql-prod-01', 'up', '2026-11-01 12:00:00'],
    ['mi-prod', 'up', '2026-11-01 12:00:00'],
    ['down', 'down: refused', '2026-11-01 12:00:00'],
    ['new', 'not polled yet', ''],
  ]);
});

test('a failure shows where and its number, and keeps its message to the log', () => {
  const failure = { reason: 'permission', message: "user 'milink' may not", errorNumber: 300 } as const;
  const html = pageOf(
    failedServer('one', { outcome: { kind: 'failed', view: 'availability_replica_states', failure } }),
  );
  assert.deepEqual(cells(html)[0]?.[1], 'down: permission in availability_replica_states, error 300');
  assert.doesNotMatch(html, /may not/);
});

test('without links and servers it says so', () => {
  const html = pageOf();
  assert.match(html, /No link has been seen\./);
  assert.match(html, /No server is configured\./);
});

test('names can not break out of the page', () => {
  const name = `"><script>alert('1')</script>&amp;\u202e`;
  const html = pageOf(
    sqlServer({ link: name, managedInstance: null }),
    polledServer(name, 'sql_server', { links: [{ link: name, role: name }] }),
  );
  assert.doesNotMatch(html, /<script/);
  assert.ok(html.includes(escapeHtml(name)));
  assert.equal(escapeHtml(`<>&"'\ud800`), '&#60;&#62;&#38;&#34;&#39;\ufffd');
});

test('the page loads nothing, runs nothing and is framed by nobody', async (context) => {
  const { url } = await startService(context, { state: stateOf([sqlServer()]) });
  const response = await fetch(url);
  const html = await response.text();
  assert.equal(response.status, 200);
  assert.equal(response.headers.get('content-type'), 'text/html; charset=utf-8');
  assert.equal(response.headers.get('content-security-policy'), contentSecurityPolicy);
  assert.doesNotMatch(html, /(?:src|href)="(?!\/[^/])/, 'only addresses of the exporter itself');
  const style = /<style>(.*?)<\/style>/s.exec(html)?.[1] ?? '';
  const hash = createHash('sha256').update(style).digest('base64');
  assert.ok(contentSecurityPolicy.includes(`style-src 'sha256-${hash}'`));
  assert.doesNotMatch(html, /\sstyle=|\son[a-z]+=/);
});
