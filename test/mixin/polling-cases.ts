import { type Labels, type RuleCase, seriesText } from './rule-case.ts';

const notPolled = { alertname: 'MilinkServerNotPolled', severity: 'warning', server: 'sql-prod' };
const target = (instance = 'a:10522'): string => `job="milink-exporter",instance="${instance}"`;
const up = (instance = 'a:10522'): string => `milink_up{${target(instance)},server="sql-prod"}`;

const of = (alertname: string, labels: Labels = {}) => ({
  alertname,
  severity: 'warning',
  server: 'sql-prod',
  ...labels,
});
const series = (name: string, labels: Labels = {}): string =>
  seriesText(name, { instance: 'a:10522', server: 'sql-prod', ...labels });

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
        "No exporter can poll server sql-prod (timeout). Until one can, nothing is known of its end of any link: the other alerts can't see it. First try to log in to it from another machine than the exporter's. Seen without a break since 1970-01-01 00:01:00 UTC.",
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
    firing: {
      '2m45s': [],
      '8m': [{ alertname: 'MilinkExporterBlind', instance: 'a:10522', job: 'milink-exporter', severity: 'warning' }],
    },
  },
];

/** promtool's clock starts at 0: `0+15x40` is a time that goes with it. */
const staleCases: readonly RuleCase[] = [
  {
    name: 'a poll that hangs, at every exporter',
    alert: 'MilinkDataStale',
    series: {
      [series('milink_poll_interval_seconds')]: '15x60',
      [series('milink_last_poll_timestamp_seconds', { instance: 'a:10522' })]: '0x60',
      [series('milink_last_poll_timestamp_seconds', { instance: 'b:10522' })]: '0x60',
    },
    firing: { '3m': [], '3m15s': [] },
    text: {
      at: '5m',
      labels: of('MilinkDataStale'),
      description:
        "Server sql-prod was not read for longer than it should be: what is shown of it is from then, and counts for nothing in the other alerts. First look at the exporter's log; one that hangs is restarted. Seen without a break since 1970-01-01 00:03:00 UTC.",
    },
  },
  {
    name: 'a view that is not read any more, though the server is polled',
    alert: 'MilinkDataStale',
    interval: '1m',
    series: {
      [series('milink_poll_interval_seconds')]: '15x200',
      [series('milink_last_poll_timestamp_seconds')]: '0+60x200',
      [series('milink_view_last_read_timestamp_seconds', { view: 'databases' })]: '0x200',
    },
    firing: { '2h': [], '2h2m': [of('MilinkDataStale', { view: 'databases' })] },
  },
  {
    name: 'silent for a failed server whose polls are backed off, for one of two exporters, and for a view that is read once an hour',
    alert: 'MilinkDataStale',
    interval: '1m',
    series: {
      [series('milink_poll_interval_seconds')]: '15x200',
      [series('milink_last_poll_timestamp_seconds', { instance: 'a:10522' })]: '0x200',
      [series('milink_last_poll_timestamp_seconds', { instance: 'b:10522' })]: '0+60x200',
      [series('milink_view_last_read_timestamp_seconds', { view: 'certificates' })]: '0x59 3600x59 7200x80',
    },
    firing: {
      '5m': [{ alertname: 'MilinkExporterStale', instance: 'a:10522', severity: 'warning' }],
      '59m': [{ alertname: 'MilinkExporterStale', instance: 'a:10522', severity: 'warning' }],
      '1h59m': [{ alertname: 'MilinkExporterStale', instance: 'a:10522', severity: 'warning' }],
      '3h': [{ alertname: 'MilinkExporterStale', instance: 'a:10522', severity: 'warning' }],
    },
  },
];

/** With `poll_interval: 5m` a server is read every five minutes, and all is well; forty without a poll are too many. */
const slowCases: readonly RuleCase[] = [
  {
    name: 'silent with a long poll interval while it is kept',
    alert: 'MilinkDataStale',
    interval: '1m',
    series: {
      [series('milink_poll_interval_seconds')]: '300x100',
      [series('milink_last_poll_timestamp_seconds')]: '0x4 300x4 600x4 900x4 1200x80',
    },
    firing: {
      '4m': [],
      '9m': [],
      '24m': [],
      '59m': [],
      '1h2m': [of('MilinkDataStale')],
      '1h20m': [of('MilinkDataStale')],
    },
  },
];

