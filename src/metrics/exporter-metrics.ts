import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Exposition, Format } from './exposition.ts';

/** What the program says of its own build. */
export interface Build {
  readonly version: string;
  readonly revision: string;
  readonly nodeVersion: string;
}

/** One answered HTTP request; `handler` is the route's path or `other`. */
export interface AnsweredRequest {
  readonly handler: string;
  readonly code: number;
  readonly durationSeconds: number;
}

/** What happens in the exporter itself, counted. The registry is its own: nothing else can add to the page. */
export interface ExporterMetrics {
  readonly registry: Registry;
  readonly requestAnswered: (request: AnsweredRequest) => void;
  /** The configuration was loaded; `isGood` is false when it was refused and the former one stays. */
  readonly configLoaded: (isGood: boolean, timestampSeconds: number) => void;
  readonly pageRendered: (format: Format, exposition: Omit<Exposition, 'text'>) => void;
}

/**
 * prom-client's default metrics that are left out: gauges named `_total`, which promtool refuses, and event-loop figures
 * that are NaN or 292 years when nothing was measured between two scrapes.
 */
const unwanted = [
  'nodejs_active_handles_total',
  'nodejs_active_requests_total',
  'nodejs_active_resources_total',
  'nodejs_eventloop_lag_min_seconds',
  'nodejs_eventloop_lag_mean_seconds',
  'nodejs_eventloop_lag_stddev_seconds',
];

/** No whole numbers: `le="1"` and OpenMetrics' `le="1.0"` would be two series. */
const bucketsSeconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 2.5];

/** Creates the exporter's own metrics, those of the process and of Node included. */
export function createExporterMetrics(build: Build): ExporterMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, gcDurationBuckets: [0.001, 0.01, 0.1, 0.5] });
  for (const name of unwanted) registry.removeSingleMetric(name);
  addBuildInfo(registry, build);
  return {
    registry,
    requestAnswered: requests(registry),
    configLoaded: config(registry),
    pageRendered: page(registry),
  };
}

/** The series by which the exporter itself is known to be there. */
export const buildInfo = {
  name: 'milink_exporter_build_info',
  labels: ['version', 'revision', 'nodeversion'],
} as const;

function addBuildInfo(registry: Registry, { version, revision, nodeVersion }: Build): void {
  new Gauge({
    name: buildInfo.name,
    help: 'Version and revision of the exporter, and the Node.js that runs it.',
    labelNames: [...buildInfo.labels],
    registers: [registry],
  }).set({ version, revision, nodeversion: nodeVersion }, 1);
}

function config(registry: Registry): ExporterMetrics['configLoaded'] {
  const registers = [registry];
  const successful = new Gauge({
    name: 'milink_exporter_config_last_reload_successful',
    help: 'Whether the configuration was valid when it was last loaded: 1 or 0. An invalid one is refused and the former one stays.',
    registers,
    labelNames: [],
  });
  const timestamp = new Gauge({
    name: 'milink_exporter_config_last_reload_success_timestamp_seconds',
    help: 'When a valid configuration was last loaded. Unix time.',
    registers,
    labelNames: [],
  });
  // A gauge without labels starts at 0, which would say "refused" of a configuration that was not loaded yet.
  for (const gauge of [successful, timestamp]) gauge.remove();
  return (isGood, timestampSeconds) => {
    successful.set(isGood ? 1 : 0);
    if (isGood) timestamp.set(timestampSeconds);
  };
}

function requests(registry: Registry): ExporterMetrics['requestAnswered'] {
  const registers = [registry];
  const total = new Counter({
    name: 'milink_exporter_http_requests_total',
    help: 'HTTP requests answered, by route and status code.',
    labelNames: ['handler', 'code'],
    registers,
  });
  const duration = new Histogram({
    name: 'milink_exporter_http_request_duration_seconds',
    help: 'How long HTTP requests took from their header to the end of the answer, by route.',
    labelNames: ['handler'],
    buckets: bucketsSeconds,
    registers,
  });
  total.inc({ handler: '/metrics', code: '200' }, 0);
  duration.zero({ handler: '/metrics' });
  return ({ handler, code, durationSeconds }) => {
    total.inc({ handler, code: String(code) });
    duration.observe({ handler }, durationSeconds);
  };
}

function page(registry: Registry): ExporterMetrics['pageRendered'] {
  const registers = [registry];
  const renders = new Counter({
    name: 'milink_exporter_page_renders_total',
    help: 'How often the part of /metrics that shows the servers and links was rendered: once per change and format, not once per scrape.',
    labelNames: ['format'],
    registers,
  });
  const series = new Gauge({
    name: 'milink_exporter_page_series',
    help: 'Series about servers and links on /metrics.',
    registers,
    labelNames: [],
  });
  const dropped = new Gauge({
    name: 'milink_exporter_page_dropped_series',
    help: 'Series left out of /metrics when it was last rendered, because they were there already (duplicate) or had no finite value (not_finite).',
    labelNames: ['reason'],
    registers,
  });
  for (const format of ['text', 'openmetrics'] satisfies readonly Format[]) renders.inc({ format }, 0);
  return (format, exposition) => {
    renders.inc({ format });
    series.set(exposition.series);
    dropped.set({ reason: 'duplicate' }, exposition.duplicates);
    dropped.set({ reason: 'not_finite' }, exposition.notFinite);
  };
}
