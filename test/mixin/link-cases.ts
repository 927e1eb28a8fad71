import {
  connected,
  disconnected,
  health,
  notHealthy,
  partial,
  reason,
  role,
  splitBrain,
  verdict,
} from './link-rows.ts';
import { identity, type RuleCase, seriesText } from './rule-case.ts';
import { splitBrainCases } from './split-brain-cases.ts';

const lost = { alertname: 'MilinkLinkDisconnected', severity: 'critical', ...identity };
const unknown = { alertname: 'MilinkLinkUnknown', severity: 'critical', ...identity };
const databaseNotHealthy = { alertname: 'MilinkDatabaseNotHealthy', severity: 'critical', ...identity };

const notHealthyCases: readonly RuleCase[] = [
  {
    name: 'not healthy, seen by two exporters, is one alert and outlives the end that reported it',
    alert: 'MilinkLinkNotHealthy',
    series: {
      [health('sql-prod', 'partner', 'a:10522')]: '0x3 1x12 stale',
      [health('sql-prod', 'partner', 'b:10522')]: '0x3 1x12 stale',
      [verdict('not_healthy')]: '0x3 1x60',
      [reason('partner_not_healthy', 'a:10522')]: '1x60',
      [reason('partner_not_healthy', 'b:10522')]: '1x60',
    },
    firing: {
      '1m45s': [],
      '2m': [notHealthy],
      '3m45s': [notHealthy],
      '8m': [notHealthy],
      '10m': [notHealthy],
    },
    text: {
      at: '3m',
      labels: notHealthy,
      description:
        "The primary end of link DAG_Sales with managed instance mi-prod reports the other end as NOT_HEALTHY (partner_not_healthy): changes do not reach it. Until they do, the other end falls behind and the log of the primary can't be truncated. First see in the connection and in each database's state which of them stopped: the runbook has the query. Seen without a break since 1970-01-01 00:01:00 UTC.",
    },
  },
  {
    name: 'two short stretches are not one: each begins anew',
    alert: 'MilinkLinkNotHealthy',
    series: { [health('sql-prod', 'partner')]: '0x11 1x2 0x20 1x2 0x60' },
    firing: { '3m30s': [], '9m': [], '9m15s': [], '9m30s': [], '12m': [] },
  },
  {
    name: 'silent where a database says why, and when that one recovers a poll earlier',
    alert: 'MilinkLinkNotHealthy',
    series: {
      [health('sql-prod', 'partner')]: '0x3 1x22 0x60',
      [verdict('not_healthy')]: '0x3 1x22 0x60',
      [verdict('healthy')]: '1x3 0x22 1x60',
      [reason('database_not_healthy')]: '_x5 1x18 stale',
    },
    firing: {
      '2m': [],
      '2m15s': [databaseNotHealthy],
      '6m45s': [databaseNotHealthy],
      '14m': [databaseNotHealthy],
      '14m15s': [],
      '14m30s': [],
      '14m45s': [],
      '15m15s': [],
      '16m': [],
    },
  },
  {
    name: 'a link that goes on not being healthy when its database is well again is told when that one is over',
    alert: 'MilinkLinkNotHealthy',
    series: {
      [health('sql-prod', 'partner')]: '0x3 1x90',
      [verdict('not_healthy')]: '0x3 1x90',
      [reason('database_not_healthy')]: '_x4 1x20 stale',
    },
    firing: { '5m': [databaseNotHealthy], '14m15s': [databaseNotHealthy], '15m30s': [], '15m45s': [notHealthy] },
  },
  {
    name: 'a link that was never seen connected is not healthy',
    alert: 'MilinkLinkNotHealthy',
    series: { [health('sql-prod', 'partner')]: '1x20', [verdict('disconnected')]: '1x20', [connected()]: '0x20' },
    firing: { '45s': [], '1m': [notHealthy] },
  },
  {
    name: 'a link whose other end was dropped is disconnected: it was connected once, however long ago',
    alert: 'MilinkLinkNotHealthy',
    series: {
      [health('sql-prod', 'partner')]: '0x4 1x150',
      [connected()]: '1x4 0x150',
      [reason('other_end_has_no_row')]: '_x4 1x150',
      [verdict('disconnected')]: '0x4 1x150',
    },
    firing: {
      '1m45s': [],
      '2m15s': [
        { alertname: 'MilinkLinkDisconnected', link: 'DAG_Sales', managed_instance: 'mi-prod', severity: 'critical' },
      ],
      '35m': [
        { alertname: 'MilinkLinkDisconnected', link: 'DAG_Sales', managed_instance: 'mi-prod', severity: 'critical' },
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
        'The primary end of link DAG_Sales with managed instance mi-prod reports the other end as PARTIALLY_HEALTHY (partner_partially_healthy): it does not keep up as its commit mode asks. First see whether the mode was changed for a failover, then what the lag does. Seen without a break since 1970-01-01 00:00:00 UTC.',
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
    firing: { '10m45s': [], '11m': [lost], '20m': [lost], '22m': [lost] },
    text: {
      at: '12m',
      labels: lost,
      description:
        'The primary end of link DAG_Sales with managed instance mi-prod is not connected with the other end (other_end_has_no_row, partner_disconnected): no change reaches it. First see which error the last attempt to connect left, then test the network from both ends. Seen without a break since 1970-01-01 00:10:00 UTC.',
    },
  },
  {
    name: 'a link that is dropped at both ends and made anew has its ten minutes again before it is critical',
    alert: 'MilinkLinkDisconnected',
    interval: '1m',
    series: {
      [role('sql-prod', 'PRIMARY')]: '1x5 stale _x3 1x40',
      [seriesText('milink_up', { instance: 'a:10522', server: 'sql-prod' })]: '1x60',
      [reason('other_end_has_no_row')]: '1x5 stale _x3 1x40',
      [reason('partner_disconnected')]: '1x5 stale _x3 1x40',
      [verdict('disconnected')]: '1x5 stale _x3 1x40',
    },
    firing: {
      '9m45s': [],
      '11m': [disconnected],
      '20m': [disconnected],
      '22m': [disconnected, lost],
      '40m': [disconnected, lost],
    },
  },
  {
    name: 'a link that the exporter finds disconnected and nobody remembers connected: no longer than a day of outage is remembered',
    alert: 'MilinkLinkDisconnected',
    interval: '1m',
    series: { [connected()]: '0x40', [reason('partner_disconnected')]: '1x40', [verdict('disconnected')]: '1x40' },
    firing: { '0m': [], '2m': [lost], '30m': [lost] },
  },
  {
    name: 'an end that is said to be connected and that answers without the link, whether it was joined before or not',
    alert: 'MilinkLinkDisconnected',
    interval: '1m',
    series: {
      [connected()]: '1x60',
      [reason('other_end_has_no_row')]: '_x4 1x15 stale',
      [verdict('partially_healthy')]: '0x4 1x15 0x40',
    },
    firing: { '13m45s': [], '15m': [disconnected], '20m': [disconnected], '35m': [] },
    text: {
      at: '16m',
      labels: disconnected,
      description:
        'The primary end of link DAG_Sales with managed instance mi-prod has the link for ten minutes, and the other end has not joined it or does not show it (other_end_has_no_row). First see at the other end whether it has the link; if the link is new, which error the last attempt to connect left. Seen without a break since 1970-01-01 00:04:00 UTC.',
    },
  },
  {
    name: 'a link whose first copy is there and whose other end does not join',
    alert: 'MilinkLinkDisconnected',
    interval: '1m',
    series: { [connected()]: '0x60', [reason('partner_not_joined')]: '1x60', [verdict('seeding')]: '1x60' },
    firing: {
      '9m45s': [{ alertname: 'MilinkSeedingRunning', severity: 'info', ...identity }],
      '10m': [disconnected, { alertname: 'MilinkSeedingRunning', severity: 'info', ...identity }],
      '50m': [disconnected, { alertname: 'MilinkSeedingRunning', severity: 'info', ...identity }],
    },
  },
  {
    name: 'a primary end that never got a row of its partner',
    alert: 'MilinkLinkDisconnected',
    interval: '1m',
    series: { [reason('no_partner_row')]: '1x40', [verdict('unknown')]: '1x40' },
    firing: { '10m45s': [], '11m': [lost], '30m': [lost, unknown] },
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
