import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { catalogue } from '../../src/metrics/catalogue.ts';
import type { Family } from '../../src/metrics/family.ts';

const folder = join(import.meta.dirname, '../../src/metrics/families');

function isFamily(value: unknown): value is Family {
  return typeof value === 'object' && value !== null && 'samples' in value && 'labels' in value;
}

/** The families that a file exports, one by one or in lists. */
async function familiesOf(file: string): Promise<readonly Family[]> {
  const exported: Record<string, unknown> = await import(join(folder, file));
  return Object.values(exported)
    .flatMap((value) => (Array.isArray(value) ? value : [value]))
    .filter(isFamily);
}

describe('every family that a file in src/metrics/families exports is in the catalogue', () => {
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  )) {
    test(file, async () => {
      const missing = (await familiesOf(file)).filter((family) => !catalogue.includes(family)).map(({ name }) => name);
      assert.deepEqual(missing, [], 'add a line to src/metrics/catalogue.ts');
    });
  }
});

test('the catalogue has each family once', () => {
  const names = catalogue.map(({ name }) => name);
  assert.deepEqual(names, [...new Set(names)]);
});

describe('names and words follow the conventions', () => {
  for (const { name, help, type, labels, source } of catalogue) {
    test(name, () => {
      assert.match(name, /^milink_[a-z]+(_[a-z]+)*$/);
      assert.equal(name.endsWith('_total'), type === 'counter', 'a counter, and only a counter, ends in _total');
      assert.equal(name.endsWith('_info'), type === 'info', 'an info, and only an info, ends in _info');
      assert.match(help, /^[A-Z].*\.$/, 'HELP is a sentence');
      assert.notEqual(source, '');
      assert.deepEqual(labels, [...new Set(labels)]);
      for (const label of labels) assert.match(label, /^(?!__)[a-z_]+$/);
      // Prometheus' guide: these clash with the labels of targets, and `le` and `quantile` have a meaning.
      for (const taken of ['job', 'instance', 'type', 'cluster', 'env', 'region', 'le', 'quantile']) {
        assert.ok(!labels.includes(taken), `${taken} is taken`);
      }
    });
  }
});

test('HELP names the column that a figure is from', () => {
  const columns = catalogue.filter(
    ({ source }) => /^sys\.[a-z_]+\.[a-z_]+$/.test(source) && !source.endsWith('role_desc'),
  );
  assert.ok(columns.length > 15);
  for (const { name, help, source } of columns) {
    const [, view = '', column = ''] = source.split('.');
    assert.ok(help.includes(column) && help.includes(`sys.${view}`), `${name}: ${help}`);
  }
});
