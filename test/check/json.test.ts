import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { checkDocument, checkJson } from '../../src/check/json.ts';
import { reportOf, scenarios } from './scenarios.ts';

const reference = readFileSync(join(import.meta.dirname, '../../docs/check.md'), 'utf8');
const documents = Object.entries(scenarios).map(([name, scenario]) => {
  const parsed: unknown = JSON.parse(checkJson(reportOf(scenario), { isPretty: false }));
  return { name, document: parsed };
});

/** Every object of a document with the path to it, list indices left out. */
function objectsIn(value: unknown, path = ''): readonly (readonly [string, Readonly<Record<string, unknown>>])[] {
  if (Array.isArray(value)) return value.flatMap((item) => objectsIn(item, path));
  if (typeof value !== 'object' || value === null) return [];
  const entries = Object.entries(value);
  return [
    [path, Object.fromEntries(entries)],
    ...entries.flatMap(([key, inner]) => objectsIn(inner, `${path}.${key}`)),
  ];
}

const objects = documents.flatMap(({ document }) => objectsIn(document));

test('the keys of each kind of object are always the same', () => {
  const shapes = new Map<string, string>();
  for (const [path, object] of objects) {
    const keys = Object.keys(object).join(' ');
    assert.equal(keys, shapes.get(path) ?? keys, path);
    shapes.set(path, keys);
  }
  assert.ok(shapes.size > 15, `${shapes.size} kinds`);
});

test('docs/check.md names every key', () => {
  const keys = new Set(objects.flatMap(([, object]) => Object.keys(object)));
  assert.deepEqual(
    [...keys].filter((key) => !reference.includes(`\`${key}\``)),
    [],
  );
});

test('every key is snake_case, and every time is ISO 8601 in UTC', () => {
  for (const [path, object] of objects) {
    for (const [key, value] of Object.entries(object)) {
      assert.match(key, /^[a-z]+(_[a-z]+)*$/);
      if (!/(_at|^valid_from)$/.test(key) || value === null) continue;
      assert.match(String(value), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/, `${path}.${key}`);
    }
  }
});

test('LSNs are texts, exact', () => {
  const [healthy] = objectsIn(checkDocument(reportOf(scenarios.healthy ?? { servers: [] })))
    .filter(([path]) => path === '.links.databases.copies')
    .map(([, copy]) => copy.last_hardened_lsn);
  assert.equal(healthy, '1234567890123456789012345');
});
