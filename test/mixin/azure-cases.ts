import { type RuleCase, seriesText } from './rule-case.ts';

const told = { alertname: 'MilinkAzureNotReadable', severity: 'warning', managed_instance: 'mi-prod' };
const up = (resource: string, instance = 'a:10522'): string =>
  seriesText('milink_azure_up', { instance, subscription: 'production', managed_instance: 'mi-prod', resource });
const failed = seriesText('milink_azure_read_failed', {
  instance: 'a:10522',
  subscription: 'production',
  managed_instance: 'mi-prod',
  resource: 'links',
  reason: 'forbidden',
});
const build = seriesText('milink_exporter_build_info', { instance: 'a:10522' });

export const azureCases: readonly RuleCase[] = [
  {
    name: 'one resource of an instance that can not be read is told after a while, and over when it can',
    alert: 'MilinkAzureNotReadable',
    series: {
      [build]: '1x300',
      [up('links')]: '1x3 0x160 1x120',
      [up('instance')]: '1x300',
      [failed]: '_x4 1x160 stale',
    },
    firing: { '15m': [], '25m': [told], '65m': [] },
    text: {
      at: '30m',
      labels: told,
      description:
        "What Azure says of managed instance mi-prod can't be read (forbidden): links. What the servers say is not touched by it. First look at the exporter's log, which has Azure's own words and the right that is missing. Seen without a break since 1970-01-01 00:01:00 UTC.",
    },
  },
  {
    name: 'silent for a pause of a quarter of an hour',
    alert: 'MilinkAzureNotReadable',
    series: { [build]: '1x300', [up('links')]: '1x3 0x60 1x200' },
    firing: { '10m': [], '20m': [], '40m': [] },
  },
];
