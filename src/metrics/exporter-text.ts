import type { Registry } from 'prom-client';
import { type ExposedFamily, type Format, familyHead, type Point, seriesText } from './exposition.ts';

type RegistryMetric = Awaited<ReturnType<Registry['getMetricsAsJSON']>>[number];

type Value = RegistryMetric['values'][number] & { readonly metricName?: string };

/** What stays as it is of a line: all but its value. */
interface Line {
  readonly metricName: string | undefined;
  readonly labels: Value['labels'];
  readonly series: Readonly<Record<Format, string>>;
}

/** The part of a family that stays as it is. */
interface Written {
  readonly heads: Readonly<Record<Format, string>>;
  /** In the order of the values, which are only ever added. */
  readonly lines: Line[];
}

/**
 * Writes a registry's present values. prom-client never writes them itself: after one OpenMetrics answer its text
 * answers lose `_total` (15.1.3), and it knows no info and no unit. Names and labels are written once: they are most of it.
 */
export function createExporterText(registry: Registry): (format: Format) => Promise<string> {
  const known = new Map<string, Written>();
  return async (format) => {
    let text = '';
    for (const metric of await registry.getMetricsAsJSON()) {
      const written = known.get(metric.name) ?? writtenOf(metric);
      known.set(metric.name, written);
      const lines = linesOf(metric, written, format);
      if (lines !== '') text += written.heads[format] + lines;
    }
    return text;
  };
}

function linesOf(metric: RegistryMetric, { lines }: Written, format: Format): string {
  let text = '';
  for (const [index, value] of metric.values.entries()) {
    const former = lines[index];
    const line = former !== undefined && isLineOf(former, value) ? former : lineOf(metric, value);
    lines[index] = line;
    // NaN would claim to be a measurement.
    if (Number.isFinite(value.value)) text += `${line.series[format]} ${value.value}\n`;
  }
  return text;
}

function isLineOf({ metricName, labels }: Line, value: Value): boolean {
  if (labels === value.labels) return metricName === value.metricName;
  let count = 0;
  for (const name in value.labels) {
    if (value.labels[name] !== labels[name]) return false;
    count += 1;
  }
  return metricName === value.metricName && count === Object.keys(labels).length;
}

function lineOf(metric: RegistryMetric, value: Value): Line {
  const { metricName } = value;
  const family = { name: metric.name, labels: labelNames(metric) };
  const labels = { ...value.labels };
  const point: Point = { suffix: metricName?.slice(metric.name.length) ?? '', labels: textsOf(labels), value: 0 };
  const series = { text: seriesText(family, point, 'text'), openmetrics: seriesText(family, point, 'openmetrics') };
  return { metricName, labels, series };
}

function writtenOf(metric: RegistryMetric): Written {
  const family = { name: metric.name, help: metric.help, type: typeOf(metric), labels: [] };
  return { heads: { text: familyHead(family, 'text'), openmetrics: familyHead(family, 'openmetrics') }, lines: [] };
}

/** The registry gives the type as a word, whatever its declaration says. */
function typeOf({ name, type }: RegistryMetric): ExposedFamily['type'] {
  const word = String(type);
  if (word === 'counter' || word === 'histogram') return word;
  // What is read from the system is set, not counted up.
  if (name.endsWith('_seconds_total')) return 'counter';
  return name.endsWith('_info') ? 'info' : 'gauge';
}

/** `le` comes last, as everywhere. */
function labelNames({ values }: RegistryMetric): readonly string[] {
  const names = new Set<string>();
  for (const { labels } of values) for (const name of Object.keys(labels)) names.add(name);
  return names.size < 2 ? [...names] : [...names].sort((a, b) => Number(a === 'le') - Number(b === 'le'));
}

/** The bounds of buckets are numbers. */
function textsOf(labels: Value['labels']): Readonly<Record<string, string>> {
  return 'le' in labels ? { ...labels, le: String(labels.le) } : (labels as Readonly<Record<string, string>>);
}
