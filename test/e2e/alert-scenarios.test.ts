import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type TestContext, test } from 'node:test';
import { parse } from 'yaml';
import { type Scenario, stageAt } from '../../src/simulator/scenario/index.ts';
import {
  type AlertTable,
  alertsElsewhere,
  databasesOf,
  judgedScenarios,
  recordAlerts,
  recordedAlerts,
} from './alert-scenarios.ts';
import { firingAt } from './firing.ts';
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

/** An alert as the table writes it: with its severity only where there are two of its name. */
function entryOf(name: string, severity: string): string {
  const severities = new Set(alerts.filter((alert) => alert.name === name).map((alert) => alert.severity));
  return severities.size > 1 ? `${name} ${severity}` : name;
}

/** What fires in the end, by scenario. */
async function judged(batch: readonly ScenarioSeries[]): Promise<AlertTable> {
  const fired = await firingAt(batch, [lastMinute]);
  return Object.fromEntries(
    batch.map(({ scenario }) => [
      scenario,
      fired.flatMap((each) => (each.scenario === scenario ? [entryOf(each.alert, each.severity)] : [])).sort(),
    ]),
  );
}

/** Scenarios per run of promtool, which costs it by the rule more than by the series: two runs for each hand. */
const batchSize = Math.ceil(judgedScenarios.length / 4);

interface ScenarioSeries {
  readonly scenario: Scenario;
  readonly series: Readonly<Record<string, string>>;
}

/** Makes the series of some scenarios at a time and has them judged, two hands on it: one waits for promtool while the other polls. */
async function alertsOfAll(context: TestContext): Promise<AlertTable> {
  const waiting = [...judgedScenarios];
  const table: Record<string, readonly string[]> = {};
  const work = async (): Promise<void> => {
    for (let batch = waiting.splice(0, batchSize); batch.length > 0; batch = waiting.splice(0, batchSize)) {
      const made: ScenarioSeries[] = [];
      for (const scenario of batch) {
        made.push({ scenario, series: await scenarioSeries(context, scenario, databasesOf(scenario)) });
      }
      Object.assign(table, await judged(made));
    }
  };
  await Promise.all([work(), work()]);
  return Object.fromEntries(judgedScenarios.map((scenario) => [scenario, table[scenario] ?? []]));
}

test('each scenario of the demo makes the alerts fire that the table gives it, and no other (promtool test rules)', async (context) => {
  const table = await alertsOfAll(context);
  if (process.env.UPDATE_GOLDENS === '1') recordAlerts(table);
  assert.deepEqual(table, recordedAlerts(), 'what fires has changed: npm run test:update, then read the diff');
});

test('every alert has a scenario that shows it, or a line that says how to see it', () => {
  const shown = [...Object.values(recordedAlerts()).flat(), ...Object.keys(alertsElsewhere)].map((entry) => {
    const [name = '', severity] = entry.split(' ');
    return severity === undefined ? name : entryOf(name, severity);
  });
  assert.deepEqual(
    [...new Set(alerts.map(({ name, severity }) => entryOf(name, severity)))].sort(),
    [...new Set(shown)].sort(),
  );
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
  const table = recordedAlerts();
  const rows = judgedScenarios.map((scenario) => {
    const { description } = stageAt({ scenario, startedAtMilliseconds: 0, nowMilliseconds: 0 });
    const databases = databasesOf(scenario);
    const flag = databases === 1 ? '' : ` --databases=${databases}`;
    return `| \`${scenario}${flag}\` | ${description} | ${table[scenario]?.join(', ') || 'nothing'} |`;
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