const viewCases: readonly RuleCase[] = [
  {
    name: 'a view that fails at every exporter',
    alert: 'MilinkViewFailing',
    series: {
      [series('milink_view_success', { view: 'databases', instance: 'a:10522' })]: '0x60',
      [series('milink_view_success', { view: 'databases', instance: 'b:10522' })]: '0x60',
      [series('milink_view_failed', { view: 'databases', reason: 'timeout' })]: '1x60',
    },
    firing: {
      '0s': [],
      '9m45s': [{ alertname: 'MilinkViewFailing', server: 'sql-prod', severity: 'warning', view: 'databases' }],
      '10m': [of('MilinkViewFailing', { view: 'databases' })],
    },
    text: {
      at: '12m',
      labels: of('MilinkViewFailing', { view: 'databases' }),
      description:
        "View databases of server sql-prod can't be read (timeout): what is made from it is absent, and so are the alerts about it. First look at the exporter's log, which has the server's own words. Seen without a break since 1970-01-01 00:00:00 UTC.",
    },
  },
  {
    name: 'silent where the other exporter reads it, for a view that came late once, and for a procedure that the server does not have',
    alert: 'MilinkViewFailing',
    series: {
      [series('milink_view_success', { view: 'databases', instance: 'a:10522' })]: '0x60',
      [series('milink_view_success', { view: 'databases', instance: 'b:10522' })]: '1x60',
      [series('milink_view_success', { view: 'database_replica_states' })]: '1x4 0x20 1x40',
      [series('milink_view_success', { view: 'endpoint_certificate' })]: '0x60',
      [series('milink_view_failed', { view: 'endpoint_certificate', reason: 'missing_object' })]: '1x60',
    },
    firing: { '0s': [], '5m': [], '12m': [] },
  },
  {
    name: 'a server that has more than is shown of it, told once for all exporters and kinds',
    alert: 'MilinkServerTooLarge',
    series: {
      [series('milink_server_left_out', { kind: 'groups', instance: 'a:10522' })]: '300x60',
      [series('milink_server_left_out', { kind: 'groups', instance: 'b:10522' })]: '300x60',
      [series('milink_server_left_out', { kind: 'databases', instance: 'a:10522' })]: '12x60',
    },
    firing: { '9m45s': [], '10m': [of('MilinkServerTooLarge')] },
    text: {
      at: '12m',
      labels: of('MilinkServerTooLarge'),
      description:
        "Server sql-prod has more groups or databases than the limits of the exporter's configuration allow: some are read and not shown, and have no alerts. The links and databases that the configuration expects are shown first. First raise the limits, or list what has to be watched. Seen without a break since 1970-01-01 00:00:00 UTC.",
    },
  },
  {
    name: 'a server that was too large for a moment only',
    alert: 'MilinkServerTooLarge',
    series: { [series('milink_server_left_out', { kind: 'databases' })]: '5x20 stale _x60' },
    firing: { '4m45s': [], '12m': [] },
  },
  {
    name: 'a view that the login may not read is a missing permission',
    alert: 'MilinkPermissionMissing',
    series: {
      [series('milink_view_success', { view: 'certificates' })]: '0x60',
      [series('milink_view_failed', { view: 'certificates', reason: 'permission' })]: '1x60',
    },
    firing: {
      '0s': [],
      '9m45s': [{ alertname: 'MilinkPermissionMissing', server: 'sql-prod', severity: 'warning' }],
      '10m': [of('MilinkPermissionMissing')],
    },
    text: {
      at: '12m',
      labels: of('MilinkPermissionMissing'),
      description:
        'The login on server sql-prod may not read everything that the exporter needs (refused: certificates): links and certificates may not be seen, and catalog views then answer with no rows instead of an error. First run `milink-exporter grants --for=sql-prod`: it writes what is lacking. Seen without a break since 1970-01-01 00:00:00 UTC.',
    },
  },
  {
    name: 'rights to states and to definitions that the login does not hold are one alert',
    alert: 'MilinkPermissionMissing',
    series: {
      [series('milink_permission', { permission: 'VIEW SERVER STATE' })]: '0x60',
      [series('milink_permission', { permission: 'VIEW SERVER PERFORMANCE STATE' })]: '0x60',
      [series('milink_permission', { permission: 'VIEW ANY DEFINITION' })]: '0x60',
    },
    firing: {
      '0s': [],
      '9m45s': [{ alertname: 'MilinkPermissionMissing', server: 'sql-prod', severity: 'warning' }],
      '10m': [of('MilinkPermissionMissing')],
    },
  },
  {
    name: 'silent where the newer right is held, where only the error log is closed, and for the procedure that may be refused',
    alert: 'MilinkPermissionMissing',
    series: {
      [series('milink_permission', { permission: 'VIEW SERVER STATE' })]: '0x60',
      [series('milink_permission', { permission: 'VIEW SERVER PERFORMANCE STATE' })]: '1x60',
      [series('milink_permission', { permission: 'VIEW ANY DEFINITION' })]: '1x60',
      [series('milink_permission', { permission: 'VIEW ANY ERROR LOG' })]: '0x60',
      [series('milink_view_success', { view: 'endpoint_certificate' })]: '0x60',
      [series('milink_view_failed', { view: 'endpoint_certificate', reason: 'permission' })]: '1x60',
    },
    firing: { '0s': [], '12m': [] },
  },
];

export const pollingCases: readonly RuleCase[] = [...serverCases, ...staleCases, ...slowCases, ...viewCases];
