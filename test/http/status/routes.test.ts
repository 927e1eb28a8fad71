import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import { escapeHtml } from '../../../src/http/status/html.ts';
import { contentSecurityPolicy } from '../../../src/http/status/page-route.ts';
import { placesUnder } from '../../../src/http/status/places.ts';
import { managedInstance, polledServer, sqlServer } from '../../link/server-state.ts';
import { stateOf } from '../../metrics/series.ts';
import { startService } from '../service.ts';
import { textOf } from './pages.ts';

const places = placesUnder({ linkPrefix: '' });
const state = stateOf([sqlServer(), managedInstance()]);

const addresses = [
  places.links(),
  places.link({ name: 'DAG_Sales', managedInstance: 'mi-prod' }),
  places.servers(),
  places.server('sql-prod-01'),
  places.debug('sql-prod-01'),
  places.server('gone'),
];

describe('every page loads nothing, runs nothing but its own script and is framed by nobody', () => {
  for (const address of addresses) {
    test(address, async (context) => {
      const { url } = await startService(context, { state, pollNow: async () => null });
      const response = await fetch(url + address);
      const html = await response.text();
      assert.equal(response.status, address.includes('gone') ? 404 : 200);
      assert.equal(response.headers.get('content-type'), 'text/html; charset=utf-8');
      assert.equal(response.headers.get('content-security-policy'), contentSecurityPolicy);
      assert.equal(response.headers.get('referrer-policy'), 'same-origin');
      assert.equal(response.headers.get('cache-control'), 'no-store');
      const markup = html.replace(/<script>.*?<\/script>/s, '');
      assert.doesNotMatch(markup, /(?:src|href|action)="(?!\/[^/]|\/"|#main"|data:image)/, 'only our own addresses');
      assert.doesNotMatch(markup, /\sstyle=|\son[a-z]+=/);
      for (const tag of ['style', 'script']) {
        for (const [, content = ''] of html.matchAll(new RegExp(`<${tag}>(.*?)</${tag}>`, 'gs'))) {
          const hash = createHash('sha256').update(content).digest('base64');
          assert.ok(contentSecurityPolicy.includes(`${tag}-src 'sha256-${hash}'`), tag);
        }
      }
    });
  }
});

test('the policy allows nothing that the pages do not need', () => {
  const directives = contentSecurityPolicy.split('; ').map((each) => each.replace(/sha256-[^']+/, 'sha256-HASH'));
  assert.deepEqual(directives, [
    "default-src 'none'",
    "style-src 'sha256-HASH'",
    "script-src 'sha256-HASH'",
    'img-src data:',
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ]);
});

const hostileNames = [
  `"><script>alert('1')</script>`,
  '../../..',
  '..',
  'a/b?c=d&e=f#g',
  '%2e%2e%2f%00',
  'tab\tline\nnul\u0000',
  '\u202eabc\u0645\u062d',
  '\ud800',
  "'; DROP TABLE links; --",
  '🛒 + plus',
  'a'.repeat(65_000),
  '\u0301'.repeat(3000),
];

describe('names of any characters are shown as text, and their pages are found again', () => {
  for (const name of hostileNames) {
    test(JSON.stringify(name.slice(0, 40)), async (context) => {
      const servers = [
        polledServer(name, 'sql_server', { links: [{ link: name, role: 'PRIMARY' }] }),
        managedInstance({ link: name }),
      ];
      const { url } = await startService(context, { state: stateOf(servers), pollNow: async () => null });
      const overview = await (await fetch(url)).text();
      const found = [...overview.matchAll(/href="([^"]*)"/g)].map(([, href = '']) => href.replaceAll('&#38;', '&'));
      const asked = [places.link({ name, managedInstance: 'mi-prod' }), places.server(name), places.debug(name)];
      for (const address of asked.slice(0, 2)) assert.ok(found.includes(address), address);
      for (const address of asked) {
        const response = await fetch(url + address);
        const page = await response.text();
        assert.equal(response.status, 200, address);
        // Proxies take less than Node does.
        assert.ok(address.length <= 2100, address);
        assert.equal([...page.matchAll(/<script/g)].length, address.startsWith('/debug') ? 0 : 1);
        assert.match(page, /<h1>/);
      }
      assert.ok(overview.includes(`</script>`) && !overview.includes(`>alert(`));
      assert.equal(escapeHtml(name).includes('<'), false);
    });
  }
});

test('a link or server that is not there is 404, with the name that was asked for', async (context) => {
  const { url } = await startService(context, { state, pollNow: async () => null });
  const expected: readonly (readonly [string, string])[] = [
    ['/link?name=DAG_Sales&managed_instance=other', 'There is no link DAG_Sales on other'],
    ['/link?name=dag_sales&managed_instance=mi-prod', 'There is no link dag_sales on mi-prod'],
    ['/link?digest=0', 'There is no link on an unknown managed instance'],
    ['/link', 'There is no link on an unknown managed instance'],
    ['/server?name=%3Cb%3E', 'The configuration has no server <b>'],
    ['/debug?server=x', 'The configuration has no server x'],
    ['/server?%zz&name', 'The configuration has no server'],
  ];
  for (const [address, text] of expected) {
    const response = await fetch(url + address);
    assert.equal(response.status, 404);
    assert.ok(textOf(await response.text()).includes(text), text);
  }
});

describe('pages are read only', () => {
  for (const address of ['/link?name=DAG_Sales&managed_instance=mi-prod', '/server?name=sql-prod-01', '/servers']) {
    test(address, async (context) => {
      const { url } = await startService(context, { state });
      const response = await fetch(url + address, { method: 'POST' });
      assert.deepEqual([response.status, response.headers.get('allow')], [405, 'GET, HEAD']);
    });
  }
});
