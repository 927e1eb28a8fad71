import { identity, linkSeries, type RuleCase } from './rule-case.ts';

const database = 'Sales';
const of = (alertname: string) => ({ alertname, severity: 'warning', ...identity, database });
const series = (family: string, labels: Readonly<Record<string, string>> = {}): string =>
  linkSeries(`milink_${family}`, { database, ...labels });
const suspended = (server: string, replica: string, reason: string, instance = 'a:10522'): string =>
  series('database_suspended', { instance, server, replica, reason });
const role = (server: string, role: string, instance = 'a:10522'): string =>
  linkSeries('milink_replica_role', { instance, server, role });
const verdict = (verdict: string, instance = 'a:10522'): string =>
  linkSeries('milink_link_verdict', { instance, verdict });
const wait = (server: string, instance = 'a:10522'): string =>
  series('database_log_reuse_wait', { instance, server, reason: 'AVAILABILITY_REPLICA' });

const truncationBlocked = { ...of('MilinkLogTruncationBlocked'), server: 'sql-prod' };

const movementCases: readonly RuleCase[] = [
  {
    name: 'a suspended database that both ends and two exporters report is one alert',
    alert: 'MilinkDatabaseSuspended',
    series: Object.fromEntries(
      ['a:10522', 'b:10522'].flatMap((instance) => [
        [suspended('sql-prod', 'partner', 'SUSPEND_FROM_USER', instance), '1x28 stale'],
        [suspended('mi-prod', 'local', 'SUSPEND_FROM_USER', instance), '1x28 stale'],
      ]),
    ),
    firing: {
      '4m45s': [],
      '5m': [
        {
          alertname: 'MilinkDatabaseSuspended',
          database: 'Sales',
          link: 'DAG_Sales',
          managed_instance: 'mi-prod',
          severity: 'critical',
        },
      ],
      '12m': [
        {
          alertname: 'MilinkDatabaseSuspended',
          database: 'Sales',
          link: 'DAG_Sales',
          managed_instance: 'mi-prod',
          severity: 'critical',
        },
      ],
      '13m': [
        {
          alertname: 'MilinkDatabaseSuspended',
          database: 'Sales',
          link: 'DAG_Sales',
          managed_instance: 'mi-prod',
          severity: 'critical',
        },
      ],
    },
    text: {
      at: '6m',
      labels: { ...of('MilinkDatabaseSuspended'), severity: 'critical' },
      description:
        'Data movement of database Sales of link DAG_Sales with managed instance mi-prod is suspended (SUSPEND_FROM_USER, says mi-prod). Its copy falls behind and the log of the primary grows. First find out who suspended it or which error did; then resume it at the end that says so. Seen without a break since 1970-01-01 00:00:00 UTC.',
    },
  },
  {
    name: 'silent for the seconds of a change of role',
    alert: 'MilinkDatabaseSuspended',
    series: {
      [suspended('sql-prod', 'partner', '')]: '0x4 _x4 0x40',
      [suspended('sql-prod', 'partner', 'SUSPEND_FROM_PARTNER')]: '_x4 1x4 stale',
    },
    firing: { '2m': [], '5m': [], '8m': [] },
  },
  {
    name: 'an expected database is not in the link',
    alert: 'MilinkDatabaseMissing',
    series: {
      [series('link_database_present')]: '0x60',
      [series('link_database_present', { instance: 'b:10522' })]: '0x60',
    },
    firing: { '4m45s': [], '5m': [of('MilinkDatabaseMissing')] },
    text: {
      at: '6m',
      labels: of('MilinkDatabaseMissing'),
      description:
        'Database Sales of link DAG_Sales with managed instance mi-prod is in the configuration of the exporter, and the primary end does not show it in the link: it is not protected. First see whether it exists at the primary and is in its availability group. Seen without a break since 1970-01-01 00:00:00 UTC.',
    },
  },
  {
    name: 'silent where one exporter shows it, and where it can not be told',
    alert: 'MilinkDatabaseMissing',
    series: {
      [series('link_database_present', { instance: 'a:10522' })]: '0x60',
      [series('link_database_present', { instance: 'b:10522' })]: '1x60',
    },
    firing: { '12m': [] },
  },
];

