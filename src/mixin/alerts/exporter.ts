import { exporterDefinitions } from '../../metrics/exporter-definitions.ts';
import { linkVerdict } from '../../metrics/families/link.ts';
import { up } from '../../metrics/families/polling.ts';
import type { Settings } from '../config.ts';
import type { WatchGroup } from '../evidence/group.ts';
import { exporterLabels } from '../evidence/said.ts';
import { exporterSeen, freshServer, reachedServer, serverSeen } from '../evidence/series.ts';
import type { Watch } from '../evidence/watch.ts';
import { by, indented, on, scrapeUp } from '../promql.ts';
import { queryText, selectFor } from './link-series.ts';

const dashboard = { uid: 'milink-exporter', labels: ['job', 'instance'] } as const;

/** Targets that do not answer: those of the job, and those that were exporters, whatever their job is called. */
function downTargets(settings: Settings): string {
  const select = selectFor(settings);
  return [
    `max ${by(settings, exporterLabels)} (${select(scrapeUp, { job: settings.exporterJob })}) == 0`,
    `or max ${by(settings, exporterLabels)} (${select(scrapeUp)}) == 0 and ${on(settings, exporterLabels)} (${exporterSeen.name} or ${on(settings, exporterLabels)} ${serverSeen.name})`,
  ].join('\n');
}

/** Exporters that polled something which nobody polls now, or of which that is not known and the others share the work. */
function uncovered(settings: Settings): string {
  const [byExporter, onExporter] = [by(settings, exporterLabels), on(settings, exporterLabels)];
  const select = selectFor(settings);
  const replicas = `group ${by(settings, ['job'])} (${select(exporterDefinitions.totalShards)} == 1)`;
  return [
    `group ${byExporter} (${serverSeen.name} unless ${on(settings, ['server'])} group ${by(settings, ['server'])} (${freshServer.name}))`,
    `or group ${byExporter} (${select(scrapeUp)} unless ${onExporter} ${serverSeen.name} unless ${on(settings, ['job'])} ${replicas})`,
  ].join('\n');
}

function down(settings: Settings, severity: 'critical' | 'warning'): Watch {
  const isCritical = severity === 'critical';
  const onExporter = on(settings, exporterLabels);
  const select = selectFor(settings);
  const answers = `max ${by(settings, exporterLabels)} (${select(scrapeUp)}) == 1`;
  const servers = queryText(settings, serverSeen, { labels: exporterLabels });
  const polled = `{{ with ${servers} | query | sortByLabel "server" }} (it polls{{ range $index, $series := . }}{{ if lt $index 5 }} {{ $series.Labels.server }}{{ end }}{{ end }}{{ if gt (len .) 5 }} and others{{ end }}){{ end }}`;
  return {
    name: 'MilinkExporterDown',
    severity,
    keys: exporterLabels,
    wrong: [
      `0 * (${indented(downTargets(settings))}) + time()`,
      `${isCritical ? 'and' : 'unless'} ${onExporter} (${indented(uncovered(settings))})`,
    ].join('\n'),
    right: [
      `0 * (${answers}) + time()`,
      isCritical
        ? `or 0 * group ${by(settings, exporterLabels)} (${serverSeen.name}) + time() unless ${onExporter} (${indented(uncovered(settings))})`
        : `or 0 * group ${by(settings, exporterLabels)} (${serverSeen.name}) + time() unless ${onExporter} group ${by(settings, exporterLabels)} (${select(scrapeUp)})`,
    ].join('\n'),
    wait: '2m',
    why: 'A restart takes seconds, and one lost scrape (15 s) is no outage.',
    summary: isCritical ? 'The exporter can not be scraped.' : 'One of several exporters can not be scraped.',
    description: isCritical
      ? `Target {{ $labels.instance }} of job {{ $labels.job }} gives no metrics${polled}: nobody else polls what it does, so it is not watched. First see whether its process runs and its port answers.`
      : `Target {{ $labels.instance }} of job {{ $labels.job }} gives no metrics${polled}: another exporter polls all of it, and nobody would take over from that one. First see whether its process runs and its port answers.`,
    silences: isCritical
      ? 'Other exporters that poll everything that it polled: then it is a warning.'
      : 'Nobody else polls it: then it is critical.',
    dashboard,
  };
}

/** For an exporter that was never there, or a target that is something else. One that is down has its own alert. */
function absent(settings: Settings): Watch {
  const select = selectFor(settings);
  const anything = [
    `group by (job) (${select(exporterDefinitions.build)})`,
    `group by (job) (${select(up)})`,
    `group by (job) (${select(linkVerdict)})`,
  ].join(' or ');
  return {
    name: 'MilinkExporterAbsent',
    severity: 'critical',
    keys: ['job'],
    wrong: [
      `absent(${select(exporterDefinitions.build, { job: settings.exporterJob })}) * time()`,
      `unless on () (${anything})`,
      `unless on (job) ${select(scrapeUp, { job: settings.exporterJob })} == 0`,
    ].join('\n'),
    right: `group by (job) (${select(scrapeUp, { job: settings.exporterJob })}) * time() and on () (${anything}) or on () label_replace(vector(time()), "job", "${settings.exporterJob}", "", "") and on () (${anything})`,
    wait: '2m',
    why: 'A restart of Prometheus or of the exporter takes seconds; eight scrapes.',
    summary: 'There is no exporter.',
    description:
      'No target gives the metrics of an exporter, neither of job {{ $labels.job }} nor of another: no link is watched. First see whether Prometheus has a target for it.',
    silences:
      'Any series of an exporter, whatever its job is called; a target of the job that is down, which has MilinkExporterDown.',
    dashboard: { ...dashboard, labels: ['job'] },
  };
}

