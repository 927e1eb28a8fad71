import type { RuleCase } from './rule-case.ts';

const notPolled = { alertname: 'MilinkServerNotPolled', severity: 'warning', server: 'sql-prod' };
const down = { alertname: 'MilinkExporterDown', severity: 'critical', job: 'milink-exporter' };
const target = (instance = 'a:10522'): string => `job="milink-exporter",instance="${instance}"`;
const scraped = (instance = 'a:10522'): string => `up{${target(instance)}}`;
const build = (instance = 'a:10522'): string => `milink_exporter_build_info{${target(instance)},version="0.1.0"}`;
const up = (instance = 'a:10522'): string => `milink_up{${target(instance)},server="sql-prod"}`;

const serverCases: readonly RuleCase[] = [
  {
    name: 'a server that no exporter can poll is one alert, with the reason of the moment',
    alert: 'MilinkServerNotPolled',
    series: {
      [up('a:10522')]: '1x3 0x40',
      [up('b:10522')]: '1x3 0x40',
      'milink_poll_failed{instance="a:10522",server="sql-prod",reason="refused"}': '_x4 1x4 stale',
      'milink_poll_failed{instance="a:10522",server="sql-prod",reason="timeout"}': '_x9 1x40',
    },
    firing: { '3m45s': [], '4m': [notPolled], '8m': [notPolled] },
    text: {
      at: '5m',
      labels: notPolled,
      description:
        "No exporter can poll server sql-prod (timeout). Until one can, nothing is known of its end of any link: the other alerts can't see it.",
    },
  },
  {
    name: 'silent for a restart of two minutes',
    alert: 'MilinkServerNotPolled',
    series: { [up()]: '1x3 0x8 1x40' },
    firing: { '2m45s': [], '3m30s': [], '8m': [] },
  },
  {
    name: 'silent while another exporter polls the server, and before the first poll',
    alert: 'MilinkServerNotPolled',
    series: { [up('a:10522')]: '0x60', [up('b:10522')]: '_x8 1x50' },
    firing: { '2m45s': [], '8m': [] },
  },
];

const exporterCases: readonly RuleCase[] = [
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
        'Exporter a:10522 of job milink-exporter gives no metrics: links that no other exporter watches are not watched.',
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
    alert: 'MilinkExporterDown',
    series: { 'up{job="node"}': '1x40' },
    firing: { '1m45s': [], '2m': [down] },
    text: {
      at: '3m',
      labels: down,
      description:
        'No exporter of job milink-exporter gives metrics: links that no other exporter watches are not watched.',
    },
  },
  {
    name: 'the target answers, but is not this exporter',
    alert: 'MilinkExporterDown',
    series: { [scraped()]: '1x40' },
    firing: { '1m45s': [], '2m': [down] },
  },
  {
    name: 'silent for a restart',
    alert: 'MilinkExporterDown',
    series: { [scraped()]: '1x3 0x3 1x40', [build()]: '1x3 _x3 1x40' },
    firing: { '1m30s': [], '3m': [], '8m': [] },
  },
];

export const pollingCases: readonly RuleCase[] = [...serverCases, ...exporterCases];
