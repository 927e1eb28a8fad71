import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadConfig } from '../../src/config/load.ts';
import { isPublished } from '../../src/config/metrics.ts';
import { ConfigError } from '../../src/config/value/problem.ts';
import { linkVerdict } from '../../src/metrics/families/link.ts';
import { up } from '../../src/metrics/families/polling.ts';
import { publishedFamilies } from '../../src/metrics/family.ts';
import { temporaryFolder } from './temporary-folder.ts';

const families = { names: ['milink_up', 'milink_link_verdict'], neededByAlerts: ['milink_up'] };
const server =
  'servers: [{ name: a, host: a.example, authentication: { type: sql_login, username: m, password_env: P } }]';

async function loaded(context: Parameters<typeof temporaryFolder>[0], metrics: string) {
  const path = join(await temporaryFolder(context), 'milink.yaml');
  await writeFile(path, `${server}\nmetrics: ${metrics}\n`);
  return loadConfig(path, { env: { P: 'p' }, families });
}

test('metrics.exclude leaves families out, and a warning names those that the alerts need', async (context) => {
  const { config, warnings, text } = await loaded(context, '{ exclude: [milink_up] }');
  assert.deepEqual(config.metrics, { include: [], exclude: ['milink_up'] });
  assert.deepEqual(
    warnings.map(({ path, message }) => `${path}: ${message}`),
    ['metrics.exclude: the shipped alerts need milink_up: without them they are silent, or wrong'],
  );
  assert.match(text, /metrics:\n {2}exclude:\n {4}- milink_up\n/);
});

test('metrics.include publishes these alone', async (context) => {
  const { config, warnings } = await loaded(context, '{ include: [milink_up] }');
  const published = (name: string): boolean => isPublished(config.metrics ?? { include: [], exclude: [] }, name);
  assert.deepEqual([published('milink_up'), published('milink_link_verdict')], [true, false]);
  assert.deepEqual(warnings, []);
});

for (const [metrics, problem] of [
  [
    '{ exclude: [milink_upp] }',
    'metrics.exclude[0]: "milink_upp" is no metric of this exporter: did you mean milink_up?',
  ],
  [
    '{ exclude: [node_load1] }',
    'metrics.exclude[0]: "node_load1" is no metric of this exporter: docs/metrics.md has the list',
  ],
  ['{ exclude: [milink_up], include: [milink_up] }', 'metrics: give include or exclude, not both'],
  ['{ exclud: [milink_up] }', 'metrics.exclud: unknown key: did you mean exclude?'],
] as const) {
  test(`metrics: ${metrics} is refused`, async (context) => {
    const error = await loaded(context, metrics).catch((reason: unknown) => reason);
    assert.ok(error instanceof ConfigError);
    assert.deepEqual(
      error.problems.map(({ path, message }) => `${path}: ${message}`),
      [problem],
    );
  });
}

test('a family that is not published is none of the page', () => {
  assert.deepEqual(
    publishedFamilies([up, linkVerdict], (name) => name === 'milink_up'),
    [up],
  );
});
