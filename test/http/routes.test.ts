import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reservedNames } from '../../src/http/web-paths.ts';
import { sqlServer } from '../link/server-state.ts';
import { stateOf } from '../metrics/series.ts';
import { startService } from './service.ts';

test('beside the metrics no place is under a name that --web.telemetry-path may take', async (context) => {
  const { url } = await startService(context, { state: stateOf([sqlServer()]) });
  const html = await (await fetch(`${url}/`)).text();
  const paths = [...html.matchAll(/href="([^"#?]*)/g)]
    .map(([, href]) => href ?? '')
    .filter((path) => path.startsWith('/') && path !== '/metrics');
  assert.ok(paths.length > 0);
  const free = paths.filter((path) => path !== '/' && !reservedNames.includes(path.split('/')[1] ?? ''));
  assert.deepEqual(free, []);
});
