import { type AlertRule, dashboardUrl, isAlert, type RecordingRule, type RuleGroup } from './rules.ts';

/** Where annotations lead. */
export interface AnnotationBases {
  /** The runbook of an alert is this, a slash, its name and `.md`. */
  readonly runbookBaseUrl: string;
  /** Where Grafana is read. */
  readonly grafanaBaseUrl: string;
}

/** A rule as Prometheus reads it. */
export interface PrometheusRule {
  readonly record?: string;
  readonly alert?: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A rule with the keys and in the order that Prometheus' rule files have. */
export function prometheusRule(rule: AlertRule | RecordingRule, bases: AnnotationBases): PrometheusRule {
  if (!isAlert(rule)) {
    const { labels } = rule;
    return { record: rule.record.name, expr: rule.expression, ...(labels === undefined ? {} : { labels }) };
  }
  return {
    alert: rule.name,
    expr: rule.expression,
    ...(rule.for === undefined ? {} : { for: rule.for }),
    labels: { severity: rule.severity },
    annotations: {
      summary: rule.summary,
      description: rule.description,
      runbook_url: `${bases.runbookBaseUrl}/${rule.name}.md`,
      dashboard_url: dashboardUrl(bases.grafanaBaseUrl, rule.dashboard),
    },
  };
}

/** A Prometheus rule file in YAML; `head` are its first lines, without comment signs. */
export function ruleFile(groups: readonly RuleGroup[], options: { head: readonly string[] } & AnnotationBases): string {
  return [
    ...options.head.map((line) => `# ${line}`),
    'groups:',
    ...groups.flatMap((group) => [
      `  - name: ${scalar(group.name)}`,
      ...(group.interval === undefined ? [] : [`    interval: ${group.interval}`]),
      '    rules:',
      ...group.rules.flatMap((rule) => ruleLines(rule, options)).map((line) => `      ${line}`),
    ]),
    '',
  ].join('\n');
}

function ruleLines(rule: AlertRule | RecordingRule, bases: AnnotationBases): readonly string[] {
  const lines = mappingLines(prometheusRule(rule, bases), '');
  return [
    ...wrapped(rule.why, 110).map((line) => `# ${line}`),
    ...lines.map((line, index) => `${index === 0 ? '- ' : '  '}${line}`),
  ];
}

function mappingLines(mapping: object, margin: string): readonly string[] {
  return Object.entries(mapping).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'string'
      ? entry(key, value, margin)
      : [`${margin}${key}:`, ...mappingLines(value as object, `${margin}  `)],
  );
}

/** One key of a mapping; a text of several lines, or with quotes, becomes a literal block: nothing is escaped in it. */
function entry(key: string, value: string, margin: string): readonly string[] {
  if (!/[\n"]/.test(value)) return [`${margin}${key}: ${scalar(value)}`];
  return [`${margin}${key}: |-`, ...value.split('\n').map((line) => `${margin}  ${line}`)];
}

/** A YAML scalar that is read as the same text: bare where that is beyond doubt, else in JSON's quotes, which YAML shares. */
function scalar(text: string): string {
  const isPlain =
    /^[A-Za-z][\w./ -]*(?:: ?[\w/][\w./ -]*)*$/.test(text) && !/: |\s$|^(?:true|false|null|yes|no|on|off)$/i.test(text);
  return isPlain || /^\d+[smh]$/.test(text) ? text : JSON.stringify(text);
}

function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length >= width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
