import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { pagePaths } from '../../src/http/status/places.ts';
import { reservedNames } from '../../src/http/web-paths.ts';

test('no place of the exporter is under a name that --web.telemetry-path may take', () => {
  const folder = fileURLToPath(new URL('../../src/http/routes/', import.meta.url));
  const written = readdirSync(folder).flatMap((file) =>
    [...readFileSync(`${folder}${file}`, 'utf8').matchAll(/path: '([^']+)'/g)].map(([, path]) => path ?? ''),
  );
  assert.ok(written.includes('/-/healthy'));
  const names = [...written, ...Object.values(pagePaths)].map((path) => path.split('/')[1] ?? '');
  assert.deepEqual(
    names.filter((name) => name !== '' && !reservedNames.includes(name)),
    [],
  );
});
