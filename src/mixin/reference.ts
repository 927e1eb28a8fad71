import { type Inhibition, isOn } from './alertmanager.ts';
import { type MixinConfig, settingWords } from './config.ts';
import { type AlertRule, durationSeconds, type RecordingRule, type RuleGroup } from './rules.ts';

export interface AlertReference {
  readonly alerts: readonly RuleGroup<AlertRule>[];
  readonly records: readonly RuleGroup<RecordingRule>[];
  readonly inhibitions: readonly Inhibition[];
  readonly config: MixinConfig;
}

const introduction = [
  '# Alerts',
  '',
  '<!-- Generated from src/mixin by `npm run generate`: edit that, not this file. -->',
  '',
  'The rules for Prometheus are in `deploy/prometheus/rules/`: load both files. `deploy/alertmanager/alertmanager.yaml` shows who should',
  'hear of what, and which alerts follow from others and are left out. **critical** wakes somebody, **warning** is work of the day,',
  '**info** is for the record. Each alert leads to its runbook and, in `dashboard_url`, to a dashboard. Its text names the first step and,',
  'while it is seen, since when it has been seen without a break (UTC): a quarter of an hour in which nobody looks is one, having been seen',
  'well is one. A restart of Prometheus is none.',
  '',
  'How an alert comes and goes:',
  '',
  '- **Fresh word only.** What an exporter says counts while its last poll is younger than two polls and two scrapes, by its own clock and',
  "  Prometheus'. Of two exporters that polled one server the newer poll counts.",
  '- **It waits** as long as `waits` says: one stretch that is shorter is not told. A scrape or a poll that is lost does not begin the wait',
  '  anew; having been seen well does. The wait is in the rules, as recorded series, so that a restart of Prometheus forgets nothing.',
  '- **What comes and goes is told too**: when two fifths of what was seen in a quarter of an hour was wrong (in an hour, where an alert',
  '  waits for more than 7 minutes). `at the latest` is when a fault that lasts is told, and when one is that is there half of the time.',
  '- **It ends on fresh evidence**: seen well for a minute, and not seen wrong for 8 and a half. Nobody looking is no evidence: the alert',
  '  goes on, through any gap of an exporter or of Prometheus of up to a day, says in its text when it was last seen, says after a day that',
  '  it is old, and is given up after two. A link or server that is taken out of the configuration of an exporter ends its alerts.',
  '- **One cause is told once.** An alert is not begun while one that it *follows* is seen or told of the same link, database, server or',
  '  certificate, so that it is told neither before that one nor at the recovery; what goes on when that one is over is told then. What was',
  '  told before goes on, and Alertmanager keeps it back.',
  '- `silent` is what keeps an alert silent though it is so.',
  '',
  'A poll and a scrape (15 s each, as shipped) are between an event and the rules; `group_wait` of Alertmanager comes after.',
];

/** What watches the watchers. */
const own = [
  '## Prometheus itself',
  '',
  'If Prometheus or Alertmanager fails, no alert comes, and silence looks like health. Two things tell:',
  '',
  '- **MilinkWatchdog** always fires. Send it, on a route of its own, to a dead man’s switch (healthchecks.io, Dead Man’s Snitch, PagerDuty',
  '  Heartbeat, or a cron job on another machine that calls when nothing came): `deploy/alertmanager/alertmanager.yaml` has the route.',
  '- **The group `milink-prometheus`** reads what Prometheus says of itself: rules that fail (`prometheus_rule_evaluation_failures_total`),',
  '  evaluations left out (`prometheus_rule_group_iterations_missed_total`), notifications dropped',
  '  (`prometheus_notifications_dropped_total`) and no Alertmanager known (`prometheus_notifications_alertmanagers_discovered`). It needs a',
  '  scrape of Prometheus itself, as `deploy/prometheus/prometheus.yaml` has it. Better still a second Prometheus scrapes the first one and',
  '  loads this group.',
  '',
  'Two Prometheus that watch the same exporters, each with a label `replica` under `external_labels`: drop it before Alertmanager, or each',
  'alert is two (`alert_relabel_configs: [{ regex: replica, action: labeldrop }]`). Two Alertmanagers know of each other by `--cluster.peer`,',
  'or each page is two.',
];

