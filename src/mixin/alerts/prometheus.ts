import type { Settings } from '../config.ts';
import type { WatchGroup } from '../evidence/group.ts';
import type { Metric } from '../promql.ts';
import type { AlertRule } from '../rules.ts';

/**
 * What Prometheus says of itself. Without the selector of a site: a Prometheus that scrapes itself adds no labels of an
 * environment that it watches.
 */
const own = {
  ruleFailures: metric('prometheus_rule_evaluation_failures_total', ['rule_group']),
  missedEvaluations: metric('prometheus_rule_group_iterations_missed_total', ['rule_group']),
  dropped: metric('prometheus_notifications_dropped_total', []),
  alertmanagers: metric('prometheus_notifications_alertmanagers_discovered', []),
};

function metric<const Label extends string>(name: string, labels: readonly Label[]): Metric<Label> {
  return { name, labels };
}

/** Groups of this file: the label has the path of the file in front. */
const ourGroups = '{rule_group=~".*;milink-.+"}';
const dashboard = { uid: 'milink-exporter', labels: ['job', 'instance'] } as const;
const where = 'by (job, instance)';

/** Fires for ever: who does not hear of it any more knows that the way from here to the pager is broken. */
function watchdog(): AlertRule {
  return {
    name: 'MilinkWatchdog',
    severity: 'info',
    expression: 'vector(1) > 0',
    keys: [],
    wait: '0s',
    why: 'It always fires.',
    summary: 'The alerts are on their way.',
    description:
      'This alert of {{ $externalURL }} always fires: route it to a dead man’s switch, which calls when it stops coming. docs/alerts.md says how.',
    silences: '',
    dashboard: { uid: 'milink-exporter', labels: [] },
  };
}

interface Own {
  readonly name: string;
  readonly severity: 'critical' | 'warning';
  readonly expression: string;
  readonly keys: readonly string[];
  readonly summary: string;
  readonly description: string;
}

function plain({ name, severity, expression, keys, summary, description }: Own): AlertRule {
  return {
    name,
    severity,
    expression,
    keys,
    wait: '1m',
    for: '1m',
    why: 'The window looks back a quarter of an hour already; a Prometheus that restarts is not asked in its first minute.',
    summary,
    description,
    silences: 'A Prometheus that does not scrape itself.',
    dashboard,
  };
}

/** Prometheus itself: where it fails, no other alert is told. For a Prometheus that scrapes itself or is scraped by another. */
export function prometheusAlerts(_settings: Settings): WatchGroup {
  return {
    name: 'milink-prometheus',
    watches: [],
    plain: [
      watchdog(),
      plain({
        name: 'MilinkRuleFailing',
        severity: 'critical',
        expression: `max by (job, instance, rule_group) (increase(${own.ruleFailures.name}${ourGroups}[14m53s500ms])) > 0`,
        keys: ['job', 'instance', 'rule_group'],
        summary: 'A rule of these alerts fails.',
        description:
          'Prometheus {{ $labels.instance }} could not evaluate rules of group {{ $labels.rule_group }} in the last quarter of an hour: the alerts of that group are not told. First read the error on its page /rules.',
      }),
      plain({
        name: 'MilinkRulesLate',
        severity: 'warning',
        expression: `max by (job, instance, rule_group) (increase(${own.missedEvaluations.name}${ourGroups}[14m53s500ms])) > 0`,
        keys: ['job', 'instance', 'rule_group'],
        summary: 'Rules of these alerts are evaluated late.',
        description:
          'Prometheus {{ $labels.instance }} has left out evaluations of group {{ $labels.rule_group }} in the last quarter of an hour: it has too much to do, and alerts come late. First see which group takes longest on its page /rules.',
      }),
      plain({
        name: 'MilinkNotificationsDropped',
        severity: 'critical',
        expression: [
          `max ${where} (increase(${own.dropped.name}[14m53s500ms])) > 0`,
          `or max ${where} (${own.alertmanagers.name}) == 0`,
        ].join('\n'),
        keys: ['job', 'instance'],
        summary: 'Prometheus does not reach an Alertmanager.',
        description:
          'Prometheus {{ $labels.instance }} has dropped notifications in the last quarter of an hour, or knows no Alertmanager now: alerts fire and nobody hears of them. First see which Alertmanagers its page /status lists, and its log.',
      }),
    ],
  };
}
