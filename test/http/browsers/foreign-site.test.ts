import assert from 'node:assert/strict';
import { get as getHttp, type IncomingMessage, request as requestHttp } from 'node:http';
import { hostname } from 'node:os';
import { describe, test } from 'node:test';
import { defaultWebPaths } from '../../../src/http/web-paths.ts';
import { hashes } from '../../config/web/files.ts';
import { managedInstance, sqlServer } from '../../link/server-state.ts';
import { stateOf } from '../../metrics/series.ts';
import { startProtected, webFolder } from '../protected-service.ts';
import { type Service, startService } from '../service.ts';

const state = stateOf([sqlServer(), managedInstance()]);
const places = ['/', '/link', '/servers', '/server?name=sql-prod-01', '/debug?server=sql-prod-01', '/metrics', '/sd'];

/** Chromium 152 over plain HTTP to a name that is not loopback: no Sec-Fetch header is among them. */
const browser = {
  connection: 'keep-alive',
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/152.0.0.0 Safari/537.36',
  accept: '*/*',
  'accept-encoding': 'gzip, deflate',
  'accept-language': 'en-US,en;q=0.9',
};
/** As far as a script can hide that it runs in one. */
const hiddenBrowser = { ...browser, 'user-agent': 'curl/8.5.0', 'accept-language': '' };
const prometheus = {
  'user-agent': 'Prometheus/3.5.0',
  accept: 'application/openmetrics-text;version=1.0.0;q=0.6,text/plain;version=0.0.4;q=0.5,*/*;q=0.2',
  'accept-encoding': 'gzip',
  'x-prometheus-scrape-timeout-seconds': '10',
};
const powerShell = { 'user-agent': 'Mozilla/5.0 (Windows NT; Windows NT 10.0; de-DE) WindowsPowerShell/5.1.20348.1' };
const curl = { 'user-agent': 'curl/8.5.0', accept: '*/*' };

/** With fetch no Host can be given. */
async function ask(
  { port }: Pick<Service, 'port'>,
  path: string,
  headers: Readonly<Record<string, string>>,
  method = 'GET',
): Promise<{ status: number; text: string; headers: IncomingMessage['headers'] }> {
  const send = method === 'GET' ? getHttp : requestHttp;
  return new Promise((resolve, reject) => {
    const request = send({ host: '127.0.0.1', port, path, method, headers, agent: false }, async (response) => {
      let text = '';
      for await (const chunk of response) text += chunk;
      resolve({ status: response.statusCode ?? 0, text, headers: response.headers });
    });
    request.on('error', reject).end();
  });
}

describe('in a browser, under a name that anybody may have registered, nothing is answered', () => {
  for (const [who, headers] of Object.entries({
    browser,
    hiddenBrowser,
    'one that sends its language only': { 'accept-language': '*' },
    'one that says where it comes from': { referer: 'http://evil.example:10522/' },
  }))
    test(who, async (context) => {
      const service = await startService(context, { state, pollNow: async () => null });
      for (const path of [...places, '/-/ready', '/nothing']) {
        const answer = await ask(service, path, { ...headers, host: `evil.example:${service.port}` });
        assert.equal(answer.status, 403, path);
        assert.match(answer.text, /^this is not a name of the exporter .*--web\.external-url/);
        assert.doesNotMatch(answer.text, /sql-prod|evil/);
      }
    });
});

