import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alertGroups, watchesFor } from '../../src/mixin/alerts/groups.ts';
import { mixinConfig, settingsOf } from '../../src/mixin/config.ts';
import { since } from '../../src/mixin/evidence/series.ts';
import { watchId } from '../../src/mixin/evidence/watch.ts';
import { prometheusRule } from '../../src/mixin/rule-file.ts';
import { promtoolAnswer } from './tool.ts';

/** Names as they may come from a server: what is read is well-formed, and may hold anything else. */
const names = [
  'it\'s "quoted" \\ back`ticks`',
  '%s %d %!q(x) {{ . }} {{ $labels.link }} $1',
  'two\nlines\tand\ra tab',
  '\u0000\u0007\u009b[31m\u202e\u2028',
  '\ufffd where half a pair stood',
  '\u{1f525}e\u0301\u{e0001}\u{10ffff}',
  ']} or vector(1) #',
];

const watches = watchesFor(settingsOf(mixinConfig));
/** Every label that an alert may have. */
const labels = [...new Set(watches.flatMap(({ keys }) => keys))];

/** Each alert's own texts, raised by a series of which every label is an odd name. */
const rules = alertGroups.flatMap((group) =>
  group.rules.map((rule) => {
    const { alert, annotations } = prometheusRule(rule, mixinConfig);
    return { alert, expr: 'odd', annotations };
  }),
);

/** A series with these labels, each of them the name. promtool reads the mark of what was no character as such, unless it is escaped. */
function oddSeries(metric: string, all: readonly string[], name: string, matcher = ''): object {
  const value = JSON.stringify(name).replace('\ufffd', '\\ufffd');
  return { series: `${metric}{${matcher}${all.map((label) => `${label}=${value}`).join(',')}}`, values: '1 1' };
}

test('the text of no alert fails on a name, and each finds since when', async () => {
  const series = names.flatMap((name) => [
    oddSeries('odd', labels, name),
    ...watches.map((watch) => oddSeries(since.name, watch.keys, name, `alert="${watchId(watch)}",`)),
  ]);
  const alertNames = [...new Set(rules.map(({ alert = '' }) => alert))];
  const expectations = alertNames.map((alertname) => ({ alertname, eval_time: '15s', exp_alerts: [] }));
  const tests = [{ interval: '15s', input_series: series, alert_rule_test: expectations }];
  const { printed } = await promtoolAnswer(['test', 'rules', 'cases.yaml'], {
    'rules.yaml': JSON.stringify({ groups: [{ name: 'odd', rules }] }),
    // YAML takes these escaped only.
    'cases.yaml': JSON.stringify({ rule_files: ['rules.yaml'], evaluation_interval: '15s', tests }).replaceAll(
      /[\u007f-\u009f]/g,
      (control) => `\\u00${control.charCodeAt(0).toString(16)}`,
    ),
  });
  // Nothing is expected, so that promtool prints what fires, with its texts.
  for (const name of alertNames) assert.ok(printed.includes(`alertname: ${name}, time: 15s`), printed.slice(0, 3000));
  assert.equal(printed.match(/\bdescription="/g)?.length, rules.length * names.length);
  assert.deepEqual(printed.match(/error expanding template[^\n]*/g) ?? [], []);
  const dated = printed.match(/Seen without a break since 1970-01-01 00:00:01 UTC\./g) ?? [];
  assert.equal(dated.length, watches.length * names.length);
});
