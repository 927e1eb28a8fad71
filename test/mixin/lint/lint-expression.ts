import { type Call, type Expression, parseExpression, type Selector, seconds, walk } from './expression.ts';
import { resultLabels } from './labels.ts';
import { knownMetrics } from './metrics.ts';

/** `scrape_interval` of the shipped Prometheus configuration. */
export const scrapeSeconds = 15;

const comparisons = ['==', '!=', '>', '<', '>=', '<='];
const ofCounters = ['rate', 'increase', 'resets'];
const ofGauges = ['deriv', 'delta', 'predict_linear', 'idelta'];
const stableFunctions = [
  'count_over_time',
  'label_replace',
  'timestamp',
  'vector',
  ...ofCounters,
  ...ofGauges,
  'absent',
  'clamp_min',
  'last_over_time',
  'max_over_time',
  'min_over_time',
  'sum_over_time',
  'clamp_max',
  'time',
];
const fourWeeksSeconds = 4 * 7 * 86_400;
/** Recorded every ten minutes so that a quarter of a year can be looked at. */
const sums = /_(?:sum|count)10m$/;

/** What pint, promruval and mixtool say of an expression. Raw counters may be read where `rawCounters` names them. */
export function lintExpression(text: string, rawCounters: readonly string[] = []): readonly string[] {
  const complaints: string[] = [];
  const expression = parseExpression(text);
  resultLabels(expression, (complaint) => complaints.push(complaint));
  for (const [part, around] of walk(expression)) {
    if (part.kind === 'selector') complaints.push(...lintSelector(part, around, rawCounters));
    if (part.kind === 'call' && !stableFunctions.includes(part.name)) complaints.push(`${part.name} is not for rules`);
    if (part.kind === 'aggregation') {
      if (['topk', 'bottomk'].includes(part.operator)) complaints.push(`${part.operator} comes and goes`);
      if (part.by.length === 0 || part.isWithout) complaints.push(`${part.operator} does not say by what`);
      if (isDivided(part.operand)) complaints.push('a division in an aggregation may be NaN');
    }
  }
  return complaints;
}

function isDivided(expression: Expression): boolean {
  return [...walk(expression)].some(([part]) => part.kind === 'binary' && part.operator === '/');
}

function lintSelector(selector: Selector, around: readonly Expression[], raw: readonly string[]): readonly string[] {
  const { metric, rangeSeconds, offsetSeconds } = selector;
  const known = knownMetrics.get(metric);
  if (known === undefined) return [`${metric} is no metric of the exporter and not recorded`];
  const calls = around.filter((part): part is Call => part.kind === 'call').map(({ name }) => name);
  const complaints = lintMatchers(selector, known.labels);
  const isRate = calls.some((name) => ofCounters.includes(name));
  const isTrend = calls.some((name) => ofGauges.includes(name));
  if (known.type === 'counter' && !isRate && !raw.includes(metric)) complaints.push(`${metric} is a raw counter`);
  if (known.type === 'counter' && isTrend) complaints.push(`${metric} is a counter, with a function of gauges`);
  if (known.type !== 'counter' && isRate) complaints.push(`${metric} is no counter, with a function of counters`);
  if (rangeSeconds !== null && rangeSeconds < Math.max(60, 2 * scrapeSeconds))
    complaints.push(`${metric}: short range`);
  if ((rangeSeconds ?? 0) + offsetSeconds > fourWeeksSeconds && !sums.test(metric))
    complaints.push(`${metric} looks too far back`);
  return complaints;
}

function lintMatchers({ metric, matchers }: Selector, labels: readonly string[]): string[] {
  return matchers.flatMap(({ label, operator, value }) => {
    if (!labels.includes(label)) return [`${metric} has no label ${label}`];
    if (!operator.endsWith('~')) return [];
    if (/^\^|\$$/.test(value)) return [`${label}${operator}"${value}": anchors are there already`];
    return /[.*+?|[\](){}\\]/.test(value) ? [] : [`${label}${operator}"${value}" needs no regular expression`];
  });
}

/** Whether it is more than the presence of series: it compares, or asks for absence. Each half of an `or` has to. */
export function isComparing(expression: Expression): boolean {
  if (expression.kind === 'binary' && expression.operator === 'or') {
    return isComparing(expression.left) && isComparing(expression.right);
  }
  return [...walk(expression)].some(
    ([part]) =>
      (part.kind === 'binary' && comparisons.includes(part.operator)) ||
      (part.kind === 'call' && part.name === 'absent'),
  );
}

/** `for` of an alert that asks for absence: shorter, one lost scrape would do. */
export function isAbsenceTooHasty(expression: Expression, duration: string): boolean {
  const asks = [...walk(expression)].some(([part]) => part.kind === 'call' && part.name === 'absent');
  return asks && seconds(duration) < 2 * scrapeSeconds;
}
