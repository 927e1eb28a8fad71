import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse, stringify } from 'yaml';
import { parseDuration } from '../../src/config/value/duration.ts';

const deploy = resolve(import.meta.dirname, '../../deploy');

/** Where the parts of the chain are, in place of what the shipped files name. */
export interface Places {
  /** `host:port`. */
  readonly exporter: string;
  /** `host:port`. */
  readonly alertmanager: string;
  readonly webhookUrl: string;
}

/**
 * The shipped configuration of Prometheus and Alertmanager and the shipped rules as files by name, changed in two ways only:
 * every address is one of the test, each receiver becomes a webhook, and **every duration outside of an expression** (scrape
 * and evaluation intervals, `for`, `keep_firing_for`, `group_wait`, `group_interval`, `repeat_interval`) is divided by
 * `factor`. So are the ranges of up to an hour in the expressions and the seconds that alerts wait, which stand in the recorded
 * series `milink:evidence:*`. Labels, annotations, routes and inhibitions stay as shipped, so that with factor 1 the times are
 * those of a user.
 */
export function shippedFiles(places: Places, factor: number): Readonly<Record<string, string>> {
  const rules = readdirSync(join(deploy, 'prometheus/rules')).filter((file) => file.endsWith('.yaml'));
  return {
    'prometheus.yaml': stringify(shortened(prometheus(places), factor)),
    'alertmanager.yaml': stringify(shortened(alertmanager(places), factor)),
    ...Object.fromEntries(
      rules.map((file) => [
        `rules/${file}`,
        hastened(stringify(shortened(shipped(`prometheus/rules/${file}`), factor)), factor),
      ]),
    ),
  };
}

/** The same rules in shorter time: ranges, what alerts wait, and how long something has to be seen well. */
function hastened(rules: string, factor: number): string {
  return rules
    .replaceAll(/\[((?:\d+m)(?:\d+s)?(?:\d+ms)?)\]/g, (_, range: string) => `[${dividedRange(range, factor)}]`)
    .replaceAll(/offset ((?:\d+m)(?:\d+s)?(?:\d+ms)?)/g, (_, range: string) => `offset ${dividedRange(range, factor)}`)
    .replaceAll(/vector\((\d+)\), "wait"/g, (_, seconds: string) => `vector(${Number(seconds) / factor}), "wait"`)
    .replaceAll(/>= (60|300)\b/g, (_, seconds: string) => `>= ${Number(seconds) / factor}`);
}

function dividedRange(range: string, factor: number): string {
  const units: Readonly<Record<string, number>> = { m: 60_000, s: 1000, ms: 1 };
  const parts = [...range.matchAll(/(\d+)(ms|[ms])/g)];
  const milliseconds = parts.reduce((sum, [, count, unit = '']) => sum + Number(count) * (units[unit] ?? 0), 0);
  return `${Math.max(1, Math.round(milliseconds / factor))}ms`;
}

type Mapping = Readonly<Record<string, unknown>>;

function shipped(path: string): Mapping {
  return parse(readFileSync(join(deploy, path), 'utf8'));
}

function prometheus({ exporter, alertmanager }: Places): Mapping {
  const file = shipped('prometheus/prometheus.yaml');
  const scrapes = file.scrape_configs as readonly Mapping[];
  return {
    ...file,
    alerting: { alertmanagers: [{ static_configs: [{ targets: [alertmanager] }] }] },
    scrape_configs: scrapes.map((scrape) => ({ ...scrape, static_configs: [{ targets: [exporter] }] })),
  };
}

function alertmanager({ webhookUrl }: Places): Mapping {
  const file = shipped('alertmanager/alertmanager.yaml');
  const receivers = file.receivers as readonly { readonly name: string }[];
  return { ...file, receivers: receivers.map(({ name }) => ({ name, webhook_configs: [{ url: webhookUrl }] })) };
}

const durationKeys: readonly string[] = [
  'scrape_interval',
  'scrape_timeout',
  'evaluation_interval',
  'interval',
  'for',
  'keep_firing_for',
  'group_wait',
  'group_interval',
  'repeat_interval',
];

function shortened(value: unknown, factor: number): unknown {
  if (Array.isArray(value)) return value.map((item) => shortened(item, factor));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      durationKeys.includes(key) && typeof item === 'string' ? divided(item, factor) : shortened(item, factor),
    ]),
  );
}

function divided(text: string, factor: number): string {
  const milliseconds = parseDuration(text);
  if (milliseconds === null) throw new Error(`a shipped file has the duration "${text}", which nobody here can read`);
  return `${Math.round(milliseconds / factor)}ms`;
}
