import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { keptToEnvironment } from '../../src/mixin/dashboards/variables.ts';
import { dashboards } from '../../src/mixin/generated-files.ts';
import { jsonnet } from './tool.ts';

const root = resolve(import.meta.dirname, '../..');
const mixin = `(import ${JSON.stringify(join(root, 'deploy/mixin/mixin.libsonnet'))})`;

function evaluated(expression: string) {
  return JSON.parse(jsonnet(['-e', expression]));
}

/** `{}` and `{a="b",}` are what jsonnet's empty selector leaves: the same selectors as without. */
function withoutEmptySelectors(value: unknown): unknown {
  const text = JSON.stringify(value)
    .replaceAll(/,\}/g, '}')
    .replaceAll(/(\w)\{\}/g, '$1');
  return JSON.parse(text);
}

for (const [file, field] of [
  ['milink-alerts.yaml', 'prometheusAlerts'],
  ['milink-rules.yaml', 'prometheusRules'],
] as const) {
  test(`jsonnet makes of the mixin the rules of ${file}`, () => {
    const yaml = parse(readFileSync(join(root, 'deploy/prometheus/rules', file), 'utf8'));
    assert.deepEqual(withoutEmptySelectors(evaluated(`${mixin}.${field}`)), yaml);
  });
}

test('jsonnet users change a value in one place', () => {
  const changed = `(${mixin} + { _config+:: { selector: 'cluster="eu"', lagSeconds: 60, exporterJob: 'links', grafanaBaseUrl: 'https://grafana.corp.example' } })`;
  const text = JSON.stringify(evaluated(`${changed}.prometheusAlerts`));
  assert.match(text, /milink_database_secondary_lag_seconds\{cluster=\\"eu\\"\} > 60\b/);
  assert.match(text, /absent\(milink_exporter_build_info\{job=\\"links\\",cluster=\\"eu\\"\}\)/);
  assert.match(text, /https:\/\/grafana\.corp\.example\/d\/milink-link\?/);
  const selectors = [...text.matchAll(/[^:\w"]milink_\w+(?!\w)(.)/g)].map(([, next]) => next);
  assert.deepEqual([...new Set(selectors)], ['{'], 'a selector without the site’s matchers');
});

test('the mixin has every dashboard', () => {
  const dashboards = evaluated(`${mixin}.grafanaDashboards`);
  assert.deepEqual(Object.keys(dashboards).sort(), readdirSync(join(root, 'grafana/dashboards')).sort());
  for (const [name, { uid }] of Object.entries<{ uid: string }>(dashboards)) assert.equal(`${uid}.json`, name);
});

test('each dashboard keeps to one environment, in jsonnet as in the sources', () => {
  const labels = ['cluster', 'team'];
  const made = evaluated(`(${mixin} + { _config+:: { identityLabels: 'cluster, team' } }).grafanaDashboards`);
  for (const dashboard of dashboards()) {
    const kept = JSON.parse(JSON.stringify(keptToEnvironment(dashboard as never, labels)));
    assert.deepEqual(made[`${dashboard.uid}.json`], kept);
    const text = JSON.stringify(kept);
    const selected = [...text.matchAll(/\b(?:milink_\w+|up|ALERTS)\{(.{0,40})/g)].map(([, matchers = '']) => matchers);
    assert.ok(selected.length > 10);
    for (const matchers of selected) assert.match(matchers, /^cluster=\\"\$cluster\\",team=\\"\$team\\",/);
    assert.doesNotMatch(text, /\bmilink_\w+[^\w{:"\\` ,).][^{]/);
    const names = kept.templating.list.map(({ name }: { name: string }) => name);
    assert.deepEqual(names.slice(0, 4), ['datasource', 'cluster', 'team', 'job']);
  }
});
