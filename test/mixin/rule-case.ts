import { parse } from 'yaml';
import type { Settings } from '../../src/mixin/config.ts';
import type { AlertRule } from '../../src/mixin/rules.ts';
import { promtool } from './tool.ts';

export type Labels = Readonly<Record<string, string>>;

/** Series over time and the alerts that they must raise. */
export interface RuleCase {
  readonly name: string;
  /** The alert that the case is about. */
  readonly alert: string;
  /** Series by selector, in promtool's notation, one value per `interval`. */
  readonly series: Readonly<Record<string, string>>;
  /** Of the values, and of the evaluations, which cost time: 15 s, as shipped, unless given. */
  readonly interval?: '15s' | '1m';
  /** Of the evaluations, where the case is about less than the minute that its times are apart. */
  readonly evaluated?: '15s';
  /** All alerts of the file that fire at each time: an alert that isn't named must not fire. */
  readonly firing: Readonly<Record<string, readonly Labels[]>>;
  /** The description of the alert at one time, and what the address of its dashboard sets. */
  readonly text?: { readonly at: string; readonly labels: Labels; readonly description: string };
}

/** What promtool needs besides the cases. */
export interface PromtoolOptions {
  readonly rules: readonly AlertRule[];
  readonly settings: Settings;
}

/** An exporter that answers, in every case but those about one that doesn't. */
const answeringExporter = {
  'up{job="milink-exporter",instance="always:10522"}': '1x300',
  'milink_exporter_build_info{job="milink-exporter",instance="always:10522",version="0.1.0"}': '1x300',
};

/** The label that keeps the cases of one run apart: the rules have to know it as one that tells environments apart. */
export const caseLabel = 'case';

/**
 * Has promtool try the cases, all that need as many evaluations in one run, each as an environment of its own. `rules` have
 * `caseLabel` among their identity labels. A case about there being no exporter runs alone.
 */
export function tryCases(cases: readonly RuleCase[], rules: string, surroundings: Surroundings = {}): void {
  const aboutNothing = cases.filter(({ alert }) => alert === 'MilinkExporterAbsent');
  const others = cases.filter((each) => !aboutNothing.includes(each));
  for (const [seconds, evaluated] of Map.groupBy(others, evaluationSeconds)) {
    const byInterval = Map.groupBy(evaluated, ({ interval = '15s' }) => interval);
    tryTogether([...byInterval.values()].flatMap(cheapestBatches), seconds);
  }
  for (const each of aboutNothing) tryTogether([[each]], evaluationSeconds(each));

  function tryTogether(batches: readonly (readonly RuleCase[])[], seconds: number): void {
    const tests = batches.map((batch) => batchTest(batch, surroundings));
    const files = {
      'rules.yaml': withoutTexts(rules),
      'cases.yaml': JSON.stringify({ rule_files: ['rules.yaml'], evaluation_interval: `${seconds}s`, tests }),
    };
    promtool(['test', 'rules', 'cases.yaml'], files);
  }
}

/** Of promtool 2.42: one evaluation of all rules costs as much as so many cases in it (49 and 3.7 ms). */
const casesPerEvaluation = 13;

/** Every case is evaluated until the last of its batch ends: those that end about when each other do go together. */
function cheapestBatches(cases: readonly RuleCase[]): readonly (readonly RuleCase[])[] {
  const sorted = cases.toSorted((one, other) => endSeconds(one) - endSeconds(other));
  // The cheapest way for the first so many of them.
  const ways: { readonly cost: number; readonly batches: readonly (readonly RuleCase[])[] }[] = [
    { cost: 0, batches: [] },
  ];
  for (const [index, last] of sorted.entries()) {
    const choices = ways.map(({ cost, batches }, from) => ({
      cost: cost + endSeconds(last) * (casesPerEvaluation + index + 1 - from),
      batches: [...batches, sorted.slice(from, index + 1)],
    }));
    ways.push(choices.reduce((best, each) => (each.cost < best.cost ? each : best)));
  }
  return ways.at(-1)?.batches ?? [];
}

