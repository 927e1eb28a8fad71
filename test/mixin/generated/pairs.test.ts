import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inhibitions } from '../../../src/mixin/alertmanager.ts';
import { watchesFor } from '../../../src/mixin/alerts/groups.ts';
import { mixinConfig, settingsOf } from '../../../src/mixin/config.ts';
import { coveredRules, coveringsOf, judgementRules, openRule, waitRule } from '../../../src/mixin/evidence/group.ts';
import { bad, well } from '../../../src/mixin/evidence/series.ts';
import { alertOf, type Watch, watchId } from '../../../src/mixin/evidence/watch.ts';
import { ruleFile } from '../../../src/mixin/rule-file.ts';
import { durationSeconds } from '../../../src/mixin/rules.ts';
import { caseLabel, type Labels, seriesText } from '../rule-case.ts';
import { promtool } from '../tool.ts';

const settings = settingsOf({ ...mixinConfig, identityLabels: caseLabel });
const watches = watchesFor(settings);
const coverings = coveringsOf(watches, inhibitions);
const pairs = coverings.flatMap(({ sources, targets, equal }) =>
  sources.flatMap((source) => targets.map((target) => ({ source, target, equal }))),
);

/** Told a minute later than they wait, while the alert that they follow from waits. */
const waitLonger = [
  'MilinkExporterDown critical before MilinkExporterStale warning',
  'MilinkExporterDown warning before MilinkExporterStale warning',
  // A server that restarts is back within a minute or two.
  'MilinkLinkPrimaryUnreachable critical before MilinkDatabaseNotHealthy critical',
];

test('an alert waits for one that it follows from by a minute at most, and none follows from itself', () => {
  assert.ok(pairs.length > 50);
  const later = pairs.filter(({ source, target }) => durationSeconds(source.wait) > durationSeconds(target.wait));
  assert.deepEqual(
    later.map(({ source, target }) => `${watchId(source)} before ${watchId(target)}`),
    waitLonger,
  );
  for (const { source, target } of later)
    assert.ok(durationSeconds(source.wait) - durationSeconds(target.wait) <= 60, watchId(target));
  const followers = Map.groupBy(pairs, ({ source }) => source);
  const reached = (from: Watch, seen: readonly Watch[]): readonly Watch[] =>
    (followers.get(from) ?? []).flatMap(({ target }) =>
      seen.includes(target) ? [target] : [target, ...reached(target, [...seen, target])],
    );
  for (const watch of watches) assert.ok(!reached(watch, [watch]).includes(watch), watchId(watch));
});

test('every alert of an inhibition is one that the rules know, and none is on both sides', () => {
  for (const { sources, targets } of coverings) {
    assert.ok(sources.length > 0 && targets.length > 0);
    for (const watch of sources) assert.ok(!targets.includes(watch), watchId(watch));
  }
});

const stepSeconds = 15;
const steps = 124;
/** When the source begins and ends: longer than any of them waits. */
const [begin, end] = [4, 40];
/** The two ends are polled at two times, and each poll is scraped a little later: three steps. */
const shifts = [-3, 0, 3];
const allShifts = shifts.flatMap((first) => shifts.map((last) => [first, last] as const));
/** All of them in the long run; else each pair has one, another than the pair before it. */
const isLong = process.env.MIXIN_FUZZ_CASES !== undefined;

interface PairCase {
  readonly name: string;
  readonly series: readonly { readonly series: string; readonly values: string }[];
  readonly expr: string;
  readonly firings: number;
}

/** Seen wrong between two steps, and well outside them. */
function evidence(watch: Watch, labels: Labels, [from, to]: readonly [number, number]): PairCase['series'] {
  const values = (isThere: (step: number) => boolean): string =>
    Array.from({ length: steps }, (_, step) => {
      if (isThere(step)) return String(step * stepSeconds);
      return step > 0 && isThere(step - 1) ? 'stale' : '_';
    }).join(' ');
  const isWrong = (step: number): boolean => step >= from && step < to;
  const own = { ...labels, alert: watchId(watch), wait: String(durationSeconds(watch.wait)) };
  return [
    { series: seriesText(bad.name, own), values: values(isWrong) },
    { series: seriesText(well.name, own), values: values((step) => !isWrong(step)) },
  ];
}

function labelsOf(watch: Watch, name: string): Labels {
  return { [caseLabel]: name, ...Object.fromEntries(watch.keys.map((key) => [key, `some ${key}`])) };
}

function firing({ name, severity }: Watch, ofCase: string): string {
  return `ALERTS{alertstate="firing",alertname="${name}",severity="${severity}",${caseLabel}="${ofCase}"}`;
}

type Stretch = readonly [number, number];

function pairCase(what: string, [source, target]: readonly [Watch, Watch], seen: readonly [Stretch, Stretch]) {
  const name = `${what}: ${watchId(source)}, ${watchId(target)}`;
  const series = [
    ...evidence(source, labelsOf(source, name), seen[0]),
    ...evidence(target, labelsOf(target, name), seen[1]),
  ];
  const told = (watch: Watch): string => `count(present_over_time(${firing(watch, name)}[31m])) or vector(0)`;
  return { name, series, told };
}

const cases: readonly PairCase[] = pairs.flatMap(({ source, target }, index) => {
  const both = [source, target] as const;
  const drawn = isLong ? allShifts : [allShifts[index % allShifts.length] ?? [0, 0]];
  const together = drawn.map(([first, last]) =>
    pairCase(`shifted ${first}, ${last}`, both, [
      [begin, end],
      [begin + first, end + last],
    ]),
  );
  const after = pairCase('stays', both, [
    [begin, end],
    [begin, steps],
  ]);
  return [
    ...together.flatMap(({ name, series, told }) => [
      { name, series, expr: told(source), firings: 1 },
      { name, series: [], expr: told(target), firings: 0 },
    ]),
    // What goes on when the other one is over is told.
    { name: after.name, series: after.series, expr: after.told(target), firings: 1 },
  ];
});

test(`of two alerts of which one follows from the other one is told, however their polls lie to each other: ${pairs.length} pairs (promtool test rules)`, () => {
  const rules = [
    waitRule(watches),
    ...coveredRules(settings, coverings),
    openRule(),
    ...judgementRules(settings),
    ...watches.map((watch) => alertOf(settings, watch)),
  ];
  const text = JSON.stringify({
    rule_files: ['rules.yaml'],
    evaluation_interval: `${stepSeconds}s`,
    tests: [
      {
        interval: `${stepSeconds}s`,
        input_series: cases.flatMap(({ series }) => series),
        promql_expr_test: cases.map(({ expr, firings }) => ({
          expr,
          eval_time: `${(steps - 1) * stepSeconds}s`,
          exp_samples: [{ labels: '{}', value: firings }],
        })),
      },
    ],
  });
  promtool(['test', 'rules', 'pairs.yaml'], {
    'rules.yaml': ruleFile([{ name: 'judged', rules }], { head: ['head'], ...settings }),
    'pairs.yaml': text,
  });
});
