import { identity, linkSeries, type RuleCase } from './rule-case.ts';

const mebibyte = 1024 * 1024;

/** The two queues behave alike: each case is tried on both. */
function casesOf(queue: { alert: string; family: string; verb: string; cause: string }): readonly RuleCase[] {
  const high = { alertname: `${queue.alert}High`, severity: 'warning', ...identity, database: 'Sales' };
  const growing = { ...high, alertname: `${queue.alert}Growing` };
  const series = (server = 'sql-prod', instance = 'a:10522'): string =>
    linkSeries(queue.family, { instance, server, database: 'Sales', replica: 'partner' });
  return [
    {
      name: `${queue.verb}: over the limit, one for two exporters`,
      alert: high.alertname,
      series: {
        [series('sql-prod', 'a:10522')]: `${2048 * mebibyte}x48 stale`,
        [series('sql-prod', 'b:10522')]: `${2048 * mebibyte}x48 stale`,
      },
      firing: { '9m45s': [], '10m': [high], '17m': [high], '18m': [] },
      text: {
        at: '12m',
        labels: high,
        description: `2GiB of log of database Sales of link DAG_Sales with managed instance mi-prod wait to be ${queue.verb}: ${queue.cause}.`,
      },
    },
    {
      name: `${queue.verb}: silent for a load of some minutes`,
      alert: high.alertname,
      series: { [series()]: `0x8 ${2048 * mebibyte}x32 0x40` },
      firing: { '9m30s': [], '12m': [], '18m': [] },
    },
    {
      name: `${queue.verb}: growing by 4 MiB a minute from 100 MiB on`,
      alert: growing.alertname,
      interval: '1m',
      series: Object.fromEntries(
        ['a:10522', 'b:10522'].map((instance) => [
          series('sql-prod', instance),
          `${100 * mebibyte}+${4 * mebibyte}x300`,
        ]),
      ),
      firing: { '15m': [], '16m': [growing], '1h': [growing], '3h30m': [growing], '4h10m': [high] },
      text: {
        at: '1h40m',
        labels: growing,
        description: `The log of database Sales of link DAG_Sales with managed instance mi-prod that waits to be ${queue.verb} has grown for 30m and will be 1.426GiB in 4 hours: ${queue.cause}.`,
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
      },
      firing: { '20m': [], '40m': [], '1h': [] },
    },
  ];
}

export const queueCases: readonly RuleCase[] = [
  ...casesOf({
    alert: 'MilinkLogSendQueue',
    family: 'milink_database_log_send_queue_bytes',
    verb: 'sent',
    cause: 'more is written than the connection carries',
  }),
  ...casesOf({
    alert: 'MilinkRedoQueue',
    family: 'milink_database_redo_queue_bytes',
    verb: 'redone',
    cause: 'more arrives than the other end can redo',
  }),
];