/** The rules as far as they decide what fires: texts that nobody reads cost queries at each evaluation. JSON is YAML. */
export function withoutTexts(rules: string): string {
  const { groups } = parse(rules) as { readonly groups: readonly { readonly rules: readonly object[] }[] };
  const bare = (rule: object): object => ({ ...rule, annotations: undefined });
  return JSON.stringify({ groups: groups.map((group) => ({ ...group, rules: group.rules.map(bare) })) });
}

/** How often a case needs the rules: 15 s is what is shipped, and evaluations are what a run costs. */
function evaluationSeconds({ interval, evaluated, firing }: RuleCase): 15 | 30 | 60 | 300 {
  if (evaluated !== undefined) return 15;
  const times = Object.keys(firing).map(secondsOf);
  if (interval === '1m' && Math.max(...times) > 6000 && times.every((seconds) => seconds % 300 === 0)) return 300;
  if (interval === '1m' || times.every((seconds) => seconds % 60 === 0)) return 60;
  return times.every((seconds) => seconds % 30 === 0) ? 30 : 15;
}

const endSeconds = ({ firing }: RuleCase): number => Math.max(...Object.keys(firing).map(secondsOf));

const secondsIn: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

function secondsOf(time: string): number {
  return [...time.matchAll(/(\d+)([smhd])/g)].reduce(
    (sum, [, n, unit = '']) => sum + Number(n) * (secondsIn[unit] ?? 0),
    0,
  );
}

/** What stands around the cases in a Prometheus that is set up otherwise than the shipped one. */
export interface Surroundings {
  /** Labels of every scraped series. */
  readonly series?: Labels;
  /** Those of them that the alerts keep. */
  readonly alerts?: Labels;
  /** Labels of a second copy of every series, all of whose values are NaN. */
  readonly strangers?: Labels;
}

/** What promtool's unit tests take. JSON is YAML. */
function batchTest(cases: readonly RuleCase[], { series: added = {}, alerts = {}, strangers }: Surroundings): object {
  return {
    interval: cases[0]?.interval ?? '15s',
    input_series: cases.flatMap((each) =>
      Object.entries(seriesOf(each)).flatMap(([selector, values]) => {
        const series = withLabel(selector, each.alert === 'MilinkExporterAbsent' ? '' : each.name);
        const own = [{ series: withLabels(series, added), values }];
        return strangers === undefined
          ? own
          : [...own, { series: withLabels(series, strangers), values: Array(300).fill('NaN').join(' ') }];
      }),
    ),
    promql_expr_test: cases.flatMap((each) => expectations(each, alerts)),
  };
}

function seriesOf({ alert, series, interval = '15s' }: RuleCase): RuleCase['series'] {
  const seconds = interval === '1m' ? 60 : 15;
  const names = Object.keys(series);
  /** A case names what it is about: each server in it was polled just now by the exporter that speaks of it, unless it says else. */
  const polled = new Map<string, string>();
  for (const name of names.filter((each) => each.startsWith('milink_') && !each.startsWith('milink_exporter_'))) {
    const target = targetOf(name);
    if (
      names.some(
        (each) => /^milink_(?:up|last_poll_timestamp_seconds)\{/.test(each) && instanceOf(each) === instanceOf(name),
      )
    )
      continue;
    const [, server = 'any'] = /[{,]server="([^"]*)"/.exec(name) ?? [];
    polled.set(`milink_last_poll_timestamp_seconds{${target},server="${server}"}`, `0+${seconds}x300`);
    polled.set(`milink_up{${target},server="${server}"}`, '1x300');
  }
  const others = ['MilinkExporterDown', 'MilinkExporterAbsent'].includes(alert) ? {} : answeringExporter;
  return { ...others, ...Object.fromEntries(polled), ...series };
}

const instanceOf = (series: string): string | undefined => /[{,]instance="([^"]*)"/.exec(series)?.[1];

/** Whose word a series is, as matchers. */
function targetOf(series: string): string {
  return ['job', 'instance']
    .map((label) => `${label}="${new RegExp(`[{,]${label}="([^"]*)"`).exec(series)?.[1] ?? ''}"`)
    .join(',');
}

function withLabel(selector: string, name: string): string {
  if (name === '') return selector;
  return selector.replace(/\{/, `{${caseLabel}=${JSON.stringify(name)},`);
}

function withLabels(selector: string, labels: Labels): string {
  const text = Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)},`);
  return selector.replace('{', () => `{${text.join('')}`);
}

