import type { AlertRule } from '../../src/mixin/rules.ts';

export type Labels = Readonly<Record<string, string>>;

/** Series over time and the alerts that they must raise; promtool evaluates the rules every 15 seconds. */
export interface RuleCase {
  readonly name: string;
  /** The alert that the case is about. */
  readonly alert: string;
  /** Series by selector, in promtool's notation, one value per `interval`. */
  readonly series: Readonly<Record<string, string>>;
  readonly interval?: string;
  /** All alerts of the file that fire at each time: an alert that isn't named must not fire. */
  readonly firing: Readonly<Record<string, readonly Labels[]>>;
  /** The description of the alert at one time. */
  readonly text?: { readonly at: string; readonly labels: Labels; readonly description: string };
}

/** An exporter that answers, in every case but those about one that doesn't. */
const answeringExporter = {
  'up{job="milink-exporter",instance="always:10522"}': '1x300',
  'milink_exporter_build_info{job="milink-exporter",instance="always:10522",version="0.1.0"}': '1x300',
};

/** What promtool's unit tests take. JSON is YAML. */
export function promtoolTest(
  cases: readonly RuleCase[],
  rules: readonly AlertRule[],
  options: { ruleFile: string; runbookBaseUrl: string },
): string {
  return JSON.stringify({
    rule_files: [options.ruleFile],
    evaluation_interval: '15s',
    tests: cases.map(({ name, series, interval = '15s', firing, ...rest }) => ({
      name,
      interval,
      input_series: Object.entries({
        ...(rest.alert === 'MilinkExporterDown' ? {} : answeringExporter),
        ...series,
      }).map(([selector, values]) => ({ series: selector, values })),
      promql_expr_test: Object.entries(firing).map(([at, alerts]) => ({
        expr: 'ALERTS{alertstate="firing"}',
        eval_time: at,
        exp_samples: alerts.map((labels) => ({
          labels: `ALERTS${labelText({ ...labels, alertstate: 'firing' })}`,
          value: 1,
        })),
      })),
      alert_rule_test:
        rest.text === undefined ? [] : [textTest({ ...rest, text: rest.text }, rules, options.runbookBaseUrl)],
    })),
  });
}

function textTest(
  { alert, text }: Required<Pick<RuleCase, 'alert' | 'text'>>,
  rules: readonly AlertRule[],
  base: string,
): object {
  const { alertname: _, ...labels } = text.labels;
  const summary = rules.find(({ name }) => name === alert)?.summary ?? '';
  const annotations = { summary, description: text.description, runbook_url: `${base}/${alert}.md` };
  return { eval_time: text.at, alertname: alert, exp_alerts: [{ exp_labels: labels, exp_annotations: annotations }] };
}

function labelText(labels: Labels): string {
  return `{${Object.entries(labels)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(',')}}`;
}
