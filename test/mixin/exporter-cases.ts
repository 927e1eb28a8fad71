import type { RuleCase } from './rule-case.ts';

const job = 'milink-exporter';
const down = { alertname: 'MilinkExporterDown', severity: 'critical', job };
const absent = { alertname: 'MilinkExporterAbsent', severity: 'critical', job };
const reload = { alertname: 'MilinkConfigReloadFailed', severity: 'warning', job, instance: 'a:10522' };
const notWritten = { alertname: 'MilinkHistoryNotWritten', severity: 'warning', job, instance: 'a:10522' };
const mismatch = { alertname: 'MilinkShardingMismatch', severity: 'warning', job };
const shards = { alertname: 'MilinkShardsMissing', severity: 'warning', job };
const target = (instance = 'a:10522'): string => `job="milink-exporter",instance="${instance}"`;
const scraped = (instance = 'a:10522'): string => `up{${target(instance)}}`;
const build = (instance = 'a:10522'): string => `milink_exporter_build_info{${target(instance)},version="0.1.0"}`;
const total = (instance: string): string => `milink_exporter_total_shards{${target(instance)}}`;
const ordinal = (instance: string, shard: string): string =>
  `milink_exporter_shard_ordinal{${target(instance)},shard_ordinal="${shard}"}`;
const history = `milink_exporter_history_written{${target()}}`;
const configuration = `milink_exporter_config_last_reload_successful{${target()}}`;

const targetCases: readonly RuleCase[] = [
  {
    name: 'one of two exporters does not answer',
    alert: 'MilinkExporterDown',
    series: {
      [scraped('a:10522')]: '1x3 0x40',
      [build('a:10522')]: '1x3 stale',
      [scraped('b:10522')]: '1x60',
      [build('b:10522')]: '1x60',
    },
    firing: { '2m45s': [], '3m': [{ ...down, instance: 'a:10522' }] },
    text: {
      at: '4m',
      labels: { ...down, instance: 'a:10522' },
      description:
        'Target a:10522 of job milink-exporter gives no metrics: nobody else polls what it does, so it is not watched. First see whether its process runs and its port answers. Seen without a break since 1970-01-01 00:01:00 UTC.',
    },
  },
  {
    name: 'the only exporter does not answer: one alert, not one more for its absence',
    alert: 'MilinkExporterDown',
    series: { [scraped()]: '1x3 0x40', [build()]: '1x3 stale' },
    firing: { '2m45s': [], '3m': [{ ...down, instance: 'a:10522' }], '9m': [{ ...down, instance: 'a:10522' }] },
  },
  {
    name: 'no target at all',
    alert: 'MilinkExporterAbsent',
    series: { 'up{job="node"}': '1x40' },
    firing: { '1m45s': [], '2m': [absent] },
    text: {
      at: '3m',
      labels: absent,
      description:
        'No target gives the metrics of an exporter, neither of job milink-exporter nor of another: no link is watched. First see whether Prometheus has a target for it. Seen without a break since 1970-01-01 00:00:00 UTC.',
    },
  },
  {
    name: 'the target answers, but is not this exporter',
    alert: 'MilinkExporterAbsent',
    series: { [scraped()]: '1x40' },
    firing: { '1m45s': [], '2m': [absent] },
  },
  {
    name: 'silent where one of two targets is this exporter',
    alert: 'MilinkExporterAbsent',
    series: { [scraped('a:10522')]: '1x40', [scraped('b:10522')]: '1x40', [build('b:10522')]: '1x40' },
    firing: { '5m': [] },
  },
  {
    name: 'silent for a restart',
    alert: 'MilinkExporterDown',
    series: { [scraped()]: '1x3 0x3 1x40', [build()]: '1x3 _x3 1x40' },
    firing: { '1m30s': [], '3m': [], '8m': [] },
  },
];

