import { identity, linkSeries, type RuleCase, seriesText } from './rule-case.ts';

const splitBrain = { alertname: 'MilinkLinkSplitBrain', severity: 'critical', ...identity };
const notHealthy = { alertname: 'MilinkLinkNotHealthy', severity: 'critical', ...identity };
const partial = { alertname: 'MilinkLinkPartiallyHealthy', severity: 'warning', ...identity };
const disconnected = { alertname: 'MilinkLinkDisconnected', severity: 'warning', ...identity };

const role = (server: string, role: string, instance = 'a:10522'): string =>
  linkSeries('milink_replica_role', { instance, server, role });
const health = (server: string, replica: string, instance = 'a:10522', health = 'NOT_HEALTHY'): string =>
  linkSeries('milink_replica_synchronization_health', { instance, server, replica, health });
const connected = (server = 'sql-prod'): string =>
  linkSeries('milink_replica_connected', { server, replica: 'partner' });
const verdict = (verdict: string, instance = 'a:10522'): string =>
  linkSeries('milink_link_verdict', { instance, verdict });
const reason = (reason: string, instance = 'a:10522'): string =>
  linkSeries('milink_link_finding', { instance, finding: reason });

const splitBrainCases: readonly RuleCase[] = [
  {
    name: 'split brain by the roles alone, each end scraped by an exporter of its own',
    alert: 'MilinkLinkSplitBrain',
    series: {
      [role('sql-prod', 'PRIMARY', 'a:10522')]: '1x40',
      [role('sql-prod', 'SECONDARY', 'a:10522')]: '0x40',
      [role('mi-prod', 'PRIMARY', 'b:10522')]: '0x4 1x36',
      [role('mi-prod', 'SECONDARY', 'b:10522')]: '1x4 0x36',
      [verdict('healthy')]: '1x40',
    },
    firing: { '1m': [], '2m': [], '2m15s': [splitBrain], '9m': [splitBrain] },
    text: {
      at: '3m',
      labels: splitBrain,
      description:
        'Both ends of link DAG_Sales with managed instance mi-prod have the role PRIMARY: mi-prod and sql-prod: each accepts writes that the other never sees. The old primary, as seen, is sql-prod. First stop the applications that write to the old primary; drop or demote nothing before what only it has is saved.',
    },
  },
  {
    name: 'split brain seen by two exporters of the same servers is one alert',
    alert: 'MilinkLinkSplitBrain',
    series: Object.fromEntries(
      ['a:10522', 'b:10522'].flatMap((instance) => [
        [role('sql-prod', 'PRIMARY', instance), '1x40'],
        [role('mi-prod', 'PRIMARY', instance), '1x40'],
        [role('sql-prod', 'SECONDARY', instance), '0x40'],
        [role('mi-prod', 'SECONDARY', instance), '0x40'],
        [verdict('split_brain', instance), '1x40'],
      ]),
    ),
    firing: { '45s': [], '1m': [splitBrain], '9m': [splitBrain] },
  },
  {
    name: 'split brain by the verdict when the roles are missing, and on for a while when an end goes down',
    alert: 'MilinkLinkSplitBrain',
    series: { [verdict('split_brain')]: '1x8 0x40' },
    firing: {
      '45s': [],
      '1m': [splitBrain],
      '6m': [splitBrain],
      '8m': [
        { alertname: 'MilinkLinkSplitBrain', link: 'DAG_Sales', managed_instance: 'mi-prod', severity: 'critical' },
      ],
    },
  },
  {
    name: 'no split brain: two exporters scrape a healthy link',
    alert: 'MilinkLinkSplitBrain',
    series: Object.fromEntries(
      ['a:10522', 'b:10522'].flatMap((instance) => [
        [role('sql-prod', 'PRIMARY', instance), '1x40'],
        [role('sql-prod', 'SECONDARY', instance), '0x40'],
        [role('mi-prod', 'PRIMARY', instance), '0x40'],
        [role('mi-prod', 'SECONDARY', instance), '1x40'],
        [verdict('healthy', instance), '1x40'],
      ]),
    ),
    firing: { '5m': [] },
  },
  {
    name: 'no split brain: two exporters see the one primary, and no one sees the other end',
    alert: 'MilinkLinkSplitBrain',
    series: {
      [role('sql-prod', 'PRIMARY', 'a:10522')]: '1x40',
      [role('sql-prod', 'PRIMARY', 'b:10522')]: '1x40',
      [verdict('healthy')]: '1x40',
    },
    firing: { '5m': [] },
  },
  {
    name: 'no split brain: two exporters call the same servers by different names',
    alert: 'MilinkLinkSplitBrain',
    series: {
      [role('sql-prod', 'PRIMARY', 'a:10522')]: '1x40',
      [role('mi-prod', 'SECONDARY', 'a:10522')]: '1x40',
      [role('sql01', 'PRIMARY', 'b:10522')]: '1x40',
      [role('mi01', 'SECONDARY', 'b:10522')]: '1x40',
      [verdict('healthy')]: '1x40',
    },
    firing: { '5m': [] },
  },
  {
    name: 'no split brain: links of one name to two managed instances',
    alert: 'MilinkLinkSplitBrain',
    series: Object.fromEntries(
      ['mi-a', 'mi-b'].flatMap((managed_instance) => [
        [
          seriesText('milink_replica_role', {
            server: `sql-${managed_instance}`,
            link: 'DAG',
            managed_instance,
            role: 'PRIMARY',
          }),
          '1x40',
        ],
        [seriesText('milink_link_verdict', { link: 'DAG', managed_instance, verdict: 'healthy' }), '1x40'],
      ]),
    ),
    firing: { '5m': [] },
  },
  {
    name: 'planned failover: secondary on both ends for a minute, then the polls disagree for one interval',
    alert: 'MilinkLinkSplitBrain',
    series: {
      [role('sql-prod', 'PRIMARY')]: '1x4 0x3 1x1 0x32',
      [role('sql-prod', 'SECONDARY')]: '0x4 1x3 0x1 1x32',
      [role('mi-prod', 'PRIMARY')]: '0x7 1x33',
      [role('mi-prod', 'SECONDARY')]: '1x7 0x33',
      [health('sql-prod', 'partner')]: '0x4 _x36',
      [health('mi-prod', 'partner')]: '_x8 1x2 0x30',
      [verdict('healthy')]: '1x4 0x4 1x32',
      [verdict('no_primary')]: '0x4 1x3 0x33',
      [verdict('split_brain')]: '0x7 1x1 0x32',
    },
    firing: { '1m': [], '1m30s': [], '2m': [], '2m30s': [], '3m': [], '5m': [] },
  },
];

