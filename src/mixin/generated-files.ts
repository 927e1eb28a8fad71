import { readFileSync } from 'node:fs';
import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { scriptFiles } from '../grants/script.ts';
import { catalogue } from '../metrics/catalogue.ts';
import { metricsReference } from '../metrics/reference.ts';
import { errorReference } from '../model/errors/reference.ts';
import { preflightPage } from '../preflight/page.ts';
import { alertmanagerFile, inhibitions } from './alertmanager.ts';
import { alertGroups, ruleGroupsFor } from './alerts/groups.ts';
import { identityList, jsonnetSettings, mixinConfig, type Settings, settingsOf } from './config.ts';
import { azureDashboard } from './dashboards/azure/azure.ts';
import { certificatesDashboard } from './dashboards/certificates/certificates.ts';
import { exporterDashboard } from './dashboards/exporter/exporter.ts';
import { linkDashboard } from './dashboards/link/link.ts';
import { linksDashboard } from './dashboards/links/links.ts';
import { seedingDashboard } from './dashboards/seeding/seeding.ts';
import { keptToEnvironment } from './dashboards/variables.ts';
import { mixinLibsonnet } from './jsonnet.ts';
import { type LockFile, licencePage } from './licences.ts';
import { recordingGroups } from './recording/groups.ts';
import { alertReference } from './reference.ts';
import { ruleFile } from './rule-file.ts';

/** A file that is written from the sources; `path` is from the root of the project. */
export interface GeneratedFile {
  readonly path: string;
  readonly content: string;
}

const head = (sources: string): readonly string[] => [
  `Generated from ${sources} and src/mixin/config.ts by \`npm run generate\`: edit those, not this file.`,
];

/** Every generated file with what it should contain. JSON has no comments: src/mixin/dashboards says where it comes from. */
export function generatedFiles(): readonly GeneratedFile[] {
  const files = sourceFiles();
  return [
    ...files,
    ...chartRules(),
    ...files.flatMap(chartCopy),
    ...files.flatMap(operatorRule),
    dashboardConfigMaps(),
  ];
}

/** Every dashboard that ships, the widest view first. */
export function dashboards(): readonly Dashboard[] {
  return [
    linksDashboard(),
    linkDashboard(),
    seedingDashboard(),
    certificatesDashboard(),
    azureDashboard(),
    exporterDashboard(),
  ];
}

/** The rules with references in the place of settings, and what these are unless the chart's values say otherwise. */
function chartRules(): readonly GeneratedFile[] {
  // A chart knows its own job, and no Grafana.
  const { exporterJob: _job, ...defaults } = { ...mixinConfig, grafanaBaseUrl: '' };
  const lines = Object.entries(defaults).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  const text = [...head('src/mixin').map((line) => `# ${line}`), ...lines, ''].join('\n');
  const settings = { path: 'deploy/helm/milink-exporter/files/rule-settings.yaml', content: text };
  return [settings, ...chartRuleFiles()];
}

function chartRuleFiles(): readonly GeneratedFile[] {
  return ruleFiles(jsonnetSettings(mixinConfig)).map(({ path, content }) => ({
    path: path.replace('deploy/prometheus', 'deploy/helm/milink-exporter/files'),
    content,
  }));
}

/** A chart holds what it deploys: `helm package` follows no link out of its folder. */
function chartCopy({ path, content }: GeneratedFile): readonly GeneratedFile[] {
  const [, deployed] = /^grafana\/(dashboards\/.*)$/.exec(path) ?? [];
  return deployed === undefined ? [] : [{ path: `deploy/helm/milink-exporter/files/${deployed}`, content }];
}

/** A rule file as the Prometheus operator takes it. Where Grafana is read in that cluster nobody knows here. */
function operatorRule({ path, content }: GeneratedFile): readonly GeneratedFile[] {
  const [, name] = /^deploy\/prometheus\/rules\/(.*)\.yaml$/.exec(path) ?? [];
  if (name === undefined) return [];
  const resource = [
    'apiVersion: monitoring.coreos.com/v1',
    'kind: PrometheusRule',
    'metadata:',
    `  name: ${name}`,
    'spec:',
    ...content
      .trimEnd()
      .split('\n')
      .filter((line) => !line.trimStart().startsWith('dashboard_url:'))
      .map((line) => (line === '' ? '' : `  ${line}`)),
    '',
  ];
  return [{ path: `deploy/kubernetes/monitoring/${name}.yaml`, content: resource.join('\n') }];
}

