import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { generatedFiles } from '../../src/mixin/generated-files.ts';

const root = resolve(import.meta.dirname, '../..');

for (const { path, content } of generatedFiles()) {
  test(`${path} is what the sources say: npm run generate`, () => {
    assert.equal(readFileSync(join(root, path), 'utf8'), content);
  });
}
