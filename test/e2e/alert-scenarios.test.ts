import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { ruleGroupsFor } from '../../src/mixin/alerts/groups.ts';
import { mixinConfig, settingsOf } from '../../src/mixin/config.ts';
import { ruleFile } from '../../src/mixin/rule-file.ts';
import { scenarioNames, stageAt } from '../../src/simulator/scenario/index.ts';
import { promtool } from '../mixin/tool.ts';
import { type AlertScenario, alertScenarios, alertsElsewhere } from './alert-scenarios.ts';
import { lastMinute, scenarioSeries } from './scenario-series.ts';

const root = resolve(import.meta.dirname, '../..');
const rulesFolder = join(root, 'deploy/prometheus/rules');
const ruleFiles = Object.fromEntries(
  readdirSync(rulesFolder).map((file) => [file, readFileSync(join(rulesFolder, file), 'utf8')]),
);

/** The shipped rules with each scenario as an environment of its own: one run of promtool then does for all. */
const keptApart = settingsOf({ ...mixinConfig, identityLabels: 'scenario' });
const rulesKeptApart = ruleFile(ruleGroupsFor(keptApart), { head: ['head'], ...keptApart });

interface Rule {
  readonly alert?: string;
  readonly labels?: { readonly severity: string };
}

const rules: readonly Rule[] = Object.values(ruleFiles).flatMap((text) =>
  parse(text).groups.flatMap((group: { readonly rules: readonly Rule[] }) => group.rules),
);
const alerts = rules.flatMap(({ alert, labels }) =>
  alert === undefined ? [] : [{ name: alert, severity: labels?.severity ?? '' }],
);

/** The labels of what an entry of the table means. */
function labelsOf(entry: string): string {
  const [name = '', given] = entry.split(' ');
  const severity = given ?? alerts.find((alert) => alert.name === name)?.severity;
  return `{alertname="${name}",severity="${severity}"}`;
}

test('each scenario of the demo makes the alerts fire that the table gives it, and no other (promtool test rules)', async (context) => {
  const waiting = [...alertScenarios];
  const tests: ScenarioTest[] = [];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      tests.push(promtoolTest(next, await scenarioSeries(context, next.scenario, next.databases ?? 1)));
    }
  };
  await Promise.all([work(), work()]);
  // The expression of each complaint names its scenario.
  const all = {
    interval: '1m',
    input_series: tests.flatMap(({ input_series }) => input_series),
    promql_expr_test: tests.flatMap(({ promql_expr_test }) => promql_expr_test),
  };
  const text = JSON.stringify({ rule_files: ['rules.yaml'], evaluation_interval: '1m', tests: [all] });
  promtool(['test', 'rules', 'scenarios.yaml'], { 'rules.yaml': rulesKeptApart, 'scenarios.yaml': text });
});

interface ScenarioTest {
  readonly input_series: readonly object[];
  readonly promql_expr_test: readonly object[];
}

function promtoolTest(
  { scenario, alerts: expected }: AlertScenario,
  series: Readonly<Record<string, string>>,
): ScenarioTest {
  return {
    input_series: Object.entries(series).map(([name, values]) => ({
      series: name.replace('{', `{scenario="${scenario}",`),
      values,
    })),
    promql_expr_test: [
      {
        expr: `group by (alertname, severity) (ALERTS{alertstate="firing",scenario="${scenario}"})`,
        eval_time: `${lastMinute}m`,
        exp_samples: expected.map((entry) => ({ labels: labelsOf(entry), value: 1 })),
      },
    ],
  };
}

test('every alert has a scenario that shows it, or a line that says how to see it', () => {
  const shown = new Set(
    [...alertScenarios.flatMap((each) => each.alerts), ...Object.keys(alertsElsewhere)].map(labelsOf),
  );
  assert.deepEqual(
    [...new Set(alerts.map(({ name, severity }) => labelsOf(`${name} ${severity}`)))].sort(),
    [...shown].sort(),
  );
});

test('every scenario of the demo is in the table', () => {
  const moving = ['tour', 'forced-failover'];
  const listed = alertScenarios.map(({ scenario }) => scenario);
  assert.deepEqual([...listed, ...moving].sort(), [...scenarioNames].sort());
});

test('docs/demo.md shows the table', () => {
  const path = join(root, 'docs/demo.md');
  const page = readFileSync(path, 'utf8');
  const fresh = page.replace(/(<!-- alert-scenarios: .* -->\n)[\s\S]*?(\n<!-- end -->)/, `$1\n${documented()}$2`);
  if (process.env.UPDATE_GOLDENS === '1') writeFileSync(path, fresh);
  assert.notEqual(fresh.indexOf('| `split-brain` |'), -1);
  assert.equal(readFileSync(path, 'utf8'), fresh, 'docs/demo.md is stale: npm run test:update, then read the diff');
});

function documented(): string {
  const rows = alertScenarios.map(({ scenario, alerts: expected, databases }) => {
    const { description } = stageAt({ scenario, startedAtMilliseconds: 0, nowMilliseconds: 0 });
    const flag = databases === undefined ? '' : ` --databases=${databases}`;
    return `| \`${scenario}${flag}\` | ${description} | ${expected.join(', ') || 'nothing'} |`;
  });
  const elsewhere = Object.entries(alertsElsewhere).map(([alert, how]) => `| ${alert} | ${how} |`);
  return [
    '| scenario | what happens | what fires |',
    '|---|---|---|',
    ...rows,
    '',
    '| about the exporter | how to see it |',
    '|---|---|',
    ...elsewhere,
    '',
  ].join('\n');
}
