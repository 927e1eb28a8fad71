import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { parseDuration } from '../../src/config/value/duration.ts';
import { shippedFiles } from './shipped.ts';

const deploy = resolve(import.meta.dirname, '../../deploy');
const places = { exporter: '127.0.0.1:1', alertmanager: '127.0.0.1:2', webhookUrl: 'http://127.0.0.1:3/' };
const read = (path: string): unknown => parse(readFileSync(join(deploy, path), 'utf8'));

/** The leaves of a file as `path: value`. */
function leaves(value: unknown, path = ''): readonly (readonly [string, unknown])[] {
  if (typeof value !== 'object' || value === null) return [[path, value]];
  return Object.entries(value).flatMap(([key, item]) => leaves(item, `${path}/${key}`));
}

test('the files of the chain are the shipped ones but for durations, addresses and receivers', () => {
  const files = shippedFiles(places, 30);
  const rules = readdirSync(join(deploy, 'prometheus/rules')).map((file) => `prometheus/rules/${file}`);
  for (const path of [...rules, 'prometheus/prometheus.yaml', 'alertmanager/alertmanager.yaml']) {
    const made = new Map(leaves(parse(files[path.replace(/^(prometheus|alertmanager)\//, '')] ?? '')));
    for (const [key, value] of leaves(read(path))) {
      if (/targets|_configs\/\d+\/(?!job_name)|^\/receivers\/\d+\/(?!name)/.test(key)) continue;
      if (/\/(expr)$/.test(key)) continue;
      const isDuration = made.get(key) !== value;
      const expected = isDuration ? `${Math.round((parseDuration(String(value)) ?? Number.NaN) / 30)}ms` : value;
      assert.equal(made.get(key), expected, `${path}: ${key}`);
      if (isDuration) assert.match(key, /\/(for|keep_firing_for|interval|\w+_interval|group_wait)$/, `${path}: ${key}`);
    }
  }
});

test('the configuration for the demo on one machine is the shipped one but for two addresses', () => {
  const text = readFileSync(join(deploy, 'prometheus/prometheus.yaml'), 'utf8');
  const local = text
    .replace("'alertmanager:9093'", "'127.0.0.1:9093'")
    .replace("'exporter:10522'", "'127.0.0.1:10522'");
  assert.deepEqual(read('prometheus/prometheus.local.yaml'), parse(local));
});
