import { exporterDefinitions } from '../../metrics/exporter-definitions.ts';
import type { Settings } from '../config.ts';
import type { AlertRule, RuleGroup } from '../rules.ts';
import { scrapeUp } from '../selector.ts';
import { selectFor } from './link-series.ts';

const dashboard = { uid: 'milink-exporter', labels: ['job', 'instance'] } as const;

function down(settings: Settings): AlertRule {
  return {
    name: 'MilinkExporterDown',
    severity: 'critical',
    expression: `${selectFor(settings)(scrapeUp, { job: settings.exporterJob })} == 0`,
    for: '2m',
    why: `for: a restart takes seconds, and one lost scrape (15 s) is no outage; without the exporter every other alert is blind. No
      keep_firing_for: one scrape brings everything back.`,
    summary: 'The exporter can not be scraped.',
    description:
      'Exporter {{ $labels.instance }} of job {{ $labels.job }} gives no metrics: links that no other exporter watches are not watched.',
    dashboard,
  };
}

/** For an exporter that was never there, or a target that is something else. One that is down has its own alert. */
function absent(settings: Settings): AlertRule {
  const select = selectFor(settings);
  const job = settings.exporterJob;
  return {
    name: 'MilinkExporterAbsent',
    severity: 'critical',
    expression: [
      `absent(${select(exporterDefinitions.build, { job })})`,
      `unless on (job) ${select(scrapeUp, { job })} == 0`,
    ].join('\n'),
    for: '2m',
    why: `for: a restart of Prometheus or of the exporter takes seconds; eight scrapes. No keep_firing_for: one scrape brings
      everything back.`,
    summary: 'There is no exporter.',
    description: 'No target of job {{ $labels.job }} gives the metrics of an exporter: no link is watched.',
    dashboard: { ...dashboard, labels: ['job'] },
  };
}

function reloadFailed(settings: Settings): AlertRule {
  return {
    name: 'MilinkConfigReloadFailed',
    severity: 'warning',
    expression: `${selectFor(settings)(exporterDefinitions.configSuccessful)} == 0`,
    for: '5m',
    why: `for: a file that is just being written is good again a moment later. No keep_firing_for: a good configuration settles it.`,
    summary: 'The exporter refuses its configuration.',
    description:
      'Exporter {{ $labels.instance }} has refused its configuration file and goes on with the former one: what was changed is not in force, and it will not start again with this file.',
    dashboard,
  };
}

function shardingMismatch(settings: Settings): AlertRule {
  return {
    name: 'MilinkShardingMismatch',
    severity: 'warning',
    expression: `stdvar by (job) (${selectFor(settings)(exporterDefinitions.totalShards)}) > 0`,
    for: '15m',
    why: `for: exporters that are restarted one after another disagree meanwhile. No keep_firing_for: the last one to restart settles
      it.`,
    summary: 'Exporters disagree on the number of shards.',
    description:
      'The exporters of job {{ $labels.job }} run with different --total-shards: some links are polled twice, others perhaps not at all.',
    dashboard: { ...dashboard, labels: ['job'] },
  };
}

function shardsMissing(settings: Settings): AlertRule {
  const select = selectFor(settings);
  return {
    name: 'MilinkShardsMissing',
    severity: 'warning',
    expression: [
      `max by (job) (${select(exporterDefinitions.totalShards)})`,
      `- count by (job) (count by (job, shard_ordinal) (${select(exporterDefinitions.shardOrdinal)}))`,
      '> 0',
    ].join('\n'),
    for: '15m',
    why: `for: exporters that are started one after another are not all there yet; one that is down is paged by its own alert. No
      keep_firing_for: the missing shard settles it.`,
    summary: 'Some shards have no exporter.',
    description:
      'Of the shards that the exporters of job {{ $labels.job }} divide the links into, {{ $value | humanize }} have no exporter: the links of these are not watched.',
    dashboard: { ...dashboard, labels: ['job'] },
  };
}

/** The exporter itself, and how several of them share the work. */
export function exporterAlerts(settings: Settings): RuleGroup<AlertRule> {
  return {
    name: 'milink-exporter',
    rules: [
      down(settings),
      absent(settings),
      reloadFailed(settings),
      shardingMismatch(settings),
      shardsMissing(settings),
    ],
  };
}
