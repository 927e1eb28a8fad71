import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createCertificate } from '../../src/simulator/certificate.ts';
import { hashes } from '../config/web/files.ts';
import { sqlServer } from '../link/server-state.ts';
import { stateOf } from '../metrics/series.ts';
import { startProtected, webFolder } from './protected-service.ts';
import { startService } from './service.ts';

const alice = `basic_auth_users: { alice: ${hashes.y} }\n`;
const login = (user: string, password: string): RequestInit => ({
  headers: { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` },
});
const asAlice = login('alice', 'opensesame');

describe('users are asked for everywhere, in one way', () => {
  for (const path of ['/metrics', '/', '/-/healthy', '/-/ready', '/nothing', '/%zz']) {
    test(path, async (context) => {
      const { url } = await startProtected(context, await webFolder(context), { web: alice });
      for (const init of [{}, login('alice', 'wrong'), login('nobody', 'opensesame'), { method: 'POST' }]) {
        const response = await fetch(url + path, init);
        assert.equal(response.status, 401);
        assert.equal(response.headers.get('www-authenticate'), 'Basic realm="milink-exporter", charset="UTF-8"');
        assert.equal(await response.text(), 'unauthorized: give a user and a password of basic_auth_users\n');
      }
      assert.notEqual((await fetch(url + path, asAlice)).status, 401);
    });
  }
});

test('refused requests are counted by route and code', async (context) => {
  const { url } = await startProtected(context, await webFolder(context), { web: alice });
  await (await fetch(`${url}/metrics`)).text();
  const page = await (await fetch(`${url}/metrics`, asAlice)).text();
  assert.match(page, /^milink_exporter_http_requests_total\{handler="\/metrics",code="401"\} 1$/m);
});

test('a change of users counts from the next request on, also for who was in already', async (context) => {
  const { url, configure } = await startProtected(context, await webFolder(context), { web: alice });
  const status = async (init: RequestInit): Promise<number> => (await fetch(`${url}/metrics`, init)).status;
  assert.equal(await status(asAlice), 200);
  await configure(`basic_auth_users: { bob: ${hashes.y} }\n`);
  assert.deepEqual([await status(asAlice), await status(login('bob', 'opensesame'))], [401, 200]);
  await configure('');
  assert.equal(await status({}), 200);
});

test('a bad file is answered 500 and told to the log once; mended, all is as before', async (context) => {
  const { url, configure, log } = await startProtected(context, await webFolder(context), { web: alice });
  await configure('basic_auth_users: { alice: hunter2-plain }\n');
  for (const init of [{}, asAlice, asAlice]) {
    const response = await fetch(`${url}/metrics`, init);
    assert.equal(response.status, 500);
    assert.equal(await response.text(), "the web configuration file can't be used: see the log of milink-exporter\n");
  }
  await configure(alice);
  assert.equal((await fetch(`${url}/metrics`, asAlice)).status, 200);
  assert.deepEqual(log, [
    'error: web configuration refused: requests are answered 500 /web.yml:1: basic_auth_users.alice: this is not a bcrypt hash ($2a$, $2b$ or $2y$): make one with `htpasswd -nBC 10 USER`',
    'info: web configuration reloaded /web.yml',
  ]);
});

test('headers are on every answer, refusals too; a page keeps its own stricter policy', async (context) => {
  const headers =
    '{ X-Frame-Options: sameorigin, Strict-Transport-Security: max-age=1, Content-Security-Policy: default-src * }';
  const web = `${alice}http_server_config: { headers: ${headers} }\n`;
  const { url } = await startProtected(context, await webFolder(context), { web });
  for (const init of [{}, asAlice]) {
    const response = await fetch(`${url}/metrics`, init);
    assert.equal(response.headers.get('x-frame-options'), 'sameorigin');
    assert.equal(response.headers.get('strict-transport-security'), 'max-age=1');
    assert.equal(response.headers.get('content-security-policy'), 'default-src *');
  }
  const page = await fetch(`${url}/`, asAlice);
  assert.match(page.headers.get('content-security-policy') ?? '', /^default-src 'none'/);
});

test('beyond the rate a request is answered 429, before anybody is asked to log in', async (context) => {
  const web = `${alice}rate_limit: { interval: 1h, burst: 2 }\n`;
  const { url, configure, log } = await startProtected(context, await webFolder(context), { web });
  const statuses: number[] = [];
  for (const init of [asAlice, {}, asAlice, {}]) statuses.push((await fetch(`${url}/-/healthy`, init)).status);
  assert.deepEqual(statuses, [200, 401, 429, 429]);
  await configure(alice);
  assert.equal((await fetch(`${url}/-/healthy`, asAlice)).status, 429, 'the limit of the start stays');
  assert.ok(log.includes('warn: this change of the web configuration takes a restart /web.yml rate_limit'), log.join());
});

test('TLS in a file that had none is told to the log, and HTTP goes on', async (context) => {
  const folder = await webFolder(context);
  const { url, configure, put, log } = await startProtected(context, folder, { web: '' });
  const { cert, key } = await createCertificate({ commonName: 'a', altNames: ['localhost'] });
  await put('a.crt', cert);
  await put('a.key', key);
  await configure('tls_server_config: { cert_file: a.crt, key_file: a.key }\n');
  assert.equal((await fetch(`${url}/-/healthy`)).status, 200);
  assert.ok(log.includes('warn: this change of the web configuration takes a restart /web.yml tls_server_config'));
});

test('no more scrapes at a time than --web.max-requests says, and other places go on', async (context) => {
  const answer = Promise.withResolvers<void>();
  const asked = Promise.withResolvers<void>();
  const page = {
    prepare: async (): Promise<void> => undefined,
    answer: async (): Promise<{ contentType: string; contentEncoding: null; body: readonly Buffer[] }> => {
      asked.resolve();
      await answer.promise;
      return { contentType: 'text/plain', contentEncoding: null, body: [Buffer.from('whole\n')] };
    },
  };
  const state = stateOf([sqlServer()]);
  const { url } = await startService(context, { state, page, web: { maximumScrapes: 1 } });
  const first = fetch(`${url}/metrics`);
  await asked.promise;
  const second = await fetch(`${url}/metrics`);
  assert.deepEqual(
    [second.status, await second.text()],
    [503, 'more scrapes are being answered than --web.max-requests allows: try again\n'],
  );
  assert.equal(second.headers.get('retry-after'), '1');
  assert.equal((await fetch(`${url}/-/healthy`)).status, 200);
  answer.resolve();
  assert.equal(await (await first).text(), 'whole\n');
  assert.equal((await fetch(`${url}/metrics`)).status, 200);
});
