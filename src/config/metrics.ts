import type { MetricsConfig } from './config.ts';
import { metricsSchema } from './schema.ts';
import { type Context, type Located, type Mapping, readMapping, readNames } from './value/mapping.ts';
import { nearest, show } from './value/wording.ts';

interface Lists {
  readonly include: null;
  readonly exclude: null;
}

/** Whether a family is published. */
export function isPublished({ include, exclude }: MetricsConfig, family: string): boolean {
  return include.length > 0 ? include.includes(family) : !exclude.includes(family);
}

/** Reads which families are published; null when all are. */
export function readMetrics(at: Located | null, context: Context): MetricsConfig | null {
  if (at === null) return null;
  const { report } = context;
  const mapping = readMapping(metricsSchema, at, report);
  if (mapping.given('include') !== null && mapping.given('exclude') !== null)
    report(at.path, at.line, 'give include or exclude, not both');
  const config = { include: namesIn(mapping, 'include', context), exclude: namesIn(mapping, 'exclude', context) };
  warnOfAlerts(config, at, context);
  return config;
}

function namesIn(mapping: Mapping<Lists>, key: keyof Lists, { report, families }: Context): readonly string[] {
  return readNames(mapping, key, report).flatMap(({ name, path, line }) => {
    if (families === undefined || families.names.includes(name)) return [name];
    const close = nearest(name, families.names);
    const hint = close === null ? 'docs/metrics.md has the list' : `did you mean ${close}?`;
    report(path, line, `${show(name)} is no metric of this exporter: ${hint}`);
    return [];
  });
}

/** An alert whose series are missing is silent, or says that something is gone. */
function warnOfAlerts(config: MetricsConfig, at: Located, { warn, families }: Context): void {
  const missed = (families?.neededByAlerts ?? []).filter((name) => !isPublished(config, name));
  if (missed.length === 0) return;
  const path = `${at.path}.${config.include.length > 0 ? 'include' : 'exclude'}`;
  const some = missed.slice(0, 5).join(', ');
  const more = missed.length > 5 ? ` and ${missed.length - 5} more` : '';
  warn({ path, message: `the shipped alerts need ${some}${more}: without them they are silent, or wrong` });
}
