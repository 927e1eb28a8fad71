import { mixinConfig, settingsOf } from '../../../src/mixin/config.ts';
import { prometheusRule } from '../../../src/mixin/rule-file.ts';
import type { AlertRule } from '../../../src/mixin/rules.ts';
import { parseExpression, seconds } from './expression.ts';
import { type ResultLabels, resultLabels } from './labels.ts';
import { isAbsenceTooHasty, isComparing, lintExpression } from './lint-expression.ts';

const daySeconds = 86_400;
const forgottenForSeconds = 180;

/** What mixtool, pint and promruval say of an alert: one complaint each. */
export function lintAlert(rule: AlertRule): readonly string[] {
  return [...lintExpression(rule.expression), ...lintTiming(rule), ...lintWords(rule), ...lintTemplates(rule)];
}

function lintTiming({ expression, for: wait = '0s', wait: waits, why }: AlertRule): readonly string[] {
  const parsed = parseExpression(expression);
  const complaints = isComparing(parsed) ? [] : ['it does not compare: any series raises it'];
  if (isAbsenceTooHasty(parsed, wait)) complaints.push('absent() with a short for');
  // Prometheus restores a `for` after a restart only from ten minutes on: a longer one would be forgotten and begun anew.
  if (seconds(wait) > forgottenForSeconds) complaints.push(`for ${wait} is forgotten in a restart`);
  if (seconds(waits) > daySeconds) complaints.push(`${waits} is more than a day`);
  if (!/^[A-Z].{10,}\.$/s.test(why)) complaints.push('its wait is not explained');
  return complaints;
}

function lintWords(rule: AlertRule): readonly string[] {
  const { name, summary, description } = rule;
  const complaints: string[] = [];
  if (!/^Milink([A-Z]+[a-z0-9]+)+$/.test(name) || name.length > 40) complaints.push('its name');
  if (!/^[A-Z][^{]+\.$/.test(summary)) complaints.push('the summary is not one sentence without templates');
  if (!/\{\{.*\}\}/.test(description)) complaints.push('the description does not say what it is about');
  if (!/^(?:[A-Z]|\{\{).*\.(?:\{\{ end \}\})?$/s.test(description)) complaints.push('the description is no sentence');
  const { labels = {}, annotations = {} } = prometheusRule(rule, settingsOf(mixinConfig));
  if (/\$value/.test(Object.values(labels).join())) complaints.push('$value in a label starts the alert anew');
  for (const url of ['runbook_url', 'dashboard_url']) {
    if (!/^https?:\/\//.test(annotations[url] ?? '')) complaints.push(`no ${url}`);
  }
  return complaints;
}

function lintTemplates(rule: AlertRule): readonly string[] {
  const labels = resultLabels(parseExpression(rule.expression), () => undefined);
  const { annotations = {} } = prometheusRule(rule, settingsOf(mixinConfig));
  const text = Object.values(annotations).join('\n');
  const queries = [...text.matchAll(/printf `([^`]*)`/g)].map(([, query = '']) => query.replaceAll('%+q', '"x"'));
  return [
    ...lintLabels(text, labels ?? { sure: new Set(), possible: new Set() }),
    ...queries.flatMap((query) => lintExpression(query.replaceAll("'", '"'))),
    ...[...text.matchAll(/\$value(?! \| humanize| \d)/g)].map(() => '$value without humanize'),
  ];
}

/** A label that some series lack has to stand behind a `with` of it. */
function lintLabels(text: string, { sure, possible }: ResultLabels): readonly string[] {
  const guarded = new Set([...text.matchAll(/with \$labels\.(\w+)/g)].map(([, label = '']) => label));
  const used = new Set([...text.matchAll(/\$labels\.(\w+)/g)].map(([, label = '']) => label));
  return [...used].flatMap((label) => {
    if (!possible.has(label)) return [`$labels.${label} is never there`];
    return sure.has(label) || guarded.has(label) ? [] : [`$labels.${label} is not always there`];
  });
}
