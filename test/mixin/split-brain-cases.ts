import { health, role, splitBrain, verdict } from './link-rows.ts';
import { type RuleCase, seriesText } from './rule-case.ts';

export const splitBrainCases: readonly RuleCase[] = [
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
        'Both ends of link DAG_Sales with managed instance mi-prod have the role PRIMARY: mi-prod and sql-prod: each accepts writes that the other never sees. The old primary, as seen, is sql-prod. First stop the applications that write to the old primary; drop or demote nothing before what only it has is saved. Seen without a break since 1970-01-01 00:02:00 UTC.',
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
