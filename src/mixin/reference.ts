import { type MixinConfig, settingWords } from './config.ts';
import type { AlertRule, RecordingRule, RuleGroup } from './rules.ts';

export interface AlertReference {
  readonly alerts: readonly RuleGroup<AlertRule>[];
  readonly records: readonly RuleGroup<RecordingRule>[];
  readonly config: MixinConfig;
}

const introduction = [
  '# Alerts',
  '',
  '<!-- Generated from src/mixin by `npm run generate`: edit that, not this file. -->',
  '',
  'The rules for Prometheus are in `deploy/prometheus/rules/`: load both files. `deploy/alertmanager/alertmanager.yaml` shows who should',
  'hear of what, and which alerts follow from others and are left out. **critical** wakes somebody, **warning** is work of the day,',
  '**info** is for the record. `for` is how long something has to last, `keeps` how long an alert outlives what it is about.',
  'Each alert leads to its runbook and, in `dashboard_url`, to a dashboard.',
];

/** docs/alerts.md. */
export function alertReference({ alerts, records, config }: AlertReference): string {
  return [
    ...introduction,
    ...alerts.flatMap(alertTable),
    ...settingTable(config),
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

function alertTable({ name, rules }: RuleGroup<AlertRule>): readonly string[] {
  return [
    '',
    `## ${name}`,
    '',
    '| alert | severity | for | keeps | what |',
    '|---|---|---|---|---|',
    ...rules.map(
      (rule) =>
        `| [${rule.name}](runbooks/${rule.name}.md) | ${rule.severity} | ${rule.for} | ${rule.keepFiringFor ?? ''} | ${rule.summary} |`,
    ),
  ];
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