function expectations({ name, alert, firing }: RuleCase, kept: Labels): readonly object[] {
  const own = alert === 'MilinkExporterAbsent' ? {} : { ...kept, [caseLabel]: name };
  const matcher = alert === 'MilinkExporterAbsent' ? '' : `,${caseLabel}=${JSON.stringify(name)}`;
  return Object.entries(firing).map(([at, alerts]) => ({
    expr: `ALERTS{alertstate="firing",alertname!="MilinkWatchdog"${matcher}}`,
    eval_time: at,
    exp_samples: alerts.map((labels) => ({
      labels: seriesText('ALERTS', { ...labels, ...own, alertstate: 'firing' }),
      value: 1,
    })),
  }));
}

/** Has promtool read the texts of the cases that have one, each in a run of its own: promtool compares all alerts of a name. */
export function readTexts(cases: readonly RuleCase[], rules: string, options: PromtoolOptions): void {
  const tests = cases.flatMap((each) =>
    each.text === undefined
      ? []
      : [
          {
            name: each.name,
            interval: each.interval ?? '15s',
            input_series: Object.entries(seriesOf(each)).map(([selector, values]) => ({ series: selector, values })),
            alert_rule_test: [textTest({ ...each, text: each.text }, options)],
          },
        ],
  );
  const text = JSON.stringify({ rule_files: ['rules.yaml'], evaluation_interval: '1m', tests });
  const own = rulesOf(rules, new Set(cases.map(({ alert }) => alert)));
  promtool(['test', 'rules', 'texts.yaml'], { 'rules.yaml': own, 'texts.yaml': text });
}

/** What these alerts stand on: the text of one says nothing of the others, and each costs evaluations. */
function rulesOf(rules: string, alerts: ReadonlySet<string>): string {
  const { groups } = parse(rules) as { readonly groups: readonly { readonly rules: readonly Rule[] }[] };
  const isOwn = (rule: Rule): boolean => {
    const name = rule.alert ?? rule.labels?.alert?.split(' ')[0];
    return name === undefined || alerts.has(name);
  };
  return JSON.stringify({ groups: groups.map((group) => ({ ...group, rules: group.rules.filter(isOwn) })) });
}

interface Rule {
  readonly alert?: string;
  /** Evidence names the alert that it is for, and its severity. */
  readonly labels?: { readonly alert?: string };
}

function textTest({ alert, text }: Required<Pick<RuleCase, 'alert' | 'text'>>, options: PromtoolOptions): object {
  const { alertname: _, ...labels } = text.labels;
  const { runbookBaseUrl, grafanaBaseUrl } = options.settings;
  const rule = options.rules.find(({ name, severity }) => name === alert && severity === text.labels.severity);
  const variables = (rule?.dashboard.labels ?? []).flatMap((label) =>
    labels[label] === undefined ? [] : ([[`var-${label}`, labels[label]]] as const),
  );
  const query = new URLSearchParams({ from: 'now-3h', ...Object.fromEntries(variables) });
  const annotations = {
    summary: rule?.summary,
    description: text.description,
    runbook_url: `${runbookBaseUrl}/${alert}.md`,
    dashboard_url: `${grafanaBaseUrl}/d/${rule?.dashboard.uid}?${query}`,
  };
  return { eval_time: text.at, alertname: alert, exp_alerts: [{ exp_labels: labels, exp_annotations: annotations }] };
}

/** A series as promtool's input has it. */
export function seriesText(name: string, labels: Labels): string {
  return `${name}{${Object.entries(labels)
    .map(([label, value]) => `${label}=${JSON.stringify(value)}`)
    .join(',')}}`;
}

/** Writers of the series of one link as the exporter at `a:10522` has them, unless told otherwise. */
export const identity = { link: 'DAG_Sales', managed_instance: 'mi-prod' };

export function linkSeries(name: string, labels: Labels): string {
  return seriesText(name, { instance: 'a:10522', ...identity, ...labels });
}
