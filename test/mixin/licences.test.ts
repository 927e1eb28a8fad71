import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { allowedLicences, type LockFile, licencePage, shippedPackages } from '../../src/mixin/licences.ts';

const root = resolve(import.meta.dirname, '../..');
const lock: LockFile = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));

/** Beside what may be shipped: weaker conditions on files of their own, and dedications to the public. */
const allowedForTools = [...allowedLicences, 'MIT OR Apache-2.0', 'MPL-2.0', 'CC0-1.0', 'BlueOak-1.0.0', 'Python-2.0'];

test('every package that is shipped is under a licence that asks nothing of users', () => {
  const shipped = shippedPackages(lock);
  assert.ok(shipped.length > 100);
  assert.deepEqual(
    shipped.filter(({ licence }) => !allowedLicences.includes(licence)),
    [],
  );
});

test('every tool of development is under a licence that allows to use it', () => {
  const others = Object.entries(lock.packages)
    .filter(([path, { dev = false }]) => path !== '' && dev)
    .filter(([, { license = '' }]) => !allowedForTools.includes(license))
    .map(([path, { license }]) => `${path}: ${license}`);
  assert.deepEqual(others, []);
});

test('the lock file says of each package what the package says itself', () => {
  const different = Object.entries(lock.packages)
    .filter(([path, { dev = false }]) => path !== '' && !dev)
    .map(([path, { license }]) => ({
      path,
      license,
      own: JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8')),
    }))
    .filter(({ license, own }) => (own.license?.type ?? own.license ?? own.licenses?.[0]?.type) !== license)
    .map(({ path, license, own }) => `${path}: ${license}, but ${own.license}`);
  assert.deepEqual(different, []);
});

test('the bill of materials of a release and the page list the same packages', () => {
  const script = join(root, 'deploy/release/sbom.sh');
  const { components } = JSON.parse(execFileSync('sh', [script], { encoding: 'utf8', maxBuffer: 16 * 1024 * 1024 }));
  const listed: string[] = components.map(({ name, group, version }: Record<string, string>) =>
    group ? `${group}/${name}@${version}` : `${name}@${version}`,
  );
  const shipped = shippedPackages(lock).map(({ name, version }) => `${name}@${version}`);
  assert.deepEqual([...new Set(listed)].sort(), shipped.toSorted());
});

test('the page has a table per licence, and no tool of development', () => {
  const page = licencePage({
    packages: {
      '': { version: '1.0.0', license: 'Apache-2.0' },
      'node_modules/b': { version: '2.0.0', license: 'MIT' },
      'node_modules/a': { version: '1.0.0', license: 'MIT' },
      'node_modules/@scope/c': { version: '1.0.0', license: 'ISC' },
      'node_modules/a/node_modules/b': { version: '1.0.0', license: 'MIT' },
      'node_modules/tool': { version: '1.0.0', license: 'MIT', dev: true },
    },
  });
  assert.match(
    page,
    /## ISC\n\n.*\n.*\n\| @scope\/c \| 1\.0\.0 \|\n\n## MIT\n\n.*\n.*\n\| a \| 1\.0\.0 \|\n\| b \| 1\.0\.0 \|\n\| b \| 2\.0\.0 \|\n$/,
  );
  assert.doesNotMatch(page, /tool \|/);
});