/** A replica that reaches nothing while another one does: the servers are well, and this one is of no use. */
function blind(settings: Settings): Watch {
  const select = selectFor(settings);
  const byExporter = by(settings, exporterLabels);
  return {
    name: 'MilinkExporterBlind',
    severity: 'warning',
    keys: exporterLabels,
    wrong: [
      `0 * max ${byExporter} (${select(up)} == 0 and ${on(settings, ['server'])} ${reachedServer.name}) + time()`,
      `unless ${on(settings, exporterLabels)} max ${byExporter} (${select(up)}) == 1`,
    ].join('\n'),
    right: `0 * (max ${byExporter} (${select(up)}) == 1) + time()`,
    wait: '5m',
    why: 'An exporter that has just started polls one server after another.',
    summary: 'One of several exporters reaches no server.',
    description:
      'Exporter {{ $labels.instance }} of job {{ $labels.job }} can poll none of its servers, which another exporter can: nobody would take over from that one. First look at its network and its secrets.',
    silences: '',
    dashboard,
  };
}

function reloadFailed(settings: Settings): Watch {
  const good = selectFor(settings)(exporterDefinitions.configSuccessful);
  const byExporter = by(settings, exporterLabels);
  return {
    name: 'MilinkConfigReloadFailed',
    severity: 'warning',
    keys: exporterLabels,
    wrong: `0 * (max ${byExporter} (${good}) == 0) + time()`,
    right: `0 * (max ${byExporter} (${good}) == 1) + time()`,
    wait: '5m',
    why: 'A file that is just being written is good again a moment later.',
    summary: 'The exporter refuses its configuration.',
    description:
      'Exporter {{ $labels.instance }} of job {{ $labels.job }} has refused its configuration file and goes on with the former one: what was changed is not in force, and it will not start again with this file. First run `--config.check` with it.',
    silences: '',
    dashboard,
  };
}

function historyNotWritten(settings: Settings): Watch {
  const written = selectFor(settings)(exporterDefinitions.historyWritten);
  const byExporter = by(settings, exporterLabels);
  return {
    name: 'MilinkHistoryNotWritten',
    severity: 'warning',
    keys: exporterLabels,
    wrong: `0 * (max ${byExporter} (${written}) == 0) + time()`,
    right: `0 * (max ${byExporter} (${written}) == 1) + time()`,
    wait: '10m',
    why: 'A disk that is full for a moment loses little, and the exporter tries again with each change.',
    summary: 'The exporter can not write its history.',
    description:
      'Exporter {{ $labels.instance }} of job {{ $labels.job }} can not write to its history.path: after a restart it would not know who was primary before. All else goes on. First see its log for why, then the space and the owner of the directory.',
    silences: '',
    dashboard,
  };
}

function shardingMismatch(settings: Settings): Watch {
  const spread = `stdvar ${by(settings, ['job'])} (${selectFor(settings)(exporterDefinitions.totalShards)})`;
  return {
    name: 'MilinkShardingMismatch',
    severity: 'warning',
    keys: ['job'],
    wrong: `0 * (${spread} > 0) + time()`,
    right: `0 * (${spread} == 0) + time()`,
    wait: '15m',
    why: 'Exporters that are restarted one after another disagree meanwhile.',
    summary: 'Exporters disagree on the number of shards.',
    description:
      'The exporters of job {{ $labels.job }} run with different --total-shards: some links are polled twice, others perhaps not at all. First see which of them has the old number.',
    silences: '',
    dashboard: { ...dashboard, labels: ['job'] },
  };
}

function shardsMissing(settings: Settings): Watch {
  const select = selectFor(settings);
  const byJob = by(settings, ['job']);
  const lacking = [
    `max ${byJob} (${select(exporterDefinitions.totalShards)})`,
    `- count ${byJob} (count ${by(settings, ['job', 'shard_ordinal'])} (${select(exporterDefinitions.shardOrdinal)}))`,
  ].join(' ');
  return {
    name: 'MilinkShardsMissing',
    severity: 'warning',
    keys: ['job'],
    wrong: `0 * (${lacking} > 0) + time()`,
    right: `0 * (${lacking} <= 0) + time()`,
    wait: '15m',
    why: 'Exporters that are started one after another are not all there yet; one that is down is paged by its own alert.',
    summary: 'Some shards have no exporter.',
    description:
      'Of the shards that the exporters of job {{ $labels.job }} divide the links into, some have no exporter: the links of these are not watched. First see which of `--shard` is not among the targets.',
    silences: '',
    dashboard: { ...dashboard, labels: ['job'] },
  };
}

/** The exporter itself, and how several of them share the work. */
export function exporterAlerts(settings: Settings): WatchGroup {
  return {
    name: 'milink-exporter',
    watches: [
      down(settings, 'critical'),
      down(settings, 'warning'),
      absent(settings),
      blind(settings),
      reloadFailed(settings),
      historyNotWritten(settings),
      shardingMismatch(settings),
      shardsMissing(settings),
    ],
  };
}
