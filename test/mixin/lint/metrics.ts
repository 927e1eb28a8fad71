import { catalogue } from '../../../src/metrics/catalogue.ts';
import { exporterDefinitions } from '../../../src/metrics/exporter-definitions.ts';
import { mixinConfig, settingsOf } from '../../../src/mixin/config.ts';
import { evidenceSeries } from '../../../src/mixin/evidence/series.ts';
import { recordingGroups } from '../../../src/mixin/recording/groups.ts';

/** What is known of a metric. */
export interface KnownMetric {
  readonly type: string;
  readonly labels: readonly string[];
}

const targetLabels = ['job', 'instance'];

const scraped = [...catalogue, ...Object.values(exporterDefinitions)].map(
  ({ name, type, labels }) => [name, { type, labels: [...labels, ...targetLabels] }] as const,
);

const records = recordingGroups(settingsOf(mixinConfig)).flatMap(({ rules }) => rules.map(({ record }) => record));
const recorded = [...evidenceSeries, ...records].map(({ name, labels }) => [name, { type: 'gauge', labels }] as const);

/** Every series that a rule may read: those of the exporter, the recorded ones, and what Prometheus says of its targets. */
export const knownMetrics: ReadonlyMap<string, KnownMetric> = new Map<string, KnownMetric>([
  ...scraped,
  ...recorded,
  ['up', { type: 'gauge', labels: targetLabels }],
  ...['prometheus_rule_evaluation_failures_total', 'prometheus_rule_group_iterations_missed_total'].map(
    (name) => [name, { type: 'counter', labels: [...targetLabels, 'rule_group'] }] as const,
  ),
  ['prometheus_notifications_dropped_total', { type: 'counter', labels: targetLabels }],
  ['prometheus_notifications_alertmanagers_discovered', { type: 'gauge', labels: targetLabels }],
]);