const notHealthyCases: readonly RuleCase[] = [
  {
    name: 'not healthy, seen by two exporters, is one alert and outlives the end that reported it',
    alert: 'MilinkLinkNotHealthy',
    series: {
      [health('sql-prod', 'partner', 'a:10522')]: '0x3 1x12 stale',
      [health('sql-prod', 'partner', 'b:10522')]: '0x3 1x12 stale',
      [verdict('not_healthy')]: '0x3 1x60',
      [reason('database_not_healthy')]: '1x60',
      [reason('partner_not_healthy', 'a:10522')]: '1x60',
      [reason('partner_not_healthy', 'b:10522')]: '1x60',
    },
    firing: {
      '1m45s': [],
      '2m': [
        { alertname: 'MilinkDatabaseNotHealthy', link: 'DAG_Sales', managed_instance: 'mi-prod', severity: 'critical' },
        { alertname: 'MilinkLinkNotHealthy', link: 'DAG_Sales', managed_instance: 'mi-prod', severity: 'critical' },
      ],
      '3m45s': [
        { alertname: 'MilinkDatabaseNotHealthy', link: 'DAG_Sales', managed_instance: 'mi-prod', severity: 'critical' },
        { alertname: 'MilinkLinkNotHealthy', link: 'DAG_Sales', managed_instance: 'mi-prod', severity: 'critical' },
      ],
      '8m': [
        { alertname: 'MilinkDatabaseNotHealthy', link: 'DAG_Sales', managed_instance: 'mi-prod', severity: 'critical' },
        { alertname: 'MilinkLinkNotHealthy', link: 'DAG_Sales', managed_instance: 'mi-prod', severity: 'critical' },
      ],
      '10m': [
        { alertname: 'MilinkDatabaseNotHealthy', link: 'DAG_Sales', managed_instance: 'mi-prod', severity: 'critical' },
        { alertname: 'MilinkLinkNotHealthy', link: 'DAG_Sales', managed_instance: 'mi-prod', severity: 'critical' },
      ],
    },
    text: {
      at: '3m',
      labels: notHealthy,
      description:
        "The primary end of link DAG_Sales with managed instance mi-prod reports the other end as NOT_HEALTHY (database_not_healthy, partner_not_healthy): changes do not reach it. Until they do, the other end falls behind and the log of the primary can't be truncated. First see in the connection and in each database's state which of them stopped: the runbook has the query.",
    },
  },
  {
    name: 'a disconnected link is not healthy too',
    alert: 'MilinkLinkNotHealthy',
    series: { [health('sql-prod', 'partner')]: '1x20', [verdict('disconnected')]: '1x20', [connected()]: '0x20' },
    firing: { '45s': [], '1m': [notHealthy] },
  },
  {
    name: 'a link whose other end was dropped is not healthy: it was connected once, however long ago',
    alert: 'MilinkLinkNotHealthy',
    series: {
      [health('sql-prod', 'partner')]: '0x4 1x150',
      [connected()]: '1x4 0x150',
      [reason('other_end_has_no_row')]: '_x4 1x150',
      [verdict('disconnected')]: '0x4 1x150',
    },
    firing: {
      '1m45s': [],
      '2m15s': [notHealthy],
      '35m': [
        { alertname: 'MilinkLinkDisconnected', link: 'DAG_Sales', managed_instance: 'mi-prod', severity: 'critical' },
        { alertname: 'MilinkLinkNotHealthy', link: 'DAG_Sales', managed_instance: 'mi-prod', severity: 'critical' },
      ],
    },
  },
  {
    name: 'silent while a link is made: the managed instance has not joined yet, then the database is copied',
    alert: 'MilinkLinkNotHealthy',
    series: {
      [health('sql-prod', 'partner')]: '1x60',
      [connected()]: '0x24 1x36',
      [reason('other_end_has_no_row')]: '1x24 stale',
      [verdict('disconnected')]: '1x24 0x36',
      [verdict('seeding')]: '0x24 1x36',
    },
    firing: {
      '2m': [],
      '5m45s': [],
      '7m': [],
      '13m': [{ alertname: 'MilinkSeedingRunning', severity: 'info', ...identity }],
    },
  },
  {
    name: 'silent while a database is being seeded, and when that has failed',
    alert: 'MilinkLinkNotHealthy',
    series: {
      [health('sql-prod', 'partner')]: '1x40',
      [verdict('seeding')]: '1x20 0x20',
      [verdict('seeding_failed')]: '0x20 1x20',
    },
    firing: {
      '10m': [{ alertname: 'MilinkSeedingRunning', link: 'DAG_Sales', managed_instance: 'mi-prod', severity: 'info' }],
    },
  },
  {
    name: 'silent in a split brain: that alert says more',
    alert: 'MilinkLinkNotHealthy',
    series: { [health('sql-prod', 'partner')]: '1x40', [verdict('split_brain')]: '1x40' },
    firing: { '5m': [splitBrain] },
  },
  {
    name: 'silent for what the secondary end says of itself',
    alert: 'MilinkLinkNotHealthy',
    series: { [health('mi-prod', 'local')]: '1x40', [health('sql-prod', 'partner')]: '0x40' },
    firing: { '5m': [] },
  },
  {
    name: 'silent for a link that reconnects within the minute',
    alert: 'MilinkLinkNotHealthy',
    series: { [health('sql-prod', 'partner')]: '0x3 1x3 0x30' },
    firing: { '1m30s': [], '2m': [], '5m': [] },
  },
];

