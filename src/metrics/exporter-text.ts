import type { Registry } from 'prom-client';
import { type ExposedFamily, exposeLines, type Format, familyHead, type Point } from './exposition.ts';

type RegistryMetric = Awaited<ReturnType<Registry['getMetricsAsJSON']>>[number];

/** The part of a family that stays as it is. */
interface Written extends Omit<ExposedFamily, 'points' | 'labels'> {
  readonly heads: Readonly<Record<Format, string>>;
}

/**
 * Writes a registry's present values. prom-client never writes them itself: after one OpenMetrics answer its text
 * answers lose `_total` (15.1.3), and it knows no info and no unit.
 */
export function createExporterText(registry: Registry): (format: Format) => Promise<string> {
  const known = new Map<string, Written>();
  return async (format) => {
    let text = '';
    for (const metric of await registry.getMetricsAsJSON()) {
      const written = known.get(metric.name) ?? writtenOf(metric);
      known.set(metric.name, written);
      const labels = labelNames(metric);
      const lines = exposeLines(
        { name: written.name, labels, points: metric.values.map(pointOf(written.name)) },
        format,
      );
      if (lines.series > 0) text += written.heads[format] + lines.text;
    }
    return text;
  };
}

function writtenOf(metric: RegistryMetric): Written {
  const family = { name: metric.name, help: metric.help, type: typeOf(metric), labels: [] };
  return { ...family, heads: { text: familyHead(family, 'text'), openmetrics: familyHead(family, 'openmetrics') } };
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
function textsOf(labels: RegistryMetric['values'][number]['labels']): Readonly<Record<string, string>> {
  return 'le' in labels ? { ...labels, le: String(labels.le) } : (labels as Readonly<Record<string, string>>);
}

type Value = RegistryMetric['values'][number] & { readonly metricName?: string };

function pointOf(name: string): (value: Value) => Point {
  return ({ labels, value, metricName }) => ({
    suffix: metricName?.slice(name.length) ?? '',
    labels: textsOf(labels),
    value,
  });
}
