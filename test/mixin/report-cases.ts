import { identity, linkSeries, type RuleCase, seriesText } from './rule-case.ts';

/** What went wrong elsewhere, tried on these rules: part E of the reports that the project was given. */

const a = 'a:10522';
const b = 'b:10522';
const job = 'milink-exporter';
const health = (instance = a): string =>
  linkSeries('milink_replica_synchronization_health', {
    job,
    instance,
    server: 'sql-prod',
    replica: 'partner',
    health: 'NOT_HEALTHY',
  });
const connected = linkSeries('milink_replica_connected', { job, instance: a, server: 'sql-prod', replica: 'partner' });
const polled = (instance = a): string =>
  seriesText('milink_last_poll_timestamp_seconds', { job, instance, server: 'sql-prod' });
const up = (instance = a): string => seriesText('milink_up', { job, instance, server: 'sql-prod' });
const lag = linkSeries('milink_database_secondary_lag_seconds', {
  job,
  instance: a,
  server: 'sql-prod',
  database: 'Sales',
});
const notHealthy = { alertname: 'MilinkLinkNotHealthy', severity: 'critical', ...identity };
const times = (text: string, count: number): string => Array.from({ length: count }, () => text).join(' ');

export const reportCases: readonly RuleCase[] = [
  {
    name: 'E1: a partner that is not healthy for 45 of 75 seconds',
    alert: 'MilinkLinkNotHealthy',
    series: { [health()]: times('1 1 1 0 0', 48), [up()]: '1x240', [polled()]: '0+15x240' },
    firing: { '15m': [notHealthy], '30m': [notHealthy], '47m30s': [notHealthy], '59m': [notHealthy] },
  },
  {
    name: 'E1: a connection that is down for 60 of 75 seconds',
    alert: 'MilinkLinkDisconnected',
    series: { [connected]: times('1 0 0 0 0', 48), [up()]: '1x240', [polled()]: '0+15x240' },
    firing: {
      '1m': [],
      '15m': [{ alertname: 'MilinkLinkDisconnected', severity: 'critical', ...identity }],
      '50m': [{ alertname: 'MilinkLinkDisconnected', severity: 'critical', ...identity }],
    },
    text: {
      at: '20m',
      labels: { alertname: 'MilinkLinkDisconnected', severity: 'critical', ...identity },
      description:
        'The primary end of link DAG_Sales with managed instance mi-prod is not connected with the other end: no change reaches it. First see which error the last attempt to connect left, then test the network from both ends.',
    },
  },
  {
    name: 'E2: one scrape of five succeeds, and shows it each time',
    alert: 'MilinkLinkNotHealthy',
    series: {
      [health()]: times('1 stale _ _ _', 40),
      [up()]: times('1 stale _ _ _', 40),
      [polled()]: Array.from({ length: 40 }, (_, index) => `${index * 75} stale _ _ _`).join(' '),
    },
    firing: { '15m': [notHealthy], '40m': [notHealthy] },
  },
  {
    name: 'E3: the server answers one poll of twelve',
    alert: 'MilinkServerNotPolled',
    series: { [up()]: times('1 0 0 0 0 0 0 0 0 0 0 0', 20), [polled()]: '0+15x240' },
    firing: {
      '15m': [{ alertname: 'MilinkServerNotPolled', severity: 'warning', server: 'sql-prod' }],
      '45m': [{ alertname: 'MilinkServerNotPolled', severity: 'warning', server: 'sql-prod' }],
    },
  },
  {
    name: 'E4: a lag of an hour with a 0 each 4 minutes 45 seconds',
    alert: 'MilinkDatabaseLagHigh',
    series: { [lag]: times(`0 ${times('3600', 18)}`, 12), [up()]: '1x240', [polled()]: '0+15x240' },
    firing: {
      '15m': [{ alertname: 'MilinkDatabaseLagHigh', severity: 'warning', ...identity, database: 'Sales' }],
      '45m': [{ alertname: 'MilinkDatabaseLagHigh', severity: 'warning', ...identity, database: 'Sales' }],
    },
  },
  {
    name: 'E10: Prometheus is away for twelve minutes while it is told',
    alert: 'MilinkLinkNotHealthy',
    series: {
      [health()]: `1x40 stale _x48 1x80`,
      [up()]: `1x40 stale _x48 1x80`,
      [polled()]: `0+15x40 stale _x48 1350+15x80`,
    },
    firing: { '5m': [notHealthy], '15m': [notHealthy], '22m15s': [notHealthy], '25m': [notHealthy] },
  },
  {
    name: 'E15: of two exporters one hangs with an old picture',
    alert: 'MilinkExporterStale',
    series: {
      [health(a)]: '0x160',
      [up(a)]: '1x160',
      [polled(a)]: '0+15x160',
      [health(b)]: '1x160',
      [up(b)]: '1x160',
      [polled(b)]: '0+0x160',
    },
    firing: {
      '2m': [],
      '10m': [{ alertname: 'MilinkExporterStale', severity: 'warning', job, instance: b }],
      '40m': [{ alertname: 'MilinkExporterStale', severity: 'warning', job, instance: b }],
    },
    text: {
      at: '12m',
      labels: { alertname: 'MilinkExporterStale', severity: 'warning', job, instance: b },
      description:
        'Exporter b:10522 of job milink-exporter answers, and has not polled a server for longer than it should, which another exporter does: what it says counts for nothing, and nobody would take over from the other one. First look at its log; one that hangs is restarted. Seen without a break since 1970-01-01 00:03:00 UTC.',
    },
  },
  {
    name: 'E12: the clock of the exporter is 150 seconds behind',
    alert: 'MilinkExporterClockSkew',
    series: { [health()]: '0x160', [up()]: '1x160', [polled()]: '-150+15x160' },
    firing: { '4m': [], '15m': [{ alertname: 'MilinkExporterClockSkew', severity: 'warning', job, instance: a }] },
    text: {
      at: '15m',
      labels: { alertname: 'MilinkExporterClockSkew', severity: 'warning', job, instance: a },
      description:
        'The clock of exporter a:10522 of job milink-exporter and that of Prometheus are apart, by -2m 30s or a little more. What it says counts for nothing until they agree, so its links are not watched by it. First see which of the two machines has no time service. Seen without a break since 1970-01-01 00:05:00 UTC.',
    },
  },
  {
    name: 'E5: a link that is in no configuration is dropped at both ends',
    alert: 'MilinkLinkVanished',
    series: {
      [linkSeries('milink_link_verdict', { job, instance: a, verdict: 'healthy' })]: '1x40 stale',
      [linkSeries('milink_replica_role', { job, instance: a, server: 'sql-prod', role: 'PRIMARY' })]: '1x40 stale',
      [up()]: '1x160',
      [polled()]: '0+15x160',
    },
    firing: {
      '12m': [],
      '20m': [{ alertname: 'MilinkLinkVanished', severity: 'warning', ...identity }],
      '39m': [{ alertname: 'MilinkLinkVanished', severity: 'warning', ...identity }],
    },
    text: {
      at: '20m',
      labels: { alertname: 'MilinkLinkVanished', severity: 'warning', ...identity },
      description:
        'Link DAG_Sales with managed instance mi-prod was seen within the last hour, its servers answer, and neither shows it any more: it was dropped, or a cutover ended it. It is in no configuration, so nobody is woken. First find out whether that was meant, and at which end the applications write; list the links that have to be there under `links`. Seen without a break since 1970-01-01 00:11:00 UTC.',
    },
  },
  {
    name: 'E5: the exporter that alone sees a link leaves the discovery',
    alert: 'MilinkLinkUnknown',
    series: {
      [linkSeries('milink_link_verdict', { job, instance: b, verdict: 'healthy' })]: '1x40 stale',
      [linkSeries('milink_replica_role', { job, instance: b, server: 'sql-prod', role: 'PRIMARY' })]: '1x40 stale',
      [up(b)]: '1x40 stale',
      [polled(b)]: '0+15x40 stale',
    },
    firing: {
      '12m': [],
      '20m': [{ alertname: 'MilinkLinkUnknown', severity: 'critical', ...identity }],
      '39m': [{ alertname: 'MilinkLinkUnknown', severity: 'critical', ...identity }],
    },
  },
  {
    name: 'E15: of two exporters one reaches nothing',
    alert: 'MilinkExporterBlind',
    series: { [up(a)]: '1x80', [polled(a)]: '0+15x80', [up(b)]: '0x80', [polled(b)]: '0+15x80' },
    firing: { '4m': [], '10m': [{ alertname: 'MilinkExporterBlind', severity: 'warning', job, instance: b }] },
    text: {
      at: '10m',
      labels: { alertname: 'MilinkExporterBlind', severity: 'warning', job, instance: b },
      description:
        'Exporter b:10522 of job milink-exporter can poll none of its servers, which another exporter can: nobody would take over from that one. First look at its network and its secrets. Seen without a break since 1970-01-01 00:00:00 UTC.',
    },
  },
  {
    name: 'E15: of two exporters one is gone, and the other polls all of it',
    alert: 'MilinkExporterDown',
    series: {
      [`up{job="${job}",instance="${a}"}`]: '1x100',
      [`up{job="${job}",instance="${b}"}`]: '1x20 0x80',
      [up(a)]: '1x100',
      [polled(a)]: '0+15x100',
      [up(b)]: '1x20 stale',
      [polled(b)]: '0+15x20 stale',
    },
    firing: { '6m': [], '10m': [{ alertname: 'MilinkExporterDown', severity: 'warning', job, instance: b }] },
    text: {
      at: '10m',
      labels: { alertname: 'MilinkExporterDown', severity: 'warning', job, instance: b },
      description:
        'Target b:10522 of job milink-exporter gives no metrics (it polls sql-prod): another exporter polls all of it, and nobody would take over from that one. First see whether its process runs and its port answers. Seen without a break since 1970-01-01 00:06:00 UTC.',
    },
  },
  // In good order, with two exporters.
  ...['MilinkLinkVanished', 'MilinkExporterStale', 'MilinkExporterClockSkew', 'MilinkExporterBlind'].map((alert) => ({
    name: `${alert}: silent in good order`,
    alert,
    series: {
      [linkSeries('milink_link_verdict', { job, instance: a, verdict: 'healthy' })]: '1x80',
      [up(a)]: '1x80',
      [polled(a)]: '0+15x80',
      [up(b)]: '1x80',
      [polled(b)]: '0+15x80',
    },
    firing: { '10m': [], '19m': [] },
  })),
];
