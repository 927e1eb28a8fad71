import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sqlServer } from '../link/server-state.ts';
import { stateOf } from '../metrics/series.ts';
import { startService } from './service.ts';

const state = stateOf([sqlServer()]);
const paths = { routePrefix: '/team/milink', linkPrefix: '/outer', telemetryPath: '/telemetry', externalUrl: null };

describe('with a route prefix everything is below it and nothing elsewhere', () => {
  const expected: Readonly<Record<string, number>> = {
    '/team/milink/': 200,
    '/team/milink/telemetry': 200,
    '/team/milink/-/healthy': 200,
    '/team/milink/-/ready': 200,
    '/team/milink/metrics': 404,
    '/metrics': 404,
    '/telemetry': 404,
    '/-/healthy': 404,
    '/team': 404,
    '/outer/': 404,
  };
  for (const [path, status] of Object.entries(expected)) {
    test(path, async (context) => {
      const { url } = await startService(context, { state, paths });
      const response = await fetch(url + path);
      assert.equal(response.status, status);
      if (status === 404) assert.equal(await response.text(), 'not found: see /outer/ for what is here\n');
    });
  }
});

describe('the root and the prefix without its slash lead to the page', () => {
  for (const path of ['/', '/team/milink']) {
    test(path, async (context) => {
      const { url } = await startService(context, { state, paths });
      const response = await fetch(url + path, { redirect: 'manual' });
      assert.deepEqual([response.status, response.headers.get('location')], [302, '/outer/']);
    });
  }
});

test('links of the page start with the prefix that the reader sees, the metrics count by the route', async (context) => {
  const { url } = await startService(context, { state, paths });
  const html = await (await fetch(`${url}/team/milink/`)).text();
  assert.deepEqual(
    [...html.matchAll(/<li><a href="([^"]*)"/g)].map(([, href]) => href),
    ['/outer/', '/outer/servers', '/outer/telemetry', '/outer/sd', '/outer/-/healthy', '/outer/-/ready'],
  );
  const page = await (await fetch(`${url}/team/milink/telemetry`)).text();
  assert.match(page, /^milink_exporter_http_requests_total\{handler="\/",code="200"\} 1$/m);
});
