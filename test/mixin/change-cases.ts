import { identity, type Labels, linkSeries, type RuleCase, seriesText } from './rule-case.ts';

const errors = (labels: Labels) => ({
  alertname: 'MilinkLinkErrors',
  severity: 'warning',
  server: 'sql-prod',
  ...labels,
});
const changed = { alertname: 'MilinkReplicaRoleChanged', severity: 'info', ...identity };

const connectError = (error: string, instance = 'a:10522'): string =>
  linkSeries('milink_replica_last_connect_error_timestamp_seconds', {
    instance,
    server: 'sql-prod',
    replica: 'partner',
    error,
  });
const connected = linkSeries('milink_replica_connected', { server: 'sql-prod', replica: 'partner' });
const logged = (error: string, instance = 'a:10522'): string =>
  seriesText('milink_errors_total', { instance, server: 'sql-prod', error });
const up = (instance = 'a:10522'): string => seriesText('milink_up', { instance, server: 'sql-prod' });
const info = (error: string, name: string, severity: string, instance = 'a:10522'): string =>
  seriesText('milink_error_info', { instance, error, name, severity });
const roleChanges = (server: string, role: string, instance = 'a:10522'): string =>
  linkSeries('milink_replica_role_changes_total', { instance, server, role });
const role = (server: string): string => linkSeries('milink_replica_role', { server, role: 'PRIMARY' });

const connectionCases: readonly RuleCase[] = [
  {
    name: 'the error of a connection that stays down, from two exporters',
    alert: 'MilinkLinkErrors',
    series: {
      [connectError('35206', 'a:10522')]: '_x4 60x40',
      // The clock of the server may be ahead of Prometheus'.
      [connectError('35206', 'b:10522')]: '_x4 600x40',
      [connected]: '1x4 0x30',
      [info('35206', 'connection_lost', 'warning', 'a:10522')]: '_x4 1x40',
      [info('35206', 'connection_lost', 'warning', 'b:10522')]: '_x4 1x40',
    },
    firing: {
      '6m': [
        { alertname: 'MilinkLinkDisconnected', link: 'DAG_Sales', managed_instance: 'mi-prod', severity: 'critical' },
      ],
      '6m15s': [
        { alertname: 'MilinkLinkDisconnected', link: 'DAG_Sales', managed_instance: 'mi-prod', severity: 'critical' },
        {
          alertname: 'MilinkLinkErrors',
          error: '35206',
          link: 'DAG_Sales',
          managed_instance: 'mi-prod',
          server: 'sql-prod',
          severity: 'warning',
        },
      ],
    },
    text: {
      at: '8m',
      labels: errors({ ...identity, error: '35206' }),
      description:
        'sql-prod reports error 35206 (connection_lost) for link DAG_Sales with managed instance mi-prod. First look the number up in docs/errors.md: it says what it means and what to do. Seen without a break since 1970-01-01 00:02:00 UTC.',
    },
  },
  {
    name: 'silent in a planned failover, which reconnects, and for an error of a time gone by',
    alert: 'MilinkLinkErrors',
    series: {
      [connectError('35206')]: '_x4 60x60',
      [connected]: '1x4 0x2 1x66',
      [info('35206', 'connection_lost', 'warning')]: '_x4 1x60',
    },
    firing: { '3m': [], '6m30s': [], '12m': [] },
  },
];

const logCases: readonly RuleCase[] = [
  {
    name: 'a number that is in the error log for the first time, and one that is there again, in two exporters',
    alert: 'MilinkLinkErrors',
    interval: '1m',
    series: Object.fromEntries(
      ['a:10522', 'b:10522'].flatMap((instance) => [
        [up(instance), '1x90'],
        [logged('9692', instance), '_x20 1x60'],
        [logged('28047', instance), '4x44 5x60'],
        [info('9692', 'endpoint_port_in_use', 'critical', instance), '1x90'],
        [info('28047', 'endpoint_login_failed', 'critical', instance), '1x90'],
      ]),
    ),
    firing: {
      // 28047 was counted before Prometheus began: that is no first entry.
      '10m': [],
      '24m45s': [],
      '25m': [{ alertname: 'MilinkLinkErrors', error: '9692', server: 'sql-prod', severity: 'warning' }],
      '35m': [{ alertname: 'MilinkLinkErrors', error: '9692', server: 'sql-prod', severity: 'warning' }],
      '49m45s': [],
      '50m': [{ alertname: 'MilinkLinkErrors', error: '28047', server: 'sql-prod', severity: 'warning' }],
      '1h5m': [],
    },
  },
  {
    name: 'silent for errors of a change of role, and for a number that is normal',
    alert: 'MilinkLinkErrors',
    interval: '1m',
    series: {
      [up()]: '1x90',
      [logged('35264')]: '_x20 1x60',
      [info('35264', 'data_movement_suspended', 'critical')]: '1x60',
      [logged('35202')]: '_x20 1x60',
      [info('35202', 'connected', 'info')]: '1x60',
      [roleChanges('sql-prod', 'SECONDARY')]: '0x20 1x60',
    },
    firing: {
      '28m': [changed],
      '34m': [
        { alertname: 'MilinkReplicaRoleChanged', link: 'DAG_Sales', managed_instance: 'mi-prod', severity: 'info' },
      ],
      '50m': [],
    },
  },
];

const roleCases: readonly RuleCase[] = [
  {
    name: 'a planned failover that two exporters see at both ends is one record',
    alert: 'MilinkReplicaRoleChanged',
    series: {
      ...Object.fromEntries(
        ['a:10522', 'b:10522'].flatMap((instance) => [
          [roleChanges('sql-prod', 'SECONDARY', instance), '0x8 1x60'],
          [roleChanges('mi-prod', 'PRIMARY', instance), '0x10 1x60'],
        ]),
      ),
      [role('sql-prod')]: '1x8 0x60',
      [role('mi-prod')]: '0x10 1x60',
      [linkSeries('milink_link_verdict', { verdict: 'healthy' })]: '1x70',
    },
    firing: {
      '2m30s': [],
      '2m45s': [changed],
      '11m': [changed],
      '13m30s': [
        { alertname: 'MilinkReplicaRoleChanged', link: 'DAG_Sales', managed_instance: 'mi-prod', severity: 'info' },
      ],
    },
    text: {
      at: '5m',
      labels: changed,
      description:
        'A server has changed its role in link DAG_Sales with managed instance mi-prod; mi-prod is PRIMARY now. Seen without a break since 1970-01-01 00:03:00 UTC.',
    },
  },
  {
    name: 'silent for a restart of the exporter',
    alert: 'MilinkReplicaRoleChanged',
    series: { [roleChanges('sql-prod', 'PRIMARY')]: '3x8 _x2 0x40' },
    firing: { '3m': [], '5m': [] },
  },
];

export const changeCases: readonly RuleCase[] = [...connectionCases, ...logCases, ...roleCases];
