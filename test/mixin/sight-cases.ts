import { identity, linkSeries, type RuleCase, seriesText } from './rule-case.ts';

const noPrimary = { alertname: 'MilinkLinkNoPrimary', severity: 'critical', ...identity };
const missing = { alertname: 'MilinkLinkMissing', severity: 'critical', ...identity };
const unreachable = { alertname: 'MilinkLinkPrimaryUnreachable', severity: 'critical', ...identity };
const unknown = { alertname: 'MilinkLinkUnknown', severity: 'critical', ...identity };
const notPolled = (server: string) => ({ alertname: 'MilinkServerNotPolled', severity: 'warning', server });

const role = (server: string, role: string, instance = 'a:10522'): string =>
  linkSeries('milink_replica_role', { instance, server, role });
const verdict = (verdict: string, instance = 'a:10522'): string =>
  linkSeries('milink_link_verdict', { instance, verdict });
const reason = (reason: string): string => linkSeries('milink_link_finding', { finding: reason });
const up = (server: string, instance = 'a:10522'): string => seriesText('milink_up', { instance, server });

const noPrimaryCases: readonly RuleCase[] = [
  {
    name: 'both ends stay secondary',
    alert: 'MilinkLinkNoPrimary',
    series: {
      [verdict('no_primary')]: '0x4 1x40',
      [role('sql-prod', 'PRIMARY')]: '1x4 0x40',
      [role('mi-prod', 'PRIMARY')]: '0x44',
    },
    firing: { '3m': [], '3m15s': [noPrimary], '9m': [noPrimary] },
    text: {
      at: '4m',
      labels: noPrimary,
      description:
        'No end of link DAG_Sales with managed instance mi-prod has the role PRIMARY: its databases take no writes anywhere. First find out whether a planned failover is under way and who runs it; if none is, the end that was primary last takes the role back. Seen without a break since 1970-01-01 00:02:00 UTC.',
    },
  },
  {
    name: 'planned failover: both ends are secondary for a minute and a half',
    alert: 'MilinkLinkNoPrimary',
    series: {
      [verdict('no_primary')]: '0x4 1x7 0x40',
      [verdict('healthy')]: '1x4 0x7 1x40',
      [role('sql-prod', 'PRIMARY')]: '1x4 0x50',
      [role('mi-prod', 'PRIMARY')]: '0x11 1x40',
    },
    firing: { '2m30s': [], '2m45s': [], '4m': [] },
  },
  {
    name: 'another exporter sees the primary',
    alert: 'MilinkLinkNoPrimary',
    series: { [verdict('no_primary')]: '1x40', [role('sql-prod', 'PRIMARY', 'b:10522')]: '1x40' },
    firing: { '5m': [] },
  },
];

const unreachableCases: readonly RuleCase[] = [
  {
    name: 'the primary end goes down: the alert names its server, one for two exporters',
    alert: 'MilinkLinkPrimaryUnreachable',
    series: Object.fromEntries(
      ['a:10522', 'b:10522'].flatMap((instance) => [
        [role('sql-prod', 'PRIMARY', instance), '1x4 stale'],
        [role('mi-prod', 'SECONDARY', instance), '1x60'],
        [up('sql-prod', instance), '1x4 0x60'],
        [up('mi-prod', instance), '1x60'],
        [verdict('healthy', instance), '1x4 0x60'],
        [verdict('primary_unreachable', instance), '0x4 1x60'],
      ]),
    ),
    firing: {
      '3m': [],
      '3m15s': [{ ...unreachable, server: 'sql-prod' }],
      '4m30s': [{ ...unreachable, server: 'sql-prod' }],
      '14m': [{ ...unreachable, server: 'sql-prod' }],
    },
    text: {
      at: '4m',
      labels: { ...unreachable, server: 'sql-prod' },
      description:
        "The end of link DAG_Sales with managed instance mi-prod that answers is SECONDARY, and the other one, sql-prod, can't be polled or does not show its part of it: the primary may be down, and whether the link works is not known. First find out whether the primary is alive, from another machine than the exporter's: don't fail over while it is. Seen without a break since 1970-01-01 00:02:00 UTC.",
    },
  },
  {
    name: 'the other end was never seen',
    alert: 'MilinkLinkPrimaryUnreachable',
    series: { [verdict('primary_unreachable')]: '1x40', [role('mi-prod', 'SECONDARY')]: '1x40' },
    firing: { '1m45s': [], '2m': [unreachable] },
  },
  {
    name: 'silent for a restart, and while another exporter reaches the primary',
    alert: 'MilinkLinkPrimaryUnreachable',
    series: {
      [verdict('primary_unreachable', 'a:10522')]: '0x4 1x7 0x4 1x40',
      [role('sql-prod', 'PRIMARY', 'b:10522')]: '1x4 _x7 1x60',
      [up('sql-prod', 'b:10522')]: '1x4 0x7 1x60',
    },
    firing: { '2m45s': [], '5m': [], '12m': [] },
  },
];