const otherCases: readonly RuleCase[] = [
  {
    name: 'partially healthy, one for two exporters',
    alert: 'MilinkLinkPartiallyHealthy',
    series: {
      [health('sql-prod', 'partner', 'a:10522', 'PARTIALLY_HEALTHY')]: '1x30 stale',
      [health('sql-prod', 'partner', 'b:10522', 'PARTIALLY_HEALTHY')]: '1x30 stale',
      [verdict('partially_healthy')]: '1x40',
      [reason('partner_partially_healthy')]: '1x40',
    },
    firing: {
      '4m45s': [],
      '5m': [partial],
      '12m': [partial],
      '13m': [
        {
          alertname: 'MilinkLinkPartiallyHealthy',
          link: 'DAG_Sales',
          managed_instance: 'mi-prod',
          severity: 'warning',
        },
      ],
    },
    text: {
      at: '6m',
      labels: partial,
      description:
        'The primary end of link DAG_Sales with managed instance mi-prod reports the other end as PARTIALLY_HEALTHY (partner_partially_healthy): it does not keep up as its commit mode asks. First see whether the mode was changed for a failover, then what the lag does.',
    },
  },
  {
    name: 'silent while a link turns synchronous for a planned failover',
    alert: 'MilinkLinkPartiallyHealthy',
    series: { [health('sql-prod', 'partner', 'a:10522', 'PARTIALLY_HEALTHY')]: '0x4 1x8 0x40' },
    firing: { '2m': [], '3m': [], '6m': [], '9m': [] },
  },
  {
    name: 'a link that stays half made',
    alert: 'MilinkLinkDisconnected',
    interval: '1m',
    series: {
      [connected()]: '0x15 stale',
      [health('sql-prod', 'partner')]: '1x40',
      [reason('other_end_has_no_row')]: '1x40',
      [reason('partner_disconnected')]: '1x40',
      [verdict('disconnected')]: '1x40',
    },
    firing: {
      '9m45s': [],
      '10m': [disconnected],
      '20m': [disconnected],
      '22m': [
        { alertname: 'MilinkLinkDisconnected', link: 'DAG_Sales', managed_instance: 'mi-prod', severity: 'warning' },
      ],
    },
    text: {
      at: '12m',
      labels: disconnected,
      description:
        'The primary end of link DAG_Sales with managed instance mi-prod has the link for ten minutes, and the other end has not joined it (other_end_has_no_row, partner_disconnected). First see which error the last attempt to connect left.',
    },
  },
  {
    name: 'a primary end that never got a row of its partner',
    alert: 'MilinkLinkDisconnected',
    interval: '1m',
    series: { [reason('no_partner_row')]: '1x40', [verdict('unknown')]: '1x40' },
    firing: { '9m45s': [], '10m': [disconnected], '30m': [disconnected] },
  },
  {
    name: 'silent while the managed instance joins',
    alert: 'MilinkLinkDisconnected',
    interval: '1m',
    series: { [connected()]: '0x6 1x40' },
    firing: { '6m': [], '12m': [], '20m': [] },
  },
];

export const linkCases: readonly RuleCase[] = [...splitBrainCases, ...notHealthyCases, ...otherCases];
