import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorText } from '../../../src/model/errors/catalogue.ts';

test('a number has its name behind it where the catalogue knows it', () => {
  assert.deepEqual([35206, 41987].map(errorText), ['35206 (connection_lost)', '41987']);
});
