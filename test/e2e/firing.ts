import assert from 'node:assert/strict';
import { ruleGroupsFor } from '../../src/mixin/alerts/groups.ts';
import { mixinConfig, settingsOf } from '../../src/mixin/config.ts';
import { ruleFile } from '../../src/mixin/rule-file.ts';
import { withoutTexts } from '../mixin/rule-case.ts';
import { promtoolAnswer } from '../mixin/tool.ts';

/** The shipped rules with each scenario as an environment of its own: one run of promtool then does for all. */
const keptApart = settingsOf({ ...mixinConfig, identityLabels: 'scenario' });
const rulesKeptApart = withoutTexts(ruleFile(ruleGroupsFor(keptApart), { head: ['head'], ...keptApart }));
/** Every word that the rules have, and so every name of a series that they can read: none is picked by a pattern. */
const wordsOfRules = new Set(rulesKeptApart.match(/\w+/g));

assert.ok(!rulesKeptApart.includes('__name__'), 'a rule picks series by a pattern: have it read all');

export interface NamedSeries {
  readonly scenario: string;
  /** In promtool's notation, a value per minute. */
  readonly series: Readonly<Record<string, string>>;
}

export interface Firing {
  readonly scenario: string;
  readonly minute: number;
  readonly alert: string;
  readonly severity: string;
}

/** Whether a rule may read the series: loading one that none does costs promtool as much as loading any other. */
function isRead(series: string): boolean {
  return wordsOfRules.has(series.slice(0, series.indexOf('{')));
}

/** What promtool says that fires at these minutes: it prints what it got where nothing was expected. */
export async function firingAt(batch: readonly NamedSeries[], minutes: readonly number[]): Promise<readonly Firing[]> {
  const test = {
    interval: '1m',
    input_series: batch.flatMap(({ scenario, series }) =>
      Object.entries(series)
        .filter(([name]) => isRead(name))
        .map(([name, values]) => ({ series: name.replace('{', `{scenario="${scenario}",`), values })),
    ),
    // What was expected names the minute, since promtool's own words for it differ from version to version.
    promql_expr_test: minutes.map((minute) => ({
      expr: `${firing} + 0 * ${minute}`,
      eval_time: `${minute}m`,
      exp_samples: [],
    })),
  };
  // An evaluation in five minutes: windows and waits are longer, and the end is the same as with one a minute.
  const text = JSON.stringify({ rule_files: ['rules.yaml'], evaluation_interval: '5m', tests: [test] });
  const { printed } = await promtoolAnswer(['test', 'rules', 'scenarios.yaml'], {
    'rules.yaml': rulesKeptApart,
    'scenarios.yaml': text,
  });
  return printed.split('expr: ').flatMap((part) => {
    const minute = Number(/\+ 0 \* (\d+)/.exec(part)?.[1]);
    return [...part.matchAll(/\{alertname="(\w+)", scenario="([^"]+)", severity="(\w+)"\} 1E\+00/g)].map(
      ([, alert = '', scenario = '', severity = '']) => ({ scenario, minute, alert, severity }),
    );
  });
}

const firing = 'group by (alertname, scenario, severity) (ALERTS{alertstate="firing",alertname!="MilinkWatchdog"})';
