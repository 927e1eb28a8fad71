import type { Registry } from 'prom-client';
import type { ExposedFamily, Point } from './exposition.ts';

type RegistryMetric = Awaited<ReturnType<Registry['getMetricsAsJSON']>>[number];

/**
 * The registry's present values as families. prom-client never writes them itself: after one OpenMetrics answer its text
 * answers lose `_total` (15.1.3), and it knows no info and no unit.
 */
export async function exporterFamilies(registry: Registry): Promise<readonly ExposedFamily[]> {
  const metrics = await registry.getMetricsAsJSON();
  return metrics.map((metric) => ({
    name: metric.name,
    help: metric.help,
    type: typeOf(metric),
    labels: labelNames(metric),
    points: metric.values.map((value) => pointOf(metric.name, value)),
  }));
}

/** The registry gives the type as a word, whatever its declaration says. */
function typeOf({ name, type }: RegistryMetric): ExposedFamily['type'] {
  const word = String(type);
  if (word === 'counter' || word === 'histogram') return word;
  return name.endsWith('_info') ? 'info' : 'gauge';
}

/** `le` comes last, as everywhere. */
function labelNames({ values }: RegistryMetric): readonly string[] {
  const names = new Set(values.flatMap(({ labels }) => Object.keys(labels)));
  return [...names].sort((a, b) => Number(a === 'le') - Number(b === 'le'));
}

function pointOf(name: string, value: RegistryMetric['values'][number] & { metricName?: string }): Point {
  const labels = Object.entries(value.labels).map(([label, text]) => [label, String(text)]);
  return {
    suffix: value.metricName?.slice(name.length) ?? '',
    labels: Object.fromEntries(labels),
    value: value.value,
  };
}
