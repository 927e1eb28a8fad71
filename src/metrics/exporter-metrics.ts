import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { exporterDefinitions as definitions, type ExporterDefinition } from './exporter-definitions.ts';
import { createExporterText } from './exporter-text.ts';
import type { Exposition, Format } from './exposition.ts';
import { addProcessMetrics, type LoopLag } from './process-metrics.ts';

/** What the program says of its own build. */
export interface Build {
  readonly version: string;
  readonly revision: string;
  readonly nodeVersion: string;
}

/** The part of the configuration that this exporter polls. */
export interface ShardNumbers {
  readonly ordinal: number;
  readonly total: number;
}

/** One answered HTTP request; `handler` is the route's path or `other`. */
export interface AnsweredRequest {
  readonly handler: string;
  readonly code: number;
  readonly durationSeconds: number;
}

/** What is measured elsewhere in the exporter and read when the page is made. */
export interface ExporterReadings {
  /** How late the event loop has been in all, in seconds. */
  readonly loopLateSeconds: () => number;
  readonly loopLag: () => LoopLag | null;
}

/** What happens in the exporter itself, counted. */
export interface ExporterMetrics {
  /** Everything as it is now, in lines. */
  readonly text: (format: Format) => Promise<string>;
  readonly requestAnswered: (request: AnsweredRequest) => void;
  /** The configuration was loaded; `isGood` is false when it was refused and the former one stays. */
  readonly configLoaded: (isGood: boolean, timestampSeconds: number) => void;
  /** What happens was written to `history.path`, or could not be. */
  readonly historyWritten: (isGood: boolean) => void;
  readonly pageRendered: (format: Format, exposition: Omit<Exposition, 'text'>) => void;
}

/** No whole numbers: `le="1"` and OpenMetrics' `le="1.0"` would be two series. */
const bucketsSeconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 2.5];

/**
 * Creates the exporter's own metrics. What tells of its work, its process and of Node may be left out; what the alerts need,
 * which is the build, the configuration, the shard and the history, stays.
 */
export function createExporterMetrics(
  build: Build,
  shard: ShardNumbers = { ordinal: 0, total: 1 },
  { isReduced = false, readings }: { readonly isReduced?: boolean; readonly readings?: ExporterReadings } = {},
): ExporterMetrics {
  // Its own: nothing else can add to the page.
  const registry = new Registry();
  const work = isReduced ? new Registry() : registry;
  if (!isReduced) addProcessMetrics(registry, readings?.loopLag ?? (() => null));
  addBuildInfo(registry, build);
  addShard(registry, shard);
  if (readings !== undefined) addLoopLate(work, readings);
  return {
    text: createExporterText(registry),
    requestAnswered: requests(work),
    configLoaded: config(registry),
    historyWritten: history(registry),
    pageRendered: page(work),
  };
}

function addBuildInfo(registry: Registry, { version, revision, nodeVersion }: Build): void {
  gauge(definitions.build, registry).set({ version, revision, nodeversion: nodeVersion }, 1);
}

function addShard(registry: Registry, { ordinal, total }: ShardNumbers): void {
  gauge(definitions.shardOrdinal, registry).set({ shard_ordinal: String(ordinal) }, ordinal);
  gauge(definitions.totalShards, registry).set(total);
}

function addLoopLate(registry: Registry, { loopLateSeconds }: ExporterReadings): void {
  const counter: Counter = new Counter({
    ...configuration(definitions.loopLate, registry),
    collect: () => {
      counter.reset();
      counter.inc(loopLateSeconds());
    },
  });
}

function config(registry: Registry): ExporterMetrics['configLoaded'] {
  const successful = gauge(definitions.configSuccessful, registry);
  const timestamp = gauge(definitions.configTimestamp, registry);
  // A gauge without labels starts at 0, which would say "refused" of a configuration that was not loaded yet.
  for (const each of [successful, timestamp]) each.remove();
  return (isGood, timestampSeconds) => {
    successful.set(isGood ? 1 : 0);
    if (isGood) timestamp.set(timestampSeconds);
  };
}

function history(registry: Registry): ExporterMetrics['historyWritten'] {
  const written = gauge(definitions.historyWritten, registry);
  // As above: without a directory there is nothing to say.
  written.remove();
  return (isGood) => written.set(isGood ? 1 : 0);
}

function requests(registry: Registry): ExporterMetrics['requestAnswered'] {
  const total = new Counter(configuration(definitions.requests, registry));
  const duration = new Histogram({ ...configuration(definitions.requestDuration, registry), buckets: bucketsSeconds });
  total.inc({ handler: '/metrics', code: '200' }, 0);
  duration.zero({ handler: '/metrics' });
  return ({ handler, code, durationSeconds }) => {
    total.inc({ handler, code: String(code) });
    duration.observe({ handler }, durationSeconds);
  };
}

function page(registry: Registry): ExporterMetrics['pageRendered'] {
  const renders = new Counter(configuration(definitions.pageRenders, registry));
  const series = gauge(definitions.pageSeries, registry);
  const dropped = gauge(definitions.pageDropped, registry);
  for (const format of ['text', 'openmetrics'] satisfies readonly Format[]) renders.inc({ format }, 0);
  return (format, exposition) => {
    renders.inc({ format });
    series.set(exposition.series);
    dropped.set({ reason: 'duplicate' }, exposition.duplicates);
    dropped.set({ reason: 'not_finite' }, exposition.notFinite);
  };
}

interface Definition<Label extends string> extends ExporterDefinition {
  readonly labels: readonly Label[];
}

function gauge<Label extends string>(definition: Definition<Label>, registry: Registry): Gauge<Label> {
  return new Gauge(configuration(definition, registry));
}

function configuration<Label extends string>(
  { name, help, labels }: Definition<Label>,
  registry: Registry,
): { name: string; help: string; labelNames: readonly Label[]; registers: Registry[] } {
  return { name, help, labelNames: labels, registers: [registry] };
}
