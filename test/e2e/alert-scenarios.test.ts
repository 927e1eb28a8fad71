import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { scenarioNames, stageAt } from '../../src/simulator/scenario/index.ts';
import { promtool } from '../mixin/tool.ts';
import { type AlertScenario, alertScenarios, alertsElsewhere } from './alert-scenarios.ts';
import { lastMinute, scenarioSeries } from './scenario-series.ts';

const root = resolve(import.meta.dirname, '../..');
const rulesFolder = join(root, 'deploy/prometheus/rules');
const ruleFiles = Object.fromEntries(
  readdirSync(rulesFolder).map((file) => [file, readFileSync(join(rulesFolder, file), 'utf8')]),
);

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
  const tests = new Map<string, object>();
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      tests.set(next.scenario, promtoolTest(next, await scenarioSeries(context, next.scenario, next.databases ?? 1)));
    }
  };
  await Promise.all([work(), work()]);
  const failure = failureOf([...tests.values()]);
  if (failure === null) return;
  // promtool does not say which test failed: each alone does.
  const failures = [...tests].flatMap(([scenario, each]) => {
    const own = failureOf([each]);
    return own === null ? [] : [`${scenario}: ${own}`];
  });
  assert.fail([...failures, failure].join('\n'));
});

/** What promtool says of tests that fail; null when all pass. */
function failureOf(tests: readonly object[]): string | null {
  const text = JSON.stringify({ rule_files: Object.keys(ruleFiles), evaluation_interval: '1m', tests });
  try {
    promtool(['test', 'rules', 'scenarios.yaml'], { ...ruleFiles, 'scenarios.yaml': text });
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function promtoolTest({ scenario, alerts: expected }: AlertScenario, series: Readonly<Record<string, string>>): object {
  return {
    name: scenario,
    interval: '1m',
    input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
    promql_expr_test: [
      {
        expr: 'group by (alertname, severity) (ALERTS{alertstate="firing",alertname!="MilinkWatchdog"})',
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
