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
  readonly interval?: '1m';
  /** All alerts of the file that fire at each time: an alert that isn't named must not fire. */
  readonly firing: Readonly<Record<string, readonly Labels[]>>;
  /** The description of the alert at one time, and what the address of its dashboard sets. */
  readonly text?: { readonly at: string; readonly labels: Labels; readonly description: string };
}

/** What promtool needs besides the cases. */
export interface PromtoolOptions {
  /** Groups in the order of the file: promtool has none of its own. */
  readonly groups: readonly string[];
  readonly rules: readonly AlertRule[];
  readonly settings: Settings;
}

/** An exporter that answers, in every case but those about one that doesn't. */
const answeringExporter = {
  'up{job="milink-exporter",instance="always:10522"}': '1x300',
  'milink_exporter_build_info{job="milink-exporter",instance="always:10522",version="0.1.0"}': '1x300',
};

const aboutNoExporter = ['MilinkExporterDown', 'MilinkExporterAbsent'];

/** Has promtool try the cases, those of one interval in one file. */
export function tryCases(cases: readonly RuleCase[], rules: string, options: PromtoolOptions): void {
  const byInterval = Map.groupBy(cases, ({ interval = '15s' }) => interval);
  const files = [...byInterval].map(([interval, own]) => [`${interval}.yaml`, promtoolTest(own, interval, options)]);
  const names = files.map(([name = '']) => name);
  promtool(['test', 'rules', ...names], { 'rules.yaml': rules, ...Object.fromEntries(files) });
}

/** What promtool's unit tests take. JSON is YAML. */
function promtoolTest(cases: readonly RuleCase[], interval: string, options: PromtoolOptions): string {
  return JSON.stringify({
    rule_files: ['rules.yaml'],
    evaluation_interval: interval,
    group_eval_order: options.groups,
    tests: cases.map(({ name, series, interval: _, firing, ...rest }) => ({
      name,
      interval,
      input_series: Object.entries({
        ...(aboutNoExporter.includes(rest.alert) ? {} : answeringExporter),
        ...series,
      }).map(([selector, values]) => ({ series: selector, values })),
      promql_expr_test: Object.entries(firing).map(([at, alerts]) => ({
        expr: 'ALERTS{alertstate="firing"}',
        eval_time: at,
        exp_samples: alerts.map((labels) => ({
          labels: seriesText('ALERTS', { ...labels, alertstate: 'firing' }),
          value: 1,
        })),
      })),
      alert_rule_test: rest.text === undefined ? [] : [textTest({ ...rest, text: rest.text }, options)],
    })),
  });
}

function textTest({ alert, text }: Required<Pick<RuleCase, 'alert' | 'text'>>, options: PromtoolOptions): object {
  const { alertname: _, ...labels } = text.labels;
  const { runbookBaseUrl, grafanaBaseUrl } = options.settings;
  const rule = options.rules.find(({ name }) => name === alert);
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
