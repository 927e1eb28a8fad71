import { role, splitBrain } from './link-rows.ts';
import { type RuleCase, seriesText } from './rule-case.ts';

/** What went wrong elsewhere when roles, versions or a whole site change: part E of the reports, continued. */

const a = 'a:10522';
const b = 'b:10522';
const job = 'milink-exporter';
const server = 'sql-prod';
const up = (instance = a): string => seriesText('milink_up', { job, instance, server });
const logged = (error: string, instance = a): string =>
  seriesText('milink_errors_total', { job, instance, server, error });
const info = (error: string, name: string, instance = a): string =>
  seriesText('milink_error_info', { job, instance, error, name, severity: 'critical' });
const errors = (error: string) => ({ alertname: 'MilinkLinkErrors', severity: 'warning', server, error });
const stale = { alertname: 'MilinkDataStale', severity: 'warning', server };
const otherLink = { link: 'DAG_HR', managed_instance: 'mi-hr' };

const errorCases: readonly RuleCase[] = [
  {
    name: 'E8: two versions of the exporter name an error differently',
    alert: 'MilinkLinkErrors',
    interval: '1m',
    series: {
      [up(a)]: '1x60',
      [up(b)]: '1x60',
      [logged('9692', a)]: '_x15 1x45',
      [logged('9692', b)]: '_x15 1x45',
      [info('9692', 'endpoint_port_in_use', a)]: '1x60',
      [info('9692', 'port_in_use', b)]: '1x60',
    },
    firing: { '12m': [], '25m': [errors('9692')] },
    text: {
      at: '24m',
      labels: errors('9692'),
      description:
        'sql-prod reports error 9692 (endpoint_port_in_use). First look the number up in docs/errors.md: it says what it means and what to do. Seen without a break since 1970-01-01 00:15:00 UTC.',
    },
  },
  {
    name: 'E14: another link of the server fails over each twenty minutes while 28047 rises',
    alert: 'MilinkLinkErrors',
    interval: '1m',
    series: {
      [up()]: '1x90',
      [logged('28047')]: '1x20 1+1x70',
      [info('28047', 'endpoint_login_failed')]: '1x90',
      [seriesText('milink_replica_role_changes_total', {
        job,
        instance: a,
        server,
        ...otherLink,
        role: 'PRIMARY',
      })]: '0x19 1x20 2x20 3x31',
    },
    firing: Object.fromEntries(
      ['30m', '50m', '75m'].map((at) => [
        at,
        [errors('28047'), { alertname: 'MilinkReplicaRoleChanged', severity: 'info', ...otherLink }],
      ]),
    ),
  },
];

/** For a scrape every two minutes. */
export const slowScrapeCases: readonly RuleCase[] = [
  {
    name: 'E16: scrapes two minutes apart in a planned failover, which show both ends primary once',
    alert: 'MilinkLinkSplitBrain',
    interval: '1m',
    series: {
      [role('sql-prod', 'PRIMARY', a)]: '1 _ 1 _ 1 _ 1 _ 1 _ 1 _ 0 _ 0 _ 0 _ 0 _ 0 _ 0',
      [role('mi-prod', 'PRIMARY', a)]: '0 _ 0 _ 0 _ 0 _ 0 _ 1 _ 1 _ 1 _ 1 _ 1 _ 1 _ 1',
      [seriesText('milink_last_poll_timestamp_seconds', { instance: a, server: 'sql-prod' })]: Array.from(
        { length: 12 },
        (_, index) => index * 120,
      ).join(' _ '),
      [seriesText('milink_last_poll_timestamp_seconds', { instance: a, server: 'mi-prod' })]: Array.from(
        { length: 12 },
        (_, index) => index * 120,
      ).join(' _ '),
    },
    firing: { '10m': [], '11m': [], '12m': [], '14m': [], '20m': [] },
  },
];

const roleCases: readonly RuleCase[] = [
  {
    name: 'E17: a site dies with its exporter and leaves its last word, and the other end is forced a minute later',
    alert: 'MilinkLinkSplitBrain',
    series: {
      [role('sql-prod', 'PRIMARY', a)]: '1x40 _x80',
      [seriesText('milink_last_poll_timestamp_seconds', { instance: a, server: 'sql-prod' })]: '0+15x40 _x80',
      [role('mi-prod', 'PRIMARY', b)]: '0x44 1x76',
      [role('mi-prod', 'SECONDARY', b)]: '1x44 0x76',
      [seriesText('milink_last_poll_timestamp_seconds', { instance: b, server: 'mi-prod' })]: '0+15x120',
    },
    firing: { '10m30s': [], '11m30s': [], '12m': [], '15m': [stale], '20m': [stale] },
  },
  {
    name: 'E17: the same, and the site answers on',
    alert: 'MilinkLinkSplitBrain',
    series: {
      [role('sql-prod', 'PRIMARY', a)]: '1x120',
      [seriesText('milink_last_poll_timestamp_seconds', { instance: a, server: 'sql-prod' })]: '0+15x120',
      [role('mi-prod', 'PRIMARY', b)]: '0x44 1x76',
      [seriesText('milink_last_poll_timestamp_seconds', { instance: b, server: 'mi-prod' })]: '0+15x120',
    },
    firing: { '10m': [], '13m': [splitBrain], '25m': [splitBrain] },
  },
];

export const reportChangeCases: readonly RuleCase[] = [...errorCases, ...roleCases];
