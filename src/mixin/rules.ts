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
}

/** Rules that are evaluated together, one after another. */
export interface RuleGroup {
  readonly name: string;
  readonly rules: readonly AlertRule[];
}

export interface RuleFileOptions {
  /** First lines, without comment signs. */
  readonly head: readonly string[];
  /** The runbook of an alert is this, a slash, its name and `.md`. */
  readonly runbookBaseUrl: string;
}

/** A Prometheus rule file in YAML. */
export function ruleFile(groups: readonly RuleGroup[], { head, runbookBaseUrl }: RuleFileOptions): string {
  return [
    ...head.map((line) => `# ${line}`),
    'groups:',
    ...groups.flatMap((group) => [
      `  - name: ${scalar(group.name)}`,
      '    rules:',
      ...group.rules.flatMap((rule) => ruleLines(rule, runbookBaseUrl)).map((line) => `      ${line}`),
    ]),
    '',
  ].join('\n');
}

function ruleLines(rule: AlertRule, runbookBaseUrl: string): readonly string[] {
  return [
    ...wrapped(rule.why, 110).map((line) => `# ${line}`),
    `- alert: ${scalar(rule.name)}`,
    ...entry('expr', rule.expression, 2),
    ...entry('for', rule.for, 2),
    ...(rule.keepFiringFor === undefined ? [] : entry('keep_firing_for', rule.keepFiringFor, 2)),
    '  labels:',
    ...entry('severity', rule.severity, 4),
    '  annotations:',
    ...entry('summary', rule.summary, 4),
    ...entry('description', rule.description, 4),
    ...entry('runbook_url', `${runbookBaseUrl}/${rule.name}.md`, 4),
  ];
}

/** One key of a mapping; a text of several lines, or with quotes, becomes a literal block: nothing is escaped in it. */
function entry(key: string, value: string, indent: number): readonly string[] {
  const margin = ' '.repeat(indent);
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
