import { test } from 'node:test';
import { ruleGroupsFor } from '../../src/mixin/alerts/groups.ts';
import { type MixinConfig, mixinConfig, settingsOf } from '../../src/mixin/config.ts';
import { ruleFile } from '../../src/mixin/rule-file.ts';
import { reportCases } from './report-cases.ts';
import { reportChangeCases, slowScrapeCases } from './report-change-cases.ts';
import { caseLabel, type RuleCase, tryCases } from './rule-case.ts';

/** The same cases have to give the same alerts whatever a site sets: its selector, its labels, its names (part E: E6, E7, E9). */
const cases = [...reportCases, ...reportChangeCases];

function rulesWith(change: Partial<MixinConfig>): string {
  const settings = settingsOf({ ...mixinConfig, identityLabels: caseLabel, ...change });
  return ruleFile(ruleGroupsFor(settings), { head: ['head'], ...settings });
}

/** The cases with other words in them, in selectors, expectations and texts alike. */
function spelled(all: readonly RuleCase[], word: string, other: string): RuleCase[] {
  const inSelectors = JSON.stringify(other).slice(1, -1);
  return all.map(({ series, firing, ...rest }) => ({
    ...rest,
    series: Object.fromEntries(
      Object.entries(series).map(([selector, values]) => [selector.replaceAll(word, () => inSelectors), values]),
    ),
    firing: JSON.parse(JSON.stringify(firing).replaceAll(word, () => inSelectors)),
  }));
}

/** A site that sets everything at once: one run of promtool costs half a minute. */
const team = { cluster: 'eu', environment: 'production', team: 'dba "night"' };
const site: Partial<MixinConfig> = {
  selector: 'cluster="eu"',
  identityLabels: `${caseLabel}, cluster, environment, team`,
  exporterJob: 'sql-links',
};
const names: readonly (readonly [word: string, other: string])[] = [
  ['milink-exporter', 'sql-links'],
  ['DAG_Sales', 'DAG "1" \\ {{ $labels.x }}\n%s Ж'],
  ['mi-prod', "mi'`|}{="],
  ['sql-prod', "sql\\node,1'"],
];

test('a selector, labels of environments, another job and names of every character change no alert (promtool test rules)', () => {
  const tried = names.reduce((all, [word, other]) => spelled(all, word, other), cases);
  // Of the same names, and with figures that are none: what the selector leaves out.
  tryCases(tried, rulesWith(site), { series: team, alerts: team, strangers: { ...team, cluster: 'us' } });
});

test('E16: a scrape every two minutes shows a passing state once, and pages nobody (promtool test rules)', () => {
  tryCases(slowScrapeCases, rulesWith({ scrapeIntervalSeconds: 120 }));
});
