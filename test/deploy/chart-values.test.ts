import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { mixinConfig } from '../../src/mixin/config.ts';
import { chart, helmTemplate, type Manifest, manifestsOf, only } from './render.ts';

interface Rule {
  readonly alert?: string;
  readonly record?: string;
  readonly expr: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

const render = (name: string, ...flags: readonly string[]): readonly Manifest[] =>
  manifestsOf(helmTemplate('helm4', `--values=${chart}/ci/${name}`, ...flags));
const platform = render('platform-values.yaml');

function rulesIn(manifests: readonly Manifest[]): readonly Rule[] {
  return manifests
    .filter(({ kind }) => kind === 'PrometheusRule')
    .flatMap(({ spec }) => spec.groups.flatMap(({ rules }: { rules: readonly Rule[] }) => rules));
}

const alertsIn = (manifests: readonly Manifest[]): readonly Rule[] => rulesIn(manifests).filter(({ alert }) => alert);

test('the rules follow the values: thresholds, selector, labels, annotations, addresses, one alert off', () => {
  const alerts = alertsIn(platform);
  const of = (name: string): Rule => {
    const [rule] = alerts.filter(({ alert }) => alert === name);
    assert.ok(rule, name);
    return rule;
  };
  assert.ok(of('MilinkDatabaseLagHigh'));
  assert.ok(rulesIn(platform).some(({ expr }) => /secondary_lag_seconds\{[^}]*\} > 777\b/.test(expr)));
  assert.ok(rulesIn(platform).some(({ expr }) => /> 1200 \* milink_database_log_send_rate/.test(expr)));
  for (const { alert, labels, annotations } of alerts) {
    assert.equal(labels.team, 'databases', alert);
    assert.match(labels.severity ?? '', /^(info|warning|critical)$/);
    assert.equal(annotations.contact, '#databases');
    assert.equal(annotations.runbook_url, `https://wiki.corp.example/milink/${alert}.md`);
    assert.match(annotations.dashboard_url ?? '', /^https:\/\/grafana\.corp\.example\/d\//);
  }
  assert.ok(!alerts.some(({ alert }) => alert === 'MilinkSeedingRunning'));
  assert.ok(alertsIn(render('operator-values.yaml')).some(({ alert }) => alert === 'MilinkSeedingRunning'));
  assert.ok(rulesIn(platform).some(({ expr }) => expr.includes('cluster="eu"')));
});

test("the rules know the exporter by the job that the chart's ServiceMonitor gives it", () => {
  const { name } = only(platform, 'Service').metadata.labels as { name?: string };
  assert.equal(name, undefined);
  const job = only(platform, 'Service').metadata.labels?.[only(platform, 'ServiceMonitor').spec.jobLabel];
  assert.equal(job, 'linkwatch');
  const jobs = rulesIn(platform).flatMap(({ expr }) =>
    [...expr.matchAll(/\bjob="([^"]*)"/g)].map(([, found]) => found),
  );
  assert.ok(jobs.length > 0);
  assert.deepEqual([...new Set(jobs)], ['linkwatch']);
});

for (const values of ['platform-values.yaml', 'operator-values.yaml']) {
  test(`${values}: no reference is left open, and nothing names localhost`, () => {
    const text = JSON.stringify(render(values).filter(({ metadata }) => metadata.labels?.grafana_dashboard !== '1'));
    assert.doesNotMatch(text, /%\(\w+\)s/);
    assert.doesNotMatch(text, /localhost|127\.0\.0\.1/);
  });
}

test('what a template of a platform team sets is where it belongs', () => {
  const monitor = only(platform, 'ServiceMonitor');
  const { targetLabels, podTargetLabels, labelLimit, endpoints } = monitor.spec;
  assert.deepEqual(
    { targetLabels, podTargetLabels, labelLimit, proxyUrl: endpoints[0].proxyUrl },
    {
      targetLabels: ['team'],
      podTargetLabels: ['cost-center'],
      labelLimit: 64,
      proxyUrl: 'http://proxy.corp.example:3128',
    },
  );
  const { clusterIP, ipFamilyPolicy, ipFamilies } = only(platform, 'Service').spec;
  assert.deepEqual([clusterIP, ipFamilyPolicy, ipFamilies], ['None', 'PreferDualStack', ['IPv4', 'IPv6']]);
  const { hostNetwork, dnsPolicy, runtimeClassName } = only(
    render('platform-values.yaml', '--set=hostNetwork=true'),
    'Deployment',
  ).spec.template.spec;
  assert.deepEqual([hostNetwork, dnsPolicy, runtimeClassName], [true, 'ClusterFirstWithHostNet', 'gvisor']);
  for (const { kind, metadata } of platform) assert.equal(metadata.labels?.team, 'databases', kind);
});

test('the defaults of the chart are those of the rules, and wrong names are refused', () => {
  const { exporterJob: _job, grafanaBaseUrl: _url, ...expected } = mixinConfig;
  const { grafanaBaseUrl, ...defaults } = parse(readFileSync(join(chart, 'files/rule-settings.yaml'), 'utf8'));
  assert.deepEqual(defaults, expected);
  assert.equal(grafanaBaseUrl, '');
  const refused = (flag: string): string =>
    helmTemplate('helm4', `--values=${chart}/ci/operator-values.yaml`, flag).error;
  assert.match(
    refused('--set=prometheusRule.settings.lagSecond=5'),
    /there is no setting lagSecond: use one of .*lagSeconds/,
  );
  assert.match(refused('--set=prometheusRule.disabled={MilinkSeeding}'), /there is no alert MilinkSeeding/);
});
