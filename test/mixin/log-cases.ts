import { linkSeries, type RuleCase, seriesText } from './rule-case.ts';

const identity = { link: 'DAG_Sales', managed_instance: 'mi-prod', database: 'Sales', server: 'sql-prod' };
const soon = { alertname: 'MilinkLogFullSoon', severity: 'critical', ...identity };
const filling = { alertname: 'MilinkLogFilling', severity: 'warning', ...identity };
const finding = (code: string, severity: string): string =>
  linkSeries('milink_link_finding', {
    instance: 'a:10522',
    finding: code,
    severity,
    server: 'sql-prod',
    database: 'Sales',
    certificate: '',
  });
const up = seriesText('milink_up', { instance: 'a:10522', server: 'sql-prod' });
const text = (hours: number, urgency: string): string =>
  `The log of database Sales of link DAG_Sales with managed instance mi-prod on sql-prod is kept for a copy that has not got it (log_reuse_wait_desc AVAILABILITY_REPLICA), and will be full within ${hours} hours at the rate at which it grows, before that if its disk is smaller than its limit. ${urgency} Seen without a break since 1970-01-01 00:00:00 UTC.`;

export const logCases: readonly RuleCase[] = [
  {
    name: 'a log that is kept for the other end and lasts for hours only',
    alert: 'MilinkLogFullSoon',
    series: { [finding('log_full_soon', 'critical')]: '1x100' },
    firing: { '1m45s': [], '3m': [soon], '20m': [soon] },
    text: {
      at: '5m',
      labels: soon,
      description: text(
        4,
        'Then the database takes no more writes (error 9002). First look at the free space of its disk, and make room.',
      ),
    },
  },
  {
    name: 'silent for a log of which it was said for a minute',
    alert: 'MilinkLogFullSoon',
    series: { [finding('log_full_soon', 'critical')]: '1x4 stale', [up]: '1x65' },
    firing: { '1m': [], '5m': [], '12m': [] },
  },
  {
    name: 'a log that will be full within a day',
    alert: 'MilinkLogFilling',
    series: { [finding('log_filling', 'warning')]: '1x100' },
    firing: { '1m45s': [], '3m': [filling], '20m': [filling] },
    text: { at: '5m', labels: filling, description: text(24, 'First repair what holds it, or make room.') },
  },
  {
    name: 'silent for a log of which nothing is found any more after a minute',
    alert: 'MilinkLogFilling',
    series: { [finding('log_filling', 'warning')]: '1x4 stale', [up]: '1x65' },
    firing: { '1m': [], '5m': [], '12m': [] },
  },
];