/** Beside the dashboards: Kustomize reads no file above its own folder. */
function dashboardConfigMaps(): GeneratedFile {
  const lines = [
    "# Generated from src/mixin/dashboards by `npm run generate`. A ConfigMap per dashboard, for the sidecar of Grafana's chart.",
    'apiVersion: kustomize.config.k8s.io/v1beta1',
    'kind: Kustomization',
    'generatorOptions:',
    '  disableNameSuffixHash: true',
    '  labels:',
    "    grafana_dashboard: '1'",
    'configMapGenerator:',
    ...dashboards().flatMap(({ uid }) => [`  - name: dashboard-${uid}`, `    files: [dashboards/${uid}.json]`]),
    '',
  ];
  return { path: 'grafana/kustomization.yaml', content: lines.join('\n') };
}

function sourceFiles(): readonly GeneratedFile[] {
  return [
    ...ruleFiles(settingsOf(mixinConfig)),
    mixinFile(),
    ...dashboards().map((dashboard) => ({
      path: `grafana/dashboards/${dashboard.uid}.json`,
      content: `${JSON.stringify(keptToEnvironment(dashboard, identityList(mixinConfig)), null, 2)}\n`,
    })),
    {
      path: 'docs/alerts.md',
      content: alertReference({
        alerts: alertGroups,
        records: recordingGroups(settingsOf(mixinConfig)),
        inhibitions,
        config: mixinConfig,
      }),
    },
    { path: 'deploy/alertmanager/alertmanager.yaml', content: alertmanagerFile(identityList(mixinConfig)) },
    { path: 'docs/metrics.md', content: metricsReference() },
    { path: 'src/metrics/needed-by-alerts.ts', content: neededByAlertsFile(settingsOf(mixinConfig)) },
    { path: 'docs/errors.md', content: errorReference() },
    { path: 'docs/preflight.md', content: preflightPage() },
    ...scriptFiles(),
    { path: 'docs/licences.md', content: licencePage(lockFile()) },
  ];
}

function ruleFiles(settings: Settings): readonly GeneratedFile[] {
  const alertHead = [...head('src/mixin/alerts'), 'For Prometheus 2.42 or newer.'];
  return [
    {
      path: 'deploy/prometheus/rules/milink-alerts.yaml',
      content: ruleFile(ruleGroupsFor(settings), { head: alertHead, ...settings }),
    },
    {
      path: 'deploy/prometheus/rules/milink-rules.yaml',
      content: ruleFile(recordingGroups(settings), { head: head('src/mixin/recording'), ...settings }),
    },
  ];
}

function mixinFile(): GeneratedFile {
  const settings = jsonnetSettings(mixinConfig);
  const names = dashboards().map(({ uid }) => `${uid}.json`);
  return {
    path: 'deploy/mixin/mixin.libsonnet',
    content: mixinLibsonnet({
      head: [
        ...head('src/mixin'),
        'Your own values: `(import "milink-exporter/deploy/mixin/mixin.libsonnet") + { _config+:: { lagSeconds: 60 } }`.',
      ],
      config: mixinConfig,
      alerts: ruleGroupsFor(settings),
      records: recordingGroups(settings),
      bases: settings,
      dashboards: Object.fromEntries(names.map((name) => [name, `../../grafana/dashboards/${name}`])),
    }),
  };
}

function lockFile(): LockFile {
  return JSON.parse(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8'));
}

/** The state families that the alerts are made from, as a source of the exporter, which the mixin is no part of. */
function neededByAlertsFile(settings: Settings): string {
  const text = ruleGroupsFor(settings)
    .flatMap(({ rules }) => rules.map(({ expression }) => expression))
    .join('\n');
  const used = new Set([...text.matchAll(/(?<![\w:])milink_\w+/g)].map(([name]) => name));
  const names = catalogue.map(({ name }) => name).filter((name) => used.has(name));
  return [
    '// Generated from src/mixin by `npm run generate`: edit that, not this file.',
    '',
    '/** Families without which a shipped alert is silent, or wrong. */',
    'export const neededByAlerts: readonly string[] = [',
    ...names.map((name) => `  '${name}',`),
    '];',
    '',
  ].join('\n');
}