const configurationCases: readonly RuleCase[] = [
  {
    name: 'a configuration that is refused',
    alert: 'MilinkConfigReloadFailed',
    series: { [configuration]: '1x4 0x40' },
    firing: { '6m': [], '6m15s': [reload] },
    text: {
      at: '8m',
      labels: reload,
      description:
        'Exporter a:10522 of job milink-exporter has refused its configuration file and goes on with the former one: what was changed is not in force, and it will not start again with this file. First run `--config.check` with it. Seen without a break since 1970-01-01 00:02:00 UTC.',
    },
  },
  {
    name: 'silent for a file that is good again soon',
    alert: 'MilinkConfigReloadFailed',
    series: { [configuration]: '1x4 0x8 1x40' },
    firing: { '3m': [], '7m': [] },
  },
];

const historyCases: readonly RuleCase[] = [
  {
    name: 'a history that can not be written',
    alert: 'MilinkHistoryNotWritten',
    series: { [history]: '1x4 0x60' },
    firing: { '11m': [], '11m30s': [notWritten] },
    text: {
      at: '13m',
      labels: notWritten,
      description:
        'Exporter a:10522 of job milink-exporter can not write to its history.path: after a restart it would not know who was primary before. All else goes on. First see its log for why, then the space and the owner of the directory. Seen without a break since 1970-01-01 00:02:00 UTC.',
    },
  },
  {
    name: 'silent for a disk that is full for a moment',
    alert: 'MilinkHistoryNotWritten',
    series: { [history]: '1x4 0x20 1x60' },
    firing: { '5m': [], '12m': [] },
  },
];

const shardCases: readonly RuleCase[] = [
  {
    name: 'two exporters with different numbers of shards',
    alert: 'MilinkShardingMismatch',
    interval: '1m',
    series: {
      [total('a:10522')]: '2x40',
      [total('b:10522')]: '3x40',
      [ordinal('a:10522', '0')]: '0x40',
      [ordinal('b:10522', '1')]: '1x40',
      [ordinal('c:10522', '2')]: '2x40',
    },
    firing: { '14m45s': [], '15m': [mismatch] },
    text: {
      at: '20m',
      labels: mismatch,
      description:
        'The exporters of job milink-exporter run with different --total-shards: some links are polled twice, others perhaps not at all. First see which of them has the old number. Seen without a break since 1970-01-01 00:00:00 UTC.',
    },
  },
  {
    name: 'silent while they are restarted one after another, and for two replicas of each shard',
    alert: 'MilinkShardingMismatch',
    interval: '1m',
    series: {
      [total('a:10522')]: '2x40',
      [total('b:10522')]: '1x10 2x30',
      [ordinal('a:10522', '0')]: '0x40',
      [ordinal('b:10522', '0')]: '0x40',
      [ordinal('c:10522', '1')]: '1x40',
      [ordinal('d:10522', '1')]: '1x40',
    },
    firing: { '10m': [], '20m': [], '40m': [] },
  },
  {
    name: 'one of three shards has no exporter, another has two',
    alert: 'MilinkShardsMissing',
    interval: '1m',
    series: {
      [total('a:10522')]: '3x40',
      [total('b:10522')]: '3x40',
      [total('c:10522')]: '3x40',
      [ordinal('a:10522', '0')]: '0x40',
      [ordinal('b:10522', '2')]: '2x40',
      [ordinal('c:10522', '2')]: '2x40',
    },
    firing: { '14m45s': [], '15m': [shards] },
    text: {
      at: '20m',
      labels: shards,
      description:
        'Of the shards that the exporters of job milink-exporter divide the links into, some have no exporter: the links of these are not watched. First see which of `--shard` is not among the targets. Seen without a break since 1970-01-01 00:00:00 UTC.',
    },
  },
  {
    name: 'silent without shards, and while they are started one after another',
    alert: 'MilinkShardsMissing',
    interval: '1m',
    series: {
      [total('a:10522')]: '1x20 2x40',
      [ordinal('a:10522', '0')]: '0x60',
      [ordinal('b:10522', '1')]: '_x30 1x30',
    },
    firing: { '19m': [], '29m': [], '50m': [] },
  },
];

export const exporterCases: readonly RuleCase[] = [
  ...targetCases,
  ...configurationCases,
  ...historyCases,
  ...shardCases,
];
