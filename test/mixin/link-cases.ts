import type { RuleCase } from './rule-case.ts';

const link = 'link="DAG_Sales",managed_instance="mi-prod"';
const identity = { link: 'DAG_Sales', managed_instance: 'mi-prod' };
const splitBrain = { alertname: 'MilinkLinkSplitBrain', severity: 'critical', ...identity };
const notHealthy = { alertname: 'MilinkLinkNotHealthy', severity: 'critical', ...identity };

const role = (server: string, role: string, instance = 'a:10522'): string =>
  `milink_replica_role{instance="${instance}",server="${server}",${link},role="${role}"}`;
const health = (server: string, replica: string, instance = 'a:10522'): string =>
  `milink_replica_synchronization_health{instance="${instance}",server="${server}",${link},replica="${replica}",health="NOT_HEALTHY"}`;
const verdict = (verdict: string, instance = 'a:10522'): string =>
  `milink_link_verdict{instance="${instance}",${link},verdict="${verdict}"}`;

const splitBrainCases: readonly RuleCase[] = [
  {
    name: 'split brain by the roles alone, each end scraped by an exporter of its own',
    alert: 'MilinkLinkSplitBrain',
    series: {
      [role('sql-prod', 'PRIMARY', 'a:10522')]: '1x40',
      [role('sql-prod', 'SECONDARY', 'a:10522')]: '0x40',
      [role('mi-prod', 'PRIMARY', 'b:10522')]: '0x4 1x36',
      [role('mi-prod', 'SECONDARY', 'b:10522')]: '1x4 0x36',
    },
    firing: { '1m': [], '2m': [], '2m15s': [splitBrain], '9m': [splitBrain] },
    text: {
      at: '3m',
      labels: splitBrain,
      description:
        'Both ends of link DAG_Sales with managed instance mi-prod have the role PRIMARY: each accepts writes that the other never sees. Stop the writes on one end before anything else.',
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
    firing: { '45s': [], '1m': [splitBrain], '6m': [splitBrain], '8m': [] },
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
      ]),
    ),
    firing: { '5m': [] },
  },
  {
    name: 'no split brain: two exporters see the one primary, and no one sees the other end',
    alert: 'MilinkLinkSplitBrain',
    series: { [role('sql-prod', 'PRIMARY', 'a:10522')]: '1x40', [role('sql-prod', 'PRIMARY', 'b:10522')]: '1x40' },
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
    },
    firing: { '5m': [] },
  },
  {
    name: 'no split brain: links of one name to two managed instances',
    alert: 'MilinkLinkSplitBrain',
    series: {
      'milink_replica_role{server="sql-a",link="DAG",managed_instance="mi-a",role="PRIMARY"}': '1x40',
      'milink_replica_role{server="sql-b",link="DAG",managed_instance="mi-b",role="PRIMARY"}': '1x40',
    },
    firing: { '5m': [] },
  },
  {
    name: 'planned failover: secondary on both ends for a moment, then the polls disagree for one interval',
    alert: 'MilinkLinkSplitBrain',
    series: {
      [role('sql-prod', 'PRIMARY')]: '1x4 0x3 1x1 0x32',
      [role('sql-prod', 'SECONDARY')]: '0x4 1x3 0x1 1x32',
      [role('mi-prod', 'PRIMARY')]: '0x7 1x33',
      [role('mi-prod', 'SECONDARY')]: '1x7 0x33',
      [health('sql-prod', 'partner')]: '0x4 _x36',
      [health('mi-prod', 'partner')]: '_x8 1x2 0x30',
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
      [verdict('seeding')]: '0x60',
    },
    firing: { '1m45s': [], '2m': [notHealthy], '3m45s': [notHealthy], '8m': [notHealthy], '10m': [] },
    text: {
      at: '3m',
      labels: notHealthy,
      description:
        "The primary end of link DAG_Sales with managed instance mi-prod reports the other end as NOT_HEALTHY: changes do not reach it. Until they do, the other end falls behind and the log of the primary can't be truncated.",
    },
  },
  {
    name: 'a disconnected link is not healthy too',
    alert: 'MilinkLinkNotHealthy',
    series: {
      [health('sql-prod', 'partner')]: '1x20',
      [verdict('disconnected')]: '1x20',
      [verdict('seeding')]: '0x20',
    },
    firing: { '45s': [], '1m': [notHealthy] },
  },
  {
    name: 'silent while a database is being seeded',
    alert: 'MilinkLinkNotHealthy',
    series: { [health('sql-prod', 'partner')]: '1x40', [verdict('seeding')]: '1x40' },
    firing: { '5m': [], '10m': [] },
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

export const linkCases: readonly RuleCase[] = [...splitBrainCases, ...notHealthyCases];
