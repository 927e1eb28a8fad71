import { test } from 'node:test';
import { mixinConfig, settingsOf } from '../../src/mixin/config.ts';
import { recordingGroups } from '../../src/mixin/recording/groups.ts';
import { ruleFile } from '../../src/mixin/rule-file.ts';
import { promtool } from './tool.ts';

const settings = settingsOf(mixinConfig);
const rules = ruleFile(recordingGroups(settings), { head: ['head'], ...settings });

const verdict = (instance: string, word: string): string =>
  `milink_link_verdict{job="milink-exporter",instance="${instance}",link="DAG_Sales",managed_instance="mi-prod",verdict="${word}"}`;
const recovery =
  'milink_database_estimated_recovery_seconds{job="milink-exporter",instance="a",server="mi",replica="local",link="DAG_Sales",managed_instance="mi-prod",database="Sales"}';
const loss =
  'milink_database_estimated_data_loss_seconds{job="milink-exporter",instance="a",server="sql",link="DAG_Sales",managed_instance="mi-prod",database="Sales"}';

// An hour: healthy for 20 minutes, not scraped for 20, healthy for 10 and disconnected for 10. A second exporter sees nothing of
// the link for half an hour, then what the first one sees, but calls a partner that it can't see no trouble.
const series = {
  [verdict('a', 'healthy')]: '1x19 _x20 1x9 0x10',
  [verdict('a', 'disconnected')]: '0x19 _x20 0x9 1x10',
  [verdict('a', 'unknown')]: '0x19 _x20 0x9 0x10',
  [verdict('b', 'healthy')]: '0x19 _x20 1x9 1x10',
  [verdict('b', 'disconnected')]: '0x19 _x20 0x9 0x10',
  [verdict('b', 'unknown')]: '1x19 _x20 0x9 0x10',
  [loss]: '5x19 _x20 900x9 901x10',
  [recovery]: '3601x19 _x20 3600x20',
};

test('the share of the time that was seen survives gaps and a second exporter (promtool test rules)', () => {
  const test = {
    rule_files: ['rules.yaml'],
    evaluation_interval: '1m',
    tests: [
      {
        interval: '1m',
        input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
        promql_expr_test: [
          ['link:milink_link_verdict:healthy', '10m', 1],
          ['link:milink_link_verdict:healthy', '55m', 0],
          ['link:milink_database_estimated_data_loss_seconds:met', '45m', 1],
          ['link:milink_database_estimated_data_loss_seconds:met', '55m', 0],
          ['link:milink_database_estimated_recovery_seconds:met', '10m', 0],
          ['link:milink_database_estimated_recovery_seconds:met', '55m', 1],
        ].map(([name, eval_time, value]) => ({
          expr: String(name),
          eval_time,
          exp_samples: [{ labels: `${name}{link="DAG_Sales",managed_instance="mi-prod"}`, value }],
        })),
      },
      {
        interval: '1m',
        input_series: Object.entries(series).map(([name, values]) => ({ series: name, values: `${values} _x30` })),
        // 20 minutes are neither: of those that were seen three quarters were healthy. A sample counts for up to 5 minutes more.
        promql_expr_test: [
          {
            expr: 'round(avg_over_time(link:milink_link_verdict:healthy[1d]), 0.1)',
            eval_time: '58m',
            exp_samples: [{ labels: '{link="DAG_Sales",managed_instance="mi-prod"}', value: 0.8 }],
          },
          { expr: 'link:milink_link_verdict:healthy', eval_time: '30m', exp_samples: [] },
        ],
      },
    ],
  };
  promtool(['test', 'rules', 'levels.yaml'], { 'rules.yaml': rules, 'levels.yaml': JSON.stringify(test) });
});

test('a database without a figure makes an objective neither, and one that misses it makes it missed (promtool test rules)', () => {
  const present = (database: string): string =>
    `milink_link_database_present{job="milink-exporter",instance="a",link="DAG_Sales",managed_instance="mi-prod",database="${database}"}`;
  const met = 'link:milink_database_estimated_data_loss_seconds:met';
  const untold = 'link:milink_database_estimated_data_loss_seconds:untold';
  const told = (name: string, eval_time: string, value: number | null) => ({
    expr: name,
    eval_time,
    exp_samples: value === null ? [] : [{ labels: `${name}{link="DAG_Sales",managed_instance="mi-prod"}`, value }],
  });
  const test = {
    rule_files: ['rules.yaml'],
    evaluation_interval: '1m',
    tests: [
      {
        interval: '1m',
        // Orders has no figure for ten minutes, then a good one; in the second five of them Sales misses the objective.
        input_series: [
          [present('Sales'), '1x60'],
          [present('Orders'), '0x60'],
          [loss, '5x4 901x4 5x50'],
          [loss.replace('"Sales"', '"Orders"'), '_x10 5x50'],
        ].map(([series, values]) => ({ series, values })),
        promql_expr_test: [
          told(met, '4m', null),
          told(untold, '4m', 1),
          told(met, '8m', 0),
          told(untold, '8m', 1),
          told(met, '20m', 1),
          told(untold, '20m', null),
        ],
      },
    ],
  };
  promtool(['test', 'rules', 'levels.yaml'], { 'rules.yaml': rules, 'levels.yaml': JSON.stringify(test) });
});

test('shares of days come from sums of ten minutes, in pieces seen by one exporter or the other (promtool test rules)', () => {
  // promtool evaluates every group at this interval, Prometheus each at its own.
  const test = {
    rule_files: ['rules.yaml'],
    evaluation_interval: '10m',
    tests: [
      {
        // Three hours of a day are seen, in two pieces, by the first exporter or the second, never both: healthy in two of them.
        interval: '1m',
        input_series: [
          [verdict('a', 'healthy'), '1x54 _x605 0x54 _x805'],
          [verdict('a', 'disconnected'), '0x54 _x605 1x54 _x805'],
          [verdict('a', 'unknown'), '0x54 _x605 0x54 _x805'],
          [verdict('b', 'healthy'), '_x300 1x54 _x1205'],
          [verdict('b', 'disconnected'), '_x300 0x54 _x1205'],
          [verdict('b', 'unknown'), '_x300 0x54 _x1205'],
        ].map(([name, values]) => ({ series: name, values })),
        promql_expr_test: [
          {
            expr: 'round(link:milink_link_verdict:healthy_avg7d, 0.01)',
            eval_time: '20h30m',
            exp_samples: [{ labels: '{link="DAG_Sales",managed_instance="mi-prod"}', value: 0.67 }],
          },
          {
            // Three hours, and up to ten minutes after each piece whose window still touches it: whether one does, depends on
            // which group comes first, and promtool takes them in no order.
            expr: '(link:milink_link_verdict:healthy_seen7d * 168 > 2.9) < bool 3.6',
            eval_time: '20h30m',
            exp_samples: [{ labels: '{link="DAG_Sales",managed_instance="mi-prod"}', value: 1 }],
          },
          // A share of the sums is that of the samples themselves.
          {
            expr: 'round(link:milink_link_verdict:healthy_avg7d - avg_over_time(link:milink_link_verdict:healthy[7d]), 0.01)',
            eval_time: '20h30m',
            exp_samples: [{ labels: '{link="DAG_Sales",managed_instance="mi-prod"}', value: 0 }],
          },
        ],
      },
    ],
  };
  promtool(['test', 'rules', 'levels.yaml'], { 'rules.yaml': rules, 'levels.yaml': JSON.stringify(test) });
});