const delayCases: readonly RuleCase[] = [
  {
    name: 'the copy is far behind, as two exporters say',
    alert: 'MilinkDatabaseLagHigh',
    series: {
      [series('database_secondary_lag_seconds', { server: 'sql-prod', instance: 'a:10522' })]: '301x28 stale',
      [series('database_secondary_lag_seconds', { server: 'sql-prod', instance: 'b:10522' })]: '310x28 stale',
    },
    firing: {
      '4m45s': [],
      '5m': [of('MilinkDatabaseLagHigh')],
      '12m': [of('MilinkDatabaseLagHigh')],
      '13m': [
        {
          alertname: 'MilinkDatabaseLagHigh',
          database: 'Sales',
          link: 'DAG_Sales',
          managed_instance: 'mi-prod',
          severity: 'warning',
        },
      ],
    },
    text: {
      at: '6m',
      labels: of('MilinkDatabaseLagHigh'),
      description:
        'The copy of database Sales of link DAG_Sales with managed instance mi-prod is 5m 10s behind its primary. First see whether log waits to be sent or to be redone: the two queues say which end is slow. Seen without a break since 1970-01-01 00:00:00 UTC.',
    },
  },
  {
    name: 'silent at the limit, and for a load of four minutes',
    alert: 'MilinkDatabaseLagHigh',
    series: { [series('database_secondary_lag_seconds', { server: 'sql-prod' })]: '300x20 900x16 0x30' },
    firing: { '5m': [], '9m': [], '12m': [] },
  },
  {
    name: 'a forced failover would lose too much, suspended or not',
    alert: 'MilinkDataLossOverObjective',
    series: Object.fromEntries(
      ['a:10522', 'b:10522'].flatMap((instance) => [
        [series('database_estimated_data_loss_seconds', { instance, server: 'sql-prod' }), '1000x28 stale'],
        [verdict('suspended', instance), '1x60'],
      ]),
    ),
    firing: {
      '4m45s': [],
      '5m': [of('MilinkDataLossOverObjective')],
      '12m': [of('MilinkDataLossOverObjective')],
      '13m': [
        {
          alertname: 'MilinkDataLossOverObjective',
          database: 'Sales',
          link: 'DAG_Sales',
          managed_instance: 'mi-prod',
          severity: 'warning',
        },
      ],
    },
    text: {
      at: '6m',
      labels: of('MilinkDataLossOverObjective'),
      description:
        'A forced failover now would lose the last 16m 40s of commits of database Sales of link DAG_Sales with managed instance mi-prod. First see whether its copy moves at all. Seen without a break since 1970-01-01 00:00:00 UTC.',
    },
  },
  {
    name: 'silent for the first commit after a pause of an hour, and while the first copy is made',
    alert: 'MilinkDataLossOverObjective',
    series: {
      [series('database_estimated_data_loss_seconds', { server: 'sql-prod' })]: '0x4 3600x2 0x10 3600x60',
      [verdict('seeding')]: '0x16 1x60',
      [series('seeding_state', { server: 'sql-prod', direction: 'source', state: 'SEEDING' })]: '0x16 1x60',
    },
    firing: { '1m30s': [], '4m': [], '15m': [{ alertname: 'MilinkSeedingRunning', severity: 'info', ...identity }] },
  },
];

const logCases: readonly RuleCase[] = [
  {
    name: 'the log of the primary waits for the other end',
    alert: 'MilinkLogTruncationBlocked',
    interval: '1m',
    series: Object.fromEntries(
      ['a:10522', 'b:10522'].flatMap((instance) => [
        [wait('sql-prod', instance), '1x45 stale'],
        [role('sql-prod', 'PRIMARY', instance), '1x45 stale'],
      ]),
    ),
    firing: {
      '29m45s': [],
      '30m': [truncationBlocked],
      '50m': [truncationBlocked],
      '52m': [
        {
          alertname: 'MilinkLogTruncationBlocked',
          database: 'Sales',
          link: 'DAG_Sales',
          managed_instance: 'mi-prod',
          server: 'sql-prod',
          severity: 'warning',
        },
      ],
    },
    text: {
      at: '40m',
      labels: truncationBlocked,
      description:
        "The log of database Sales of link DAG_Sales with managed instance mi-prod on sql-prod can't be truncated, because it waits for a replica (log_reuse_wait_desc AVAILABILITY_REPLICA). It grows until that one has caught up or the disk is full. First see which replica holds it, the other end of the link or a node of the server's own group, and how much room the log has. Seen without a break since 1970-01-01 00:00:00 UTC.",
    },
  },
  {
    name: 'silent on a secondary, between two log backups, and while the first copy is made',
    alert: 'MilinkLogTruncationBlocked',
    interval: '1m',
    series: {
      [wait('mi-prod')]: '1x120',
      [wait('sql-prod')]: '1x20 stale _x1 1x100',
      [role('mi-prod', 'PRIMARY')]: '0x120',
      [role('sql-prod', 'PRIMARY')]: '1x120',
      [verdict('seeding')]: '0x25 1x100',
      [series('seeding_state', { server: 'sql-prod', direction: 'source', state: 'SEEDING' })]: '0x21 1x104',
    },
    firing: { '20m': [], '1h': [{ alertname: 'MilinkSeedingRunning', severity: 'info', ...identity }] },
  },
];

export const databaseCases: readonly RuleCase[] = [...movementCases, ...delayCases, ...logCases];
