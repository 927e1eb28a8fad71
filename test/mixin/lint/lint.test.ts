import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { alertGroups, ruleGroupsFor } from '../../../src/mixin/alerts/groups.ts';
import { mixinConfig, settingsOf } from '../../../src/mixin/config.ts';
import { dashboards } from '../../../src/mixin/generated-files.ts';
import { recordingGroups } from '../../../src/mixin/recording/groups.ts';
import type { AlertRule, RuleGroup } from '../../../src/mixin/rules.ts';
import { lintAlert } from './lint-alert.ts';
import { scrapeSeconds } from './lint-expression.ts';
import { lintGroups } from './lint-groups.ts';

const settings = settingsOf(mixinConfig);
const groups: readonly RuleGroup[] = [...ruleGroupsFor(settings), ...recordingGroups(settings)];

for (const rule of alertGroups.flatMap(({ rules }) => rules)) {
  test(`${rule.name} (${rule.severity}): the rules of mixtool, pint and promruval hold`, () => {
    assert.deepEqual(lintAlert(rule), []);
  });
}

test('every alert leads to a dashboard that is there and has the variables that are set', () => {
  const variables = new Map(
    dashboards().map(({ uid, templating }) => [uid ?? '', templating?.list?.map(({ name }) => name) ?? []]),
  );
  const missing = alertGroups
    .flatMap(({ rules }) => rules)
    .flatMap(({ name, dashboard: { uid, labels } }) =>
      labels.filter((label) => !variables.get(uid)?.includes(label)).map((label) => `${name}: ${uid} has no ${label}`),
    );
  assert.deepEqual(missing, []);
});

test('the groups keep the limits, nothing is there twice, and the recorded series are what they are said to be', () => {
  assert.deepEqual(lintGroups(groups), []);
});

test('the lint knows the scrape interval that ships', () => {
  const file = resolve(import.meta.dirname, '../../../deploy/prometheus/prometheus.yaml');
  assert.equal(parse(readFileSync(file, 'utf8')).global.scrape_interval, `${scrapeSeconds}s`);
});

const sound: AlertRule = {
  name: 'MilinkSound',
  severity: 'warning',
  expression: 'max by (server) (milink_up) == 0',
  keys: ['server'],
  wait: '1m',
  why: 'A minute is no outage.',
  silences: '',
  summary: 'A server is not there.',
  description: 'Server {{ $labels.server }} is not there.',
  dashboard: { uid: 'milink-exporter', labels: ['server'] },
};

test('a sound alert is not complained of', () => assert.deepEqual(lintAlert(sound), []));

const expressions: Readonly<Record<string, readonly [string, RegExp]>> = {
  'that is no PromQL': ['max by (server) (milink_up) === 0', /no PromQL/],
  'without a comparison': ['max by (server) (milink_up)', /does not compare/],
  'with a half without comparison': [
    'max by (server) (milink_up) == 0 or max by (server) (milink_up)',
    /does not compare/,
  ],
  'with a metric that is not there': ['max by (server) (milink_down) == 0', /no metric of the exporter/],
  'with a recorded series that is not there': ['server:milink_up:max == 0', /not recorded/],
  'with a label that the metric lacks': ['max by (server) (milink_up{view="x"}) == 0', /no label view/],
  'by a label that the series lack': ['max by (server, view) (milink_up) == 0', /max by view/],
  'that matches on a label that a side lacks': [
    'max by (server) (milink_up) == 0 and on (server, view) max by (server) (milink_up) == 0',
    /and on view/,
  ],
  'that matches different labels': [
    'max by (server) (milink_up) == 0 unless max by (server, view) (milink_view_success) == 0',
    /unless without on/,
  ],
  'with a raw counter': ['max by (server) (milink_polls_total) > 0', /raw counter/],
  'with the rate of a gauge': ['max by (server) (rate(milink_up[5m])) > 0', /no counter/],
  'with the trend of a counter': ['max by (server) (deriv(milink_polls_total[5m])) > 0', /function of gauges/],
  'with a short range': ['max by (server) (rate(milink_polls_total[30s])) > 0', /short range/],
  'with a look far back': ['max by (server) (rate(milink_polls_total[5w])) > 0', /too far back/],
  'with irate': ['max by (server) (irate(milink_polls_total[5m])) > 0', /irate is not for rules/],
  'with topk': ['topk by (server) (1, milink_up) == 0', /topk/],
  'with an aggregation to nothing': ['max(milink_up) == 0', /by what/],
  'with a needless regular expression': [
    'max by (server) (milink_up{server=~"a"}) == 0',
    /needs no regular expression/,
  ],
  'with anchors': ['max by (server) (milink_up{server=~"^a|b"}) == 0', /anchors/],
  'with a division in an aggregation': ['max by (server) (milink_up / milink_up) == 0', /NaN/],
};

for (const [what, [expression, complaint]] of Object.entries(expressions)) {
  test(`an alert ${what} is complained of`, () => {
    const complaints = (() => {
      try {
        return lintAlert({ ...sound, expression }).join('\n');
      } catch (error) {
        return String(error);
      }
    })();
    assert.match(complaints, complaint);
  });
}

const rules: Readonly<Record<string, readonly [Partial<AlertRule>, RegExp]>> = {
  'with absent() and no patience': [{ expression: 'absent(milink_up{server="a"})', for: '15s' }, /absent/],
  'with a for that a restart forgets': [{ for: '5m' }, /forgotten/],
  'with a wait of days': [{ wait: '25h' }, /more than a day/],
  'with an unexplained wait': [{ why: 'why not' }, /not explained/],
  'with another name': [{ name: 'LinkDown' }, /its name/],
  'with a long name': [{ name: 'MilinkServerThatCanNotBePolledAnyMoreToday' }, /its name/],
  'with a template in its summary': [{ summary: 'Server {{ $labels.server }} is gone.' }, /summary/],
  'with a fixed description': [{ description: 'A server is not there.' }, /what it is about/],
  'with half a sentence': [{ description: 'server {{ $labels.server }}' }, /no sentence/],
  'with a label that is never there': [{ description: 'Link {{ $labels.link }}.' }, /link is never there/],
  'with a label that is not always there': [
    {
      expression: 'max by (server) (milink_up) == 0 or max by (server, view) (milink_view_success) == 0',
      description: 'View {{ $labels.view }} of {{ $labels.server }}.',
    },
    /view is not always there/,
  ],
  'with a bare value': [{ description: '{{ $value }} of {{ $labels.server }}.' }, /without humanize/],
  'with a query of a metric that is not there': [
    { description: '{{ with printf `milink_down{server=%+q}` $labels.server | query }}{{ end }}.' },
    /no metric of the exporter/,
  ],
};

for (const [what, [change, complaint]] of Object.entries(rules)) {
  test(`an alert ${what} is complained of`, () =>
    assert.match(lintAlert({ ...sound, ...change }).join('\n'), complaint));
}

test('two rules of one name and severity, and two with one expression, are complained of', () => {
  const complaints = lintGroups([
    { name: 'milink-one', rules: [sound, sound] },
    { name: 'Other', rules: [] },
  ]);
  assert.match(complaints.join('\n'), /two rules MilinkSound warning\ntwice: max.*\n0 rules in Other\nthe name Other/s);
});
