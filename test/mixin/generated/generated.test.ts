import { test } from 'node:test';
import { ruleGroupsFor } from '../../../src/mixin/alerts/groups.ts';
import { mixinConfig, settingsOf } from '../../../src/mixin/config.ts';
import { ruleFile } from '../../../src/mixin/rule-file.ts';
import { caseLabel, withoutTexts } from '../rule-case.ts';
import { promtool } from '../tool.ts';
import { type GeneratedCase, generatedCase } from './estate.ts';

/** MIXIN_FUZZ_CASES is for the long run, `npm run fuzz:mixin`; MIXIN_FUZZ_SEED begins elsewhere. */
const count = Number(process.env.MIXIN_FUZZ_CASES ?? 10);
const firstSeed = Number(process.env.MIXIN_FUZZ_SEED ?? 1);
const batchSize = Math.min(200, Math.ceil(count / 2));
/** Samples and evaluations that drift apart meet at every distance: no expression may depend on which side of a range one falls. */
const stepsSeconds = [15, 16, 14];
const settings = settingsOf({ ...mixinConfig, identityLabels: caseLabel });
const rules = withoutTexts(ruleFile(ruleGroupsFor(settings), { head: ['head'], ...settings }));

/** The cases as environments of one run: that they do not disturb each other is a part of what is tried. */
function batch(cases: readonly GeneratedCase[], stepSeconds: number): string {
  const own = (name: string): string => `${caseLabel}=${JSON.stringify(name)}`;
  return JSON.stringify({
    rule_files: ['rules.yaml'],
    evaluation_interval: '15s',
    tests: [
      {
        interval: `${stepSeconds}s`,
        input_series: cases.flatMap(({ name, series }) =>
          Object.entries(series).map(([selector, values]) => ({
            series: selector.replace('{', `{${own(name)},`),
            values,
          })),
        ),
        // The alert that the case is about; a lost scrape of the only exporter has alerts of its own.
        promql_expr_test: cases.flatMap(({ name, alert, firing }) =>
          Object.entries(firing).map(([at, alerts]) => ({
            expr: `count(ALERTS{alertstate="firing",alertname="${alert}",${own(name)}}) or vector(0)`,
            eval_time: at,
            exp_samples: [{ labels: '{}', value: alerts.length }],
          })),
        ),
      },
    ],
  });
}

for (let from = 0; from < count; from += batchSize) {
  const seeds = Array.from({ length: Math.min(batchSize, count - from) }, (_, index) => firstSeed + from + index);
  const stepSeconds = stepsSeconds[(from / batchSize) % stepsSeconds.length] ?? 15;
  test(`generated faults ${seeds[0]} to ${seeds.at(-1)}, a sample each ${stepSeconds} s: told, told on, not told, over (promtool test rules)`, (context) => {
    const cases = seeds.map((seed) => generatedCase(seed, stepSeconds));
    promtool(['test', 'rules', 'generated.yaml'], { 'rules.yaml': rules, 'generated.yaml': batch(cases, stepSeconds) });
    const kinds = Map.groupBy(cases, ({ kind }) => kind);
    context.diagnostic([...kinds].map(([kind, own]) => `${own.length} ${kind}`).join(', '));
  });
}
