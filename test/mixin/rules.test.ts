import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { alertGroups, ruleGroupsFor } from '../../src/mixin/alerts/groups.ts';
import { mixinConfig, settingsOf } from '../../src/mixin/config.ts';
import { recordingGroups } from '../../src/mixin/recording/groups.ts';
import { ruleFile } from '../../src/mixin/rule-file.ts';
import { azureCases } from './azure-cases.ts';
import { certificateCases } from './certificate-cases.ts';
import { changeCases } from './change-cases.ts';
import { databaseCases } from './database-cases.ts';
import { exporterCases } from './exporter-cases.ts';
import { findingCases } from './finding-cases.ts';
import { linkCases } from './link-cases.ts';
import { logCases } from './log-cases.ts';
import { pollingCases } from './polling-cases.ts';
import { queueCases } from './queue-cases.ts';
import { reportCases } from './report-cases.ts';
import { reportChangeCases } from './report-change-cases.ts';
import { caseLabel, type RuleCase, readTexts, tryCases } from './rule-case.ts';
import { seedingCases } from './seeding-cases.ts';
import { sightCases } from './sight-cases.ts';
import { stateCases } from './state-cases.ts';
import { promtool } from './tool.ts';

const root = resolve(import.meta.dirname, '../..');
const settings = settingsOf(mixinConfig);
const groups = ruleGroupsFor(settings);
const rules = alertGroups.flatMap((group) => group.rules);
const names = [...new Set(rules.map(({ name }) => name))];
const cases: readonly RuleCase[] = [
  ...linkCases,
  ...sightCases,
  ...azureCases,
  ...findingCases,
  ...databaseCases,
  ...logCases,
  ...queueCases,
  ...seedingCases,
  ...certificateCases,
  ...changeCases,
  ...pollingCases,
  ...exporterCases,
  ...reportCases,
  ...reportChangeCases,
];
const rendered = ruleFile(groups, { head: ['head'], ...settings });
const records = ruleFile(recordingGroups(settings), { head: ['head'], ...settings });
const options = { rules, settings };
const keptApart = settingsOf({ ...mixinConfig, identityLabels: caseLabel });
const renderedApart = ruleFile(ruleGroupsFor(keptApart), { head: ['head'], ...keptApart });

test('promtool accepts the rules, its lint included', () => {
  promtool(['check', 'rules', '--lint=all', '--lint-fatal', 'rules.yaml', 'records.yaml'], {
    'rules.yaml': rendered,
    'records.yaml': records,
  });
});

for (const group of alertGroups.filter(({ name }) => name !== 'milink-prometheus')) {
  const own = cases.filter(({ alert }) => group.rules.some(({ name }) => name === alert));
  test(`the texts of ${group.name} say what happened to what, and the first step (promtool test rules)`, () => {
    readTexts(own, rendered, options);
  });
}

// All at once: an evaluation of all rules costs as much as thirteen cases in it.
test('every alert fires when it should and not else, and reads what the exporter says of a state (promtool test rules)', () => {
  tryCases([...cases, ...stateCases], renderedApart);
});

test('every alert has a case that first waits and then fires, one that stays silent, and one that reads its text', () => {
  // Those about Prometheus itself look at its own series for a minute.
  for (const { name, severity } of rules.filter((rule) => rule.for === undefined && rule.keys.length > 0)) {
    const fires = (alerts: RuleCase['firing'][string]): boolean =>
      alerts.some((labels) => labels.alertname === name && labels.severity === severity);
    const own = cases.filter(({ alert }) => alert === name);
    const firing = own.filter(({ firing }) => Object.values(firing).some(fires));
    assert.ok(
      firing.some(({ firing }) => !fires(Object.values(firing)[0] ?? [])),
      `${name} (${severity}) has no case that waits before it fires`,
    );
    assert.ok(
      own.some(
        ({ firing }) =>
          !Object.values(firing)
            .flat()
            .some(({ alertname }) => alertname === name),
      ),
      `${name} has no silent case`,
    );
    assert.ok(
      own.some(({ text }) => text !== undefined && text.labels.severity === severity),
      `${name} (${severity}) has no case that reads its text`,
    );
  }
});

test('every alert has a runbook page, and every page of an alert has the four sections', () => {
  const folder = join(root, 'docs/runbooks');
  const pages = readdirSync(folder).filter((file) => file.startsWith('Milink'));
  assert.deepEqual(
    names.filter((name) => !pages.includes(`${name}.md`)),
    [],
  );
  for (const page of pages) {
    const headings = [...readFileSync(join(folder, page), 'utf8').matchAll(/^#+ .*/gm)].map(([heading]) => heading);
    assert.equal(headings[0], `# ${page.replace('.md', '')}`);
    for (const section of ['Meaning', 'Impact', 'Diagnosis', 'Mitigation'])
      assert.ok(headings.includes(`## ${section}`), page);
  }
});

test('no source of the mixin spells the name of a metric', () => {
  const sources = readdirSync(join(root, 'src/mixin'), { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  const spelled = sources.filter((file) => /\bmilink_\w/.test(readFileSync(join(root, 'src/mixin', file), 'utf8')));
  assert.deepEqual(spelled, []);
});

test('the shipped Prometheus configuration is valid and loads the rules', () => {
  const file = join(root, 'deploy/prometheus/prometheus.yaml');
  assert.match(promtool(['check', 'config', file]), /SUCCESS: \d+ rules found/g);
  const { scrape_configs: jobs } = parse(readFileSync(file, 'utf8'));
  assert.deepEqual(
    jobs.map(({ job_name }: { job_name: string }) => job_name),
    [mixinConfig.exporterJob],
  );
  assert.ok(existsSync(join(root, 'deploy/prometheus/rules/milink-alerts.yaml')));
});
