import { identity, linkSeries, type RuleCase } from './rule-case.ts';

const of = (alertname: string, severity: string) => ({ alertname, severity, ...identity });
const failed = { ...of('MilinkSeedingFailed', 'critical'), database: 'Sales' };
const stalled = { ...of('MilinkSeedingStalled', 'warning'), database: 'Sales' };
const running = of('MilinkSeedingRunning', 'info');

const failure = (server: string, direction: string, error: string): string =>
  linkSeries('milink_seeding_failed', { server, database: 'Sales', direction, error });
const stall = (server: string, direction: string): string =>
  linkSeries('milink_seeding_stalled', { server, database: 'Sales', direction });
const verdict = (instance = 'a:10522'): string => linkSeries('milink_link_verdict', { instance, verdict: 'seeding' });

export const seedingCases: readonly RuleCase[] = [
  {
    name: 'a failure that both ends report is one alert, and stays between two attempts',
    alert: 'MilinkSeedingFailed',
    series: {
      [failure('sql-prod', 'source', '1412')]: '_x4 1x40 stale',
      [failure('mi-prod', 'destination', '')]: '_x4 1x10 _x4 1x26 stale',
    },
    firing: {
      '1m45s': [],
      '2m': [failed],
      '9m': [failed],
      '16m': [failed],
      '17m': [
        {
          alertname: 'MilinkSeedingFailed',
          database: 'Sales',
          link: 'DAG_Sales',
          managed_instance: 'mi-prod',
          severity: 'critical',
        },
      ],
    },
    text: {
      at: '3m',
      labels: failed,
      description:
        'The newest attempt to seed database Sales of link DAG_Sales with managed instance mi-prod failed (error 1412): the link does not protect it. Seeding starts from the beginning. First look the error up in docs/errors.md, and never drop what is at the primary. Seen without a break since 1970-01-01 00:01:00 UTC.',
    },
  },
  {
    name: 'silent when the next attempt runs within the minute',
    alert: 'MilinkSeedingFailed',
    series: { [failure('sql-prod', 'source', '1412')]: '_x4 1x3 stale', [verdict()]: '1x3 0x2 1x40' },
    firing: { '1m30s': [], '3m': [running] },
  },
  {
    name: 'a transfer that does not move, as both ends report',
    alert: 'MilinkSeedingStalled',
    series: { [stall('sql-prod', 'source')]: '1x60', [stall('mi-prod', 'destination')]: '1x60' },
    firing: { '4m45s': [], '5m': [stalled] },
    text: {
      at: '6m',
      labels: stalled,
      description:
        'No byte of the seeding of database Sales of link DAG_Sales with managed instance mi-prod has moved for ten minutes. The link is given up after six days, and seeding that is interrupted starts from the beginning. First see which end waits, its disks or the network. Seen without a break since 1970-01-01 00:00:00 UTC.',
    },
  },
  {
    name: 'silent when it moves again',
    alert: 'MilinkSeedingStalled',
    series: { [stall('sql-prod', 'source')]: '0x4 1x16 0x40' },
    firing: { '5m': [], '9m': [] },
  },
  {
    name: 'a link that is being seeded is on record, once for two exporters',
    alert: 'MilinkSeedingRunning',
    series: { [verdict('a:10522')]: '1x40', [verdict('b:10522')]: '1x40' },
    firing: { '45s': [], '1m': [running] },
    text: {
      at: '2m',
      labels: running,
      description:
        'The databases of link DAG_Sales with managed instance mi-prod are being copied for the first time. Until that is done they are not protected, an interruption starts it over, and the log of the primary grows. Seen without a break since 1970-01-01 00:00:00 UTC.',
    },
  },
  {
    name: 'silent for a copy of seconds',
    alert: 'MilinkSeedingRunning',
    series: { [verdict()]: '0x4 1x3 0x40' },
    firing: { '1m45s': [], '3m': [] },
  },
];
