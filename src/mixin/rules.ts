import type { DashboardLink } from './dashboard-link.ts';
import type { Metric } from './selector.ts';

/** A Prometheus duration: `90s`, `5m`, `1h`. */
export type Duration = `${number}${'s' | 'm' | 'h'}`;

/** `critical` wakes somebody, `warning` can wait for the morning, `info` is for the record. */
export type Severity = 'critical' | 'warning' | 'info';

/** An alert as data. The same name may appear at two severities. */
export interface AlertRule {
  readonly name: string;
  readonly severity: Severity;
  /** PromQL, written with selectors of families. */
  readonly expression: string;
  readonly for: Duration;
  /** How long it goes on firing when its expression gives nothing any more. */
  readonly keepFiringFor?: Duration;
  /** Why these two durations: becomes a comment in the file. */
  readonly why: string;
  /** One sentence without templates: the subject of a message. */
  readonly summary: string;
  /** What happened to what, with templates. */
  readonly description: string;
  /** Where the next question is answered. */
  readonly dashboard: DashboardLink;
}

/** A series that Prometheus computes and keeps. */
export interface RecordingRule {
  readonly record: RecordedMetric;
  readonly expression: string;
  /** What it is for: becomes a comment in the file. */
  readonly why: string;
}

/** Its labels are what its expression keeps; `name` is `level:metric:operations`. */
export type RecordedMetric<Label extends string = string> = Metric<Label>;

/** Rules that are evaluated together, one after another. */
export interface RuleGroup<Rule = AlertRule | RecordingRule> {
  readonly name: string;
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
