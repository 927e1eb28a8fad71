import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { describe, test } from 'node:test';
import { promisify } from 'node:util';
import { failedServer, managedInstance, pendingServer, sqlServer } from '../link/server-state.ts';
import { stateOf } from '../metrics/series.ts';
import { startService } from './service.ts';

const state = stateOf([sqlServer(), managedInstance()]);
const textType = 'text/plain; charset=utf-8';

test('/metrics answers in the format that is asked for', async (context) => {
  const { url } = await startService(context, { state });
  const plain = await fetch(`${url}/metrics`);
  assert.equal(plain.status, 200);
  assert.equal(plain.headers.get('content-type'), 'text/plain; version=0.0.4; charset=utf-8');
  assert.equal(plain.headers.get('vary'), 'Accept, Accept-Encoding');
  assert.equal(plain.headers.get('x-powered-by'), null);
  assert.match(await plain.text(), /^milink_up\{server="sql-prod-01"\} 1$/m);
  const accept = 'application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,*/*;q=0.2';
  const open = await fetch(`${url}/metrics?name[]=ignored`, { headers: { accept } });
  assert.equal(
    open.headers.get('content-type'),
    'application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=allow-utf-8',
  );
  assert.match(await open.text(), /\n# EOF\n$/);
});

test('/metrics is compressed for whom asks for it, and curl reads it', async (context) => {
  const { url } = await startService(context, { state });
  const run = promisify(execFile);
  const { stdout } = await run('curl', ['--silent', '--fail', '--compressed', '--dump-header', '-', `${url}/metrics`]);
  assert.match(stdout, /^content-encoding: gzip\r$/im);
  assert.match(stdout, /^milink_up\{server="mi-prod"\} 1$/m);
  const refused = await fetch(`${url}/metrics`, { headers: { 'accept-encoding': 'gzip;q=0' } });
  assert.equal(refused.headers.get('content-encoding'), null);
  assert.equal(Number(refused.headers.get('content-length')), Buffer.byteLength(await refused.text()));
});

describe('HEAD has the headers of GET and no body', () => {
  for (const path of ['/metrics', '/', '/-/healthy', '/-/ready', '/nothing']) {
    test(path, async (context) => {
      const { url } = await startService(context, { state });
      const [get, head] = await Promise.all([fetch(url + path), fetch(url + path, { method: 'HEAD' })]);
      assert.equal(head.status, get.status);
      assert.equal(head.headers.get('content-type'), get.headers.get('content-type'));
      assert.ok(Number(head.headers.get('content-length')) > 10);
      assert.equal(await head.text(), '');
      assert.ok((await get.text()).length > 10);
    });
  }
});

describe('other methods are refused where something is', () => {
  for (const path of ['/metrics', '/', '/-/healthy', '/-/ready']) {
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
      test(`${method} ${path}`, async (context) => {
        const { url } = await startService(context, { state });
        const response = await fetch(url + path, { method });
        assert.equal(response.status, 405);
        assert.equal(response.headers.get('allow'), 'GET, HEAD');
        assert.equal(await response.text(), 'method not allowed: use GET or HEAD\n');
      });
    }
  }
});

describe('nothing is elsewhere', () => {
  for (const path of ['/metric', '/metrics/', '/METRICS', '/-/reload', '/%zz', '/..%2f..%2fetc/passwd', '//metrics']) {
    test(path, async (context) => {
      const { url } = await startService(context, { state });
      const response = await fetch(url + path);
      assert.equal(response.status, 404);
      assert.equal(response.headers.get('content-type'), textType);
      assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
      assert.equal(await response.text(), 'not found: see / for what is here\n');
    });
  }
});

test('healthy says so whatever the servers do', async (context) => {
  const { url } = await startService(context, { state: stateOf([failedServer('one'), pendingServer('two')]) });
  const response = await fetch(`${url}/-/healthy`);
  assert.deepEqual([response.status, await response.text()], [200, 'milink-exporter is healthy.\n']);
});

describe('ready once every server has had a first poll, be it a failed one', () => {
  const cases = [
    [[sqlServer(), failedServer('two')], 200, 'milink-exporter is ready.\n'],
    [
      [sqlServer(), pendingServer('two'), pendingServer('thrèe')],
      503,
      'milink-exporter is not ready: not polled yet: two, thrèe\n',
    ],
  ] as const;
  for (const [servers, status, text] of cases) {
    test(`${status}`, async (context) => {
      const { url } = await startService(context, { state: stateOf(servers) });
      const response = await fetch(`${url}/-/ready`);
      assert.deepEqual([response.status, await response.text()], [status, text]);
    });
  }
});

test('a defect is told to the log, not to the client', async (context) => {
  const defect = new Error('secret of the inside');
  const page = { prepare: async (): Promise<void> => undefined, answer: (): Promise<never> => Promise.reject(defect) };
  const { url, errors } = await startService(context, { state, page });
  const response = await fetch(`${url}/metrics`);
  assert.deepEqual([response.status, await response.text()], [500, 'internal error: see the log of milink-exporter\n']);
  assert.deepEqual(errors, [defect]);
});

test('requests are counted by route and code, unknown paths as one', async (context) => {
  const { url } = await startService(context, { state });
  for (const path of ['/metrics', '/-/ready', '/one', '/two', '/metrics']) await (await fetch(url + path)).text();
  const text = await (await fetch(`${url}/metrics`)).text();
  for (const line of [
    'milink_exporter_http_requests_total{handler="/metrics",code="200"} 2',
    'milink_exporter_http_requests_total{handler="/-/ready",code="200"} 1',
    'milink_exporter_http_requests_total{handler="other",code="404"} 2',
    'milink_exporter_http_request_duration_seconds_count{handler="/metrics"} 2',
  ]) {
    assert.ok(text.includes(`${line}\n`), line);
  }
});
