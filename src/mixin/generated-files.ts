import { metricsReference } from '../metrics/reference.ts';
import { errorReference } from '../model/errors/reference.ts';
import { alertGroups } from './alerts/groups.ts';
import { mixinConfig } from './config.ts';
import { dashboards } from './dashboards/all.ts';
import { ruleFile } from './rules.ts';

/** A file that is written from the sources; `path` is from the root of the project. */
export interface GeneratedFile {
  readonly path: string;
  readonly content: string;
}

const ruleHead = [
  'Generated from src/mixin/alerts by `npm run generate`: edit those, not this file.',
  'For Prometheus 2.42 or newer (keep_firing_for).',
];

/** Every generated file with what it should contain. JSON has no comments: src/mixin/dashboards says where it comes from. */
export function generatedFiles(): readonly GeneratedFile[] {
  const { runbookBaseUrl } = mixinConfig;
  return [
    {
      path: 'deploy/prometheus/rules/milink-alerts.yaml',
      content: ruleFile(alertGroups, { head: ruleHead, runbookBaseUrl }),
    },
    ...dashboards().map((dashboard) => ({
      path: `grafana/dashboards/${dashboard.uid}.json`,
      content: `${JSON.stringify(dashboard, null, 2)}\n`,
    })),
    { path: 'docs/metrics.md', content: metricsReference() },
    { path: 'docs/errors.md', content: errorReference() },
  ];
}
