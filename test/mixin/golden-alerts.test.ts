import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { ruleGroupsFor } from '../../src/mixin/alerts/groups.ts';
import { mixinConfig, settingsOf } from '../../src/mixin/config.ts';
import { ruleFile } from '../../src/mixin/rule-file.ts';
import { goldenAlerts } from './golden-alerts.ts';
import { withoutTexts } from './rule-case.ts';
import { promtool } from './tool.ts';

const root = resolve(import.meta.dirname, '../..');

/** When the clock of the golden pages stands still. promtool's clock starts at 0, and here that is ten minutes before. */
const startSeconds = 1_795_255_200 - 600;
const minutes = 35;
/** Of values and evaluations, which cost time: no longer than the five minutes that Prometheus looks back. */
const stepMinutes = 5;
const steps = minutes / stepMinutes;
/** Twice as many pages in one test take promtool more than twice as long. */
const batchSize = 12;
/** These go with the clock while an exporter polls. */
const moving = /^milink_(?:last_poll|last_success|view_last_read)_timestamp_seconds\{/;

/** A page of an exporter that stays as it is. */
function seriesOf(page: string): readonly { readonly series: string; readonly values: string }[] {
  const samples = page.split('\n').filter((line) => /^milink_/.test(line));
  return samples.map((line) => {
    const end = line.lastIndexOf(' ');
    const [, name = '', labels = ''] = /^(\w+)(?:\{(.*)\})?$/s.exec(line.slice(0, end)) ?? [];
    const series = `${name}{${['job="milink-exporter",instance="a:10522"', ...(labels === '' ? [] : [labels])].join()}}`;
    if (moving.test(line)) return { series, values: `0+${stepMinutes * 60}x${steps}` };
    const value = Number(line.slice(end + 1)) - (/_timestamp_seconds$/.test(name) ? startSeconds : 0);
    return { series, values: `${value}x${steps}` };
  });
}

test('every golden page has its alerts written down', () => {
  const pages = readdirSync(resolve(root, 'test/golden')).filter((file) => file.endsWith('.prom'));
  assert.deepEqual(Object.keys(goldenAlerts).sort(), pages.map((file) => file.replace('.prom', '')).sort());
});

test('a page of the exporter that stays as it is raises what it should, and nothing else (promtool test rules)', () => {
  const pages = Object.entries(goldenAlerts).map(([name, raised]) => ({
    input_series: [
      { series: `up{page="${name}",job="milink-exporter",instance="a:10522"}`, values: `1x${steps}` },
      ...seriesOf(readFileSync(resolve(root, `test/golden/${name}.prom`), 'utf8')).map(({ series, values }) => ({
        series: series.replace('{', `{page="${name}",`),
        values,
      })),
    ],
    promql_expr_test: [
      {
        expr: `count by (alertname) (ALERTS{alertstate="firing",page="${name}"})`,
        eval_time: `${minutes}m`,
        exp_samples: Object.entries(raised).map(([alert, value]) => ({ labels: `{alertname="${alert}"}`, value })),
      },
    ],
  }));
  // Each page as an environment of its own, some in one test.
  const settings = settingsOf({ ...mixinConfig, identityLabels: 'page' });
  const rules = ruleFile(ruleGroupsFor(settings), { head: ['head'], ...settings });
  const batches = Array.from({ length: Math.ceil(pages.length / batchSize) }, (_, batch) =>
    pages.slice(batch * batchSize, (batch + 1) * batchSize),
  );
  const tests = batches.map((batch) => ({
    interval: `${stepMinutes}m`,
    input_series: batch.flatMap(({ input_series }) => input_series),
    promql_expr_test: batch.flatMap(({ promql_expr_test }) => promql_expr_test),
  }));
  promtool(['test', 'rules', 'pages.yaml'], {
    'rules.yaml': withoutTexts(rules),
    'pages.yaml': JSON.stringify({ rule_files: ['rules.yaml'], evaluation_interval: `${stepMinutes}m`, tests }),
  });
});
