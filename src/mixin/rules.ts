import type { Metric } from './promql.ts';

/** A Prometheus duration: `90s`, `5m`, `1h`. */
export type Duration = `${number}${'s' | 'm' | 'h'}`;

/** `critical` wakes somebody, `warning` can wait for the morning, `info` is for the record. */
export type Severity = 'critical' | 'warning' | 'info';

/** An alert as data. The same name may appear at two severities. */
export interface AlertRule {
  readonly name: string;
  readonly severity: Severity;
  /** PromQL, written with selectors of families and of what is recorded. */
  readonly expression: string;
  /** The labels that it is told by, beside those that tell environments apart. */
  readonly keys: readonly string[];
  /** How long what it is about has to last. In the expression where it is judged by evidence, else as `for`. */
  readonly wait: Duration;
  /** `for` in the rule file: only of alerts about Prometheus itself, at most three minutes, which Prometheus forgets in a restart. */
  readonly for?: Duration;
  /** Why it waits that long: becomes a comment in the file. */
  readonly why: string;
  /** One sentence without templates: the subject of a message. */
  readonly summary: string;
  /** What happened to what, and the first step, with templates. */
  readonly description: string;
  /** What keeps it silent though it is so, for docs/alerts.md; empty where nothing does. */
  readonly silences: string;
  /** Where the next question is answered. */
  readonly dashboard: DashboardLink;
}

/** A series that Prometheus computes and keeps. */
export interface RecordingRule {
  readonly record: RecordedMetric;
  readonly expression: string;
  /** Labels that the rule adds. */
  readonly labels?: Readonly<Record<string, string>>;
  /** The labels that the expression keeps where the record has more, since other rules record it too. */
  readonly keys?: readonly string[];
  /** What it is for: becomes a comment in the file. */
  readonly why: string;
}

/** Its labels are what its expression keeps; `name` is `level:metric:operations`. */
export type RecordedMetric<Label extends string = string> = Metric<Label>;

/** Rules that are evaluated together, one after another. */
export interface RuleGroup<Rule = AlertRule | RecordingRule> {
  readonly name: string;
  /** How often; as often as Prometheus evaluates all else unless given. */
  readonly interval?: Duration;
  readonly rules: readonly Rule[];
}

/** Whether a rule raises an alert; else it records a series. */
export function isAlert(rule: AlertRule | RecordingRule): rule is AlertRule {
  return 'severity' in rule;
}

/** Names a recorded series as Prometheus' guide has it: what it is kept by, the metric that it comes from, and what was done. */
export function recorded<const Label extends string>(
  level: string,
  metric: Metric,
  definition: { readonly operation: string; readonly labels: readonly Label[] },
): RecordedMetric<Label> {
  return { name: `${level}:${metric.name}:${definition.operation}`, labels: definition.labels };
}

const unitSeconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 };

/** Seconds of a duration. */
export function durationSeconds(duration: Duration): number {
  return Number(duration.slice(0, -1)) * (unitSeconds[duration.slice(-1)] ?? Number.NaN);
}

/** The dashboards that alerts lead to, by their uid. */
type DashboardUid =
  | 'milink-links'
  | 'milink-link'
  | 'milink-seeding'
  | 'milink-certificates'
  | 'milink-azure'
  | 'milink-exporter';

/** Labels that are variables of the dashboards too. */
type VariableLabel = 'job' | 'instance' | 'server' | 'link' | 'managed_instance' | 'database';

/** A dashboard with some of its variables set to the labels of the alert. */
export interface DashboardLink {
  readonly uid: DashboardUid;
  readonly labels: readonly VariableLabel[];
}

/**
 * The address of a dashboard as a template of an annotation. `urlquery` is Go's: names of links may hold blanks and
 * signs. An alert without the label leaves the variable as the dashboard has it.
 */
export function dashboardUrl(grafanaBaseUrl: string, { uid, labels }: DashboardLink): string {
  const variables = labels.map((label) => `{{ with $labels.${label} }}&var-${label}={{ . | urlquery }}{{ end }}`);
  return `${grafanaBaseUrl}/d/${uid}?from=now-3h${variables.join('')}`;
}
