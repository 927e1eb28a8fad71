import { identity, linkSeries, type RuleCase } from './rule-case.ts';

const mebibyte = 1024 * 1024;

/** The two queues behave alike: each case is tried on both. */
function casesOf(queue: {
  alert: string;
  family: string;
  rate: string;
  verb: string;
  first: string;
}): readonly RuleCase[] {
  const high = { alertname: `${queue.alert}High`, severity: 'warning', ...identity, database: 'Sales' };
  const growing = { ...high, alertname: `${queue.alert}Growing` };
  const series = (server = 'sql-prod', instance = 'a:10522'): string =>
    linkSeries(queue.family, { instance, server, database: 'Sales', replica: 'partner' });
  const rate = (instance = 'a:10522'): string =>
    linkSeries(queue.rate, { instance, server: 'sql-prod', database: 'Sales', replica: 'partner' });
  return [
    {
      name: `${queue.verb}: over the limit, one for two exporters`,
      alert: high.alertname,
      series: {
        ...Object.fromEntries(
          ['a:10522', 'b:10522'].flatMap((instance) => [
            [series('sql-prod', instance), `${2048 * mebibyte}x40 0x60`],
            [rate(instance), `${2 * mebibyte}x100`],
          ]),
        ),
      },
      firing: { '0s': [], '6m45s': [], '7m': [high], '17m': [high], '20m': [] },
      text: {
        at: '9m',
        labels: high,
        description: `2GiB of log of database Sales of link DAG_Sales with managed instance mi-prod wait to be ${queue.verb}: more than 600 seconds of work at the present rate, 2MiB per second. First see whether ${queue.first}. Seen without a break since 1970-01-01 00:00:00 UTC.`,
      },
    },
    {
      name: `${queue.verb}: silent for a load of some minutes`,
      alert: high.alertname,
      series: { [series()]: `0x8 ${2048 * mebibyte}x24 0x40`, [rate()]: `${2 * mebibyte}x80` },
      firing: { '0s': [], '8m': [], '12m': [], '18m': [] },
    },
    {
      name: `${queue.verb}: silent for a long queue that is little work at the present rate`,
      alert: high.alertname,
      series: { [series()]: `${1536 * mebibyte}x80`, [rate()]: `${300 * mebibyte}x80` },
      firing: { '0s': [], '12m': [], '19m': [] },
    },
    {
      name: `${queue.verb}: growing by 4 MiB a minute from 100 MiB on`,
      alert: growing.alertname,
      interval: '1m',
      series: Object.fromEntries(
        ['a:10522', 'b:10522']
          .map((instance) => [series('sql-prod', instance), `${100 * mebibyte}+${4 * mebibyte}x300`])
          .concat(['a:10522', 'b:10522'].map((instance) => [rate(instance), `${1.7 * mebibyte}x300`])),
      ),
      firing: { '5m': [], '16m': [growing], '1h': [growing], '3h30m': [growing], '4h40m': [high] },
      text: {
        at: '1h40m',
        labels: growing,
        description: `The log of database Sales of link DAG_Sales with managed instance mi-prod that waits to be ${queue.verb} has grown for half an hour and still does: in 4 hours it will be more than 600 seconds of work at the present rate. First see whether ${queue.first}. Seen without a break since 1970-01-01 00:01:00 UTC.`,
      },
    },
    {
      name: `${queue.verb}: silent for a queue that is emptied again and again, and for one that stays`,
      alert: growing.alertname,
      interval: '1m',
      series: {
        [series('sql-prod')]: `0+${20 * mebibyte}x20 0+${20 * mebibyte}x20 0+${20 * mebibyte}x20`,
        [linkSeries(queue.family, {
          server: 'sql-prod',
          database: 'Stock',
          replica: 'partner',
        })]: `${500 * mebibyte}x80`,
        [rate()]: `${2 * mebibyte}x80`,
      },
      firing: { '20m': [], '40m': [], '1h': [] },
    },
  ];
}

export const queueCases: readonly RuleCase[] = [
  ...casesOf({
    alert: 'MilinkLogSendQueue',
    family: 'milink_database_log_send_queue_bytes',
    rate: 'milink_database_log_send_rate_bytes_per_second',
    verb: 'sent',
    first: 'the connection carries what the primary writes',
  }),
  ...casesOf({
    alert: 'MilinkRedoQueue',
    family: 'milink_database_redo_queue_bytes',
    rate: 'milink_database_redo_rate_bytes_per_second',
    verb: 'redone',
    first: 'the end with the copy has the processor and the disks that redo needs',
  }),
];