/** docs/alerts.md. */
export function alertReference({ alerts, records, inhibitions, config }: AlertReference): string {
  return [
    ...introduction,
    ...alerts.flatMap((group) => alertTable(group, followedIn(alerts, inhibitions))),
    ...settingTable(config),
    '',
    ...own,
    '',
    '## Recorded series',
    '',
    'For dashboards and questions; the alerts do not need them.',
    '',
    '| series | labels | what |',
    '|---|---|---|',
    ...records.flatMap(({ rules }) => rules.map(recordRow)),
    '',
  ].join('\n');
}

/** The alerts of which an alert says what follows. */
type Followed = (rule: AlertRule) => readonly AlertRule[];

function followedIn(alerts: readonly RuleGroup<AlertRule>[], inhibitions: readonly Inhibition[]): Followed {
  const all = alerts.flatMap(({ rules }) => rules);
  return (rule) => {
    const sources = inhibitions
      .filter(({ target }) => isOn(target, rule))
      .flatMap(({ source, equal }) =>
        all.filter((other) => isOn(source, other) && (!equal.includes('alertname') || other.name === rule.name)),
      );
    return [...new Set(sources)];
  };
}

function alertTable({ name, rules }: RuleGroup<AlertRule>, followed: Followed): readonly string[] {
  return [
    '',
    `## ${name}`,
    '',
    '| alert | severity | waits | at the latest | what | silent |',
    '|---|---|---|---|---|---|',
    ...rules.map((rule) => {
      const sources = followed(rule);
      const silent = [rule.silences, followsText(rule, sources)].filter((text) => text !== '').join(' ');
      return `| [${rule.name}](runbooks/${rule.name}.md) | ${rule.severity} | ${rule.wait} | ${latest(rule, sources)} | ${rule.summary} | ${silent} |`;
    }),
  ];
}

function followsText(rule: AlertRule, sources: readonly AlertRule[]): string {
  const names = sources.map(({ name, severity }) => (name === rule.name ? `the same at ${severity}` : name));
  return names.length === 0 ? '' : `Follows ${[...new Set(names)].join(', ')}.`;
}

/** A poll and a scrape, and one evaluation. */
const onTheWaySeconds = 45;

/** When a fault is told that lasts, and one that is there half of the time: by this alert, or by one that it follows and that waits longer. */
function latest({ wait, keys }: AlertRule, sources: readonly AlertRule[]): string {
  if (keys.length === 0) return 'always';
  const seconds = Math.max(...[wait, ...sources.map((source) => source.wait)].map(durationSeconds));
  const lasting = seconds + onTheWaySeconds;
  const flapping = Math.max(15, (2 * seconds) / 60);
  return `${timeText(lasting)}; ${flapping}m`;
}

function timeText(seconds: number): string {
  const rest = seconds % 60;
  return rest === 0 ? `${seconds / 60}m` : `${Math.floor(seconds / 60)}m${rest}s`;
}

function settingTable(config: MixinConfig): readonly string[] {
  return [
    '',
    '## Settings',
    '',
    'In `src/mixin/config.ts`, before `npm run generate`; for jsonnet users in `_config` of `deploy/mixin/mixin.libsonnet`.',
    '',
    '| setting | as shipped | what |',
    '|---|---|---|',
    ...Object.entries(settingWords).map(
      ([key, words]) => `| \`${key}\` | \`${JSON.stringify(config[key as keyof MixinConfig])}\` | ${words} |`,
    ),
  ];
}

function recordRow({ record, why }: RecordingRule): string {
  return `| \`${record.name}\` | ${record.labels.map((label) => `\`${label}\``).join(', ')} | ${why} |`;
}