test('it can cause no poll and no reload there', async (context) => {
  let [polls, reloads] = [0, 0];
  const service = await startService(context, {
    state,
    pollNow: async () => {
      polls += 1;
      return null;
    },
    configuration: {
      text: () => '',
      reload: async () => {
        reloads += 1;
        return null;
      },
    },
  });
  const origin = `http://evil.example:${service.port}`;
  const attempts = [
    { ...browser, host: `evil.example:${service.port}`, origin },
    { ...hiddenBrowser, host: `evil.example:${service.port}` },
    // Without a change of the address: a form of another site.
    { ...browser, host: `127.0.0.1:${service.port}`, origin },
    { ...browser, host: `127.0.0.1:${service.port}`, origin: 'null' },
    {
      ...browser,
      host: `127.0.0.1:${service.port}`,
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
    },
    { ...browser, host: `127.0.0.1:${service.port}`, 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors' },
  ];
  for (const headers of attempts)
    for (const path of ['/debug?server=sql-prod-01', '/-/reload'])
      assert.equal((await ask(service, path, headers, 'POST')).status, 403, JSON.stringify([path, headers]));
  assert.deepEqual([polls, reloads], [0, 0]);
  assert.equal((await ask(service, '/-/reload', { ...curl, host: 'milink.corp.example' }, 'POST')).status, 200);
  assert.equal(reloads, 1);
});

describe('programs are answered under every name, without a setting', () => {
  for (const [who, headers] of Object.entries({ prometheus, curl, powerShell, 'nothing but a Host': {} }))
    test(who, async (context) => {
      const service = await startService(context, { state, pollNow: async () => null });
      for (const host of ['10.0.0.5:10522', 'milink-exporter.monitoring:10522', 'milink.corp.example', 'evil.example'])
        for (const path of places)
          assert.notEqual((await ask(service, path, { ...headers, host })).status, 403, `${host} ${path}`);
    });
});

describe('people are answered without a setting', () => {
  for (const host of [
    '127.0.0.1:10522',
    '[::1]:10522',
    'localhost:10522',
    'milink-exporter:10522',
    'milink-exporter.monitoring.svc.cluster.local:10522',
    hostname(),
  ])
    test(`under ${host === hostname() ? 'the name of the machine' : host}`, async (context) => {
      const service = await startService(context, { state });
      assert.equal((await ask(service, '/', { ...browser, host })).status, 200);
    });
});

test('the name of --web.external-url is one of the exporter, on any port', async (context) => {
  const paths = { ...defaultWebPaths, externalUrl: 'https://Mon.example/milink' };
  const service = await startService(context, { state, paths });
  for (const host of ['mon.example', 'MON.EXAMPLE:10522'])
    assert.equal((await ask(service, '/', { ...browser, host })).status, 200);
  assert.equal((await ask(service, '/', { ...browser, host: 'evil.example' })).status, 403);
});

test('who has logged in knows the name', async (context) => {
  const web = `basic_auth_users: { alice: ${hashes.b} }\n`;
  const service = await startProtected(context, await webFolder(context), { web });
  const named = { ...browser, host: 'evil.example' };
  const authorization = `Basic ${Buffer.from('alice:opensesame').toString('base64')}`;
  assert.equal((await ask(service, '/', { ...named, authorization })).status, 200);
  assert.equal((await ask(service, '/', named)).status, 401);
});

test('a password that nobody asks for proves nothing', async (context) => {
  const service = await startService(context, { state });
  const answer = await ask(service, '/', { ...browser, host: 'evil.example', authorization: 'Basic YTpi' });
  assert.equal(answer.status, 403);
});

describe('on loopback, where browsers say where a request comes from', () => {
  const visit = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document', 'sec-fetch-user': '?1' };
  const cases: readonly (readonly [string, Readonly<Record<string, string>>, number])[] = [
    ['a person types the address', { 'sec-fetch-site': 'none', ...visit }, 200],
    ['a link on the page', { 'sec-fetch-site': 'same-origin', ...visit }, 200],
    ['a link in Grafana', { 'sec-fetch-site': 'cross-site', ...visit }, 200],
    ['a link in Grafana on another port', { 'sec-fetch-site': 'same-site', ...visit }, 200],
    [
      'the page renews itself',
      { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' },
      200,
    ],
    [
      'fetch on another site',
      { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'empty' },
      403,
    ],
    [
      'a frame of another site',
      { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' },
      403,
    ],
    [
      'a script of another site',
      { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'script' },
      403,
    ],
    ['fetch with CORS', { origin: 'http://evil.example' }, 403],
    ['a page without an origin', { origin: 'null' }, 403],
  ];
  for (const [what, headers, status] of cases)
    test(what, async (context) => {
      const service = await startService(context, { state });
      for (const path of ['/', '/metrics', '/sd']) {
        const answer = await ask(service, path, { ...browser, host: `localhost:${service.port}`, ...headers });
        assert.equal(answer.status, status, path);
        assert.equal(answer.headers['cross-origin-resource-policy'], 'same-origin');
        assert.equal(answer.headers['access-control-allow-origin'], undefined);
      }
    });
});
