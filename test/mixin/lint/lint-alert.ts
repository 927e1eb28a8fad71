import { mixinConfig, settingsOf } from '../../../src/mixin/config.ts';
import { prometheusRule } from '../../../src/mixin/rule-file.ts';
import type { AlertRule } from '../../../src/mixin/rules.ts';
import { parseExpression, seconds } from './expression.ts';
import { type ResultLabels, resultLabels } from './labels.ts';
import { isAbsenceTooHasty, isComparing, lintExpression } from './lint-expression.ts';

const daySeconds = 86_400;

/**
 * Counters that an alert reads as they are, and why: MilinkLinkErrors counts the appearance of a number in the error log,
 * which has no series before its first entry, so that `increase` does not see it.
 */
const rawCounters: Readonly<Record<string, readonly string[]>> = { MilinkLinkErrors: ['milink_errors_total'] };

/** What mixtool, pint and promruval say of an alert: one complaint each. */
export function lintAlert(rule: AlertRule): readonly string[] {
  return [
    ...lintExpression(rule.expression, rawCounters[rule.name]),
    ...lintTiming(rule),
    ...lintWords(rule),
    ...lintTemplates(rule),
  ];
}

function lintTiming({ expression, for: wait, keepFiringFor, why }: AlertRule): readonly string[] {
  const parsed = parseExpression(expression);
  const complaints = isComparing(parsed) ? [] : ['it does not compare: any series raises it'];
  if (isAbsenceTooHasty(parsed, wait)) complaints.push('absent() with a short for');
  if (seconds(wait) === 0) complaints.push('for is 0');
  for (const duration of [wait, keepFiringFor ?? '1s']) {
    if (seconds(duration) > daySeconds) complaints.push(`${duration} is more than a day`);
  }
  if (!/\bfor(?:, keep_firing_for)?:/.test(why)) complaints.push('for is not explained');
  if (!/keep_firing_for:/.test(why)) complaints.push('keep_firing_for, or its lack, is not explained');
  return complaints;
}

function lintWords(rule: AlertRule): readonly string[] {
  const { name, summary, description } = rule;
  const complaints: string[] = [];
  if (!/^Milink([A-Z]+[a-z0-9]+)+$/.test(name) || name.length > 40) complaints.push('its name');
  if (!/^[A-Z][^{]+\.$/.test(summary)) complaints.push('the summary is not one sentence without templates');
  if (!/\{\{.*\}\}/.test(description)) complaints.push('the description does not say what it is about');
  if (!/^(?:[A-Z]|\{\{).*\.$/s.test(description)) complaints.push('the description is no sentence');
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
  const queries = [...text.matchAll(/printf "((?:[^"\\]|\\.)*)"/g)].map(([, query = '']) =>
    query.replaceAll('%q', '"x"'),
  );
  return [
    ...(labels === null ? ['it has no labels'] : lintLabels(text, labels)),
    ...queries.flatMap((query) => lintExpression(query.replaceAll("'", '"'))),
    ...[...text.matchAll(/\$value(?! \| humanize)/g)].map(() => '$value without humanize'),
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