const unknownCases: readonly RuleCase[] = [
  {
    name: 'no end can be polled: the link is configured',
    alert: 'MilinkLinkUnknown',
    series: { [verdict('unknown')]: '0x4 1x40', [reason('no_end_observed')]: '1x40' },
    firing: { '3m': [], '3m15s': [unknown] },
    text: {
      at: '4m',
      labels: unknown,
      description:
        'No exporter can tell how link DAG_Sales with managed instance mi-prod is: no end of it can be polled, what its ends show is not enough, or the exporter that saw it is gone. A page about the link itself would not come now. First see which exporter should watch it and what its last poll of each end said. Seen without a break since 1970-01-01 00:02:00 UTC.',
    },
  },
  {
    name: 'no end can be polled: the link is not configured and vanishes with its servers, through a restart of the exporter',
    alert: 'MilinkLinkUnknown',
    series: {
      [role('sql-prod', 'PRIMARY')]: '1x4 stale',
      [role('mi-prod', 'SECONDARY')]: '1x4 stale',
      [verdict('healthy')]: '1x4 stale',
      [up('sql-prod')]: '1x4 0x60 stale _x9 0x60',
      [up('mi-prod')]: '1x4 0x60 stale _x9 0x60',
    },
    firing: {
      '3m': [],
      '3m15s': [unknown],
      '15m': [unknown, notPolled('sql-prod'), notPolled('mi-prod')],
      '17m': [
        { alertname: 'MilinkLinkUnknown', link: 'DAG_Sales', managed_instance: 'mi-prod', severity: 'critical' },
        { alertname: 'MilinkServerNotPolled', server: 'mi-prod', severity: 'warning' },
        { alertname: 'MilinkServerNotPolled', server: 'sql-prod', severity: 'warning' },
      ],
      '30m': [unknown, notPolled('sql-prod'), notPolled('mi-prod')],
    },
  },
  {
    name: 'the server answers again without the link: it was dropped meanwhile',
    alert: 'MilinkLinkUnknown',
    evaluated: '15s',
    series: {
      [role('sql-prod', 'PRIMARY')]: '1x4 stale',
      [verdict('healthy')]: '1x4 stale',
      [up('sql-prod')]: '1x4 0x12 1x60',
    },
    firing: {
      '3m30s': [unknown],
      '9m30s': [
        { alertname: 'MilinkLinkUnknown', link: 'DAG_Sales', managed_instance: 'mi-prod', severity: 'critical' },
        { alertname: 'MilinkLinkVanished', link: 'DAG_Sales', managed_instance: 'mi-prod', severity: 'warning' },
        { alertname: 'MilinkServerNotPolled', server: 'sql-prod', severity: 'warning' },
      ],
    },
  },
  {
    name: 'silent while another exporter knows, and for the first polls after a start',
    alert: 'MilinkLinkUnknown',
    series: {
      [verdict('unknown', 'a:10522')]: '1x60',
      [verdict('unknown', 'b:10522')]: '1x4 0x60',
      [verdict('healthy', 'b:10522')]: '0x4 1x60',
    },
    firing: { '2m': [], '5m': [], '12m': [] },
  },
];

const missingCases: readonly RuleCase[] = [
  {
    name: 'an expected link is nowhere',
    alert: 'MilinkLinkMissing',
    series: { [verdict('missing')]: '1x60', [linkSeries('milink_link_ends_observed', {})]: '0x60' },
    firing: { '4m45s': [], '5m': [missing], '12m': [missing] },
    text: {
      at: '6m',
      labels: missing,
      description:
        'Link DAG_Sales with managed instance mi-prod is in the configuration of the exporter, its servers answer, and none of them has it: it was dropped, or a cutover ended it. Each end may hold a writable copy. First find out at which end the applications write now; take the link out of the configuration if that was meant. Seen without a break since 1970-01-01 00:00:00 UTC.',
    },
  },
  {
    name: 'silent while another exporter sees the link, and while a server starts',
    alert: 'MilinkLinkMissing',
    series: {
      [verdict('missing', 'a:10522')]: '1x60',
      [linkSeries('milink_link_ends_observed', { instance: 'b:10522' })]: '_x16 2x60',
    },
    firing: { '4m45s': [], '5m': [], '12m': [] },
  },
];

export const sightCases: readonly RuleCase[] = [
  ...noPrimaryCases,
  ...unreachableCases,
  ...unknownCases,
  ...missingCases,
];
