import type { ExposedFamily } from './exposition.ts';

/** A metric of the exporter itself, which prom-client counts. */
export type ExporterDefinition = Pick<ExposedFamily, 'name' | 'help' | 'type' | 'labels'>;

/** The exporter's own metrics; those of the process and of Node.js are in `process-metrics.ts`. */
export const exporterDefinitions = {
  build: {
    name: 'milink_exporter_build_info',
    help: 'Version and revision of the exporter, and the Node.js that runs it.',
    type: 'info',
    labels: ['version', 'revision', 'nodeversion'],
  },
  configSuccessful: {
    name: 'milink_exporter_config_last_reload_successful',
    help: 'Whether the configuration was valid when it was last loaded: 1 or 0. An invalid one is refused and the former one stays.',
    type: 'gauge',
    labels: [],
  },
  configTimestamp: {
    name: 'milink_exporter_config_last_reload_success_timestamp_seconds',
    help: 'When a valid configuration was last loaded. Unix time.',
    type: 'gauge',
    labels: [],
  },
  historyWritten: {
    name: 'milink_exporter_history_written',
    help: 'Whether what happens is written to history.path: 1, or 0 while it can not be written and would be lost with the process. Absent without history.path.',
    type: 'gauge',
    labels: [],
  },
  shardOrdinal: {
    name: 'milink_exporter_shard_ordinal',
    help: 'Which shard of the configuration this exporter polls, from 0: --shard. The label has the same number, so that replicas of one shard can be told from another shard.',
    type: 'gauge',
    labels: ['shard_ordinal'],
  },
  totalShards: {
    name: 'milink_exporter_total_shards',
    help: 'How many shards the configuration is divided into: --total-shards, 1 without it.',
    type: 'gauge',
    labels: [],
  },
  requests: {
    name: 'milink_exporter_http_requests_total',
    help: 'HTTP requests answered, by route and status code.',
    type: 'counter',
    labels: ['handler', 'code'],
  },
  requestDuration: {
    name: 'milink_exporter_http_request_duration_seconds',
    help: 'How long HTTP requests took from their header to the end of the answer, by route.',
    type: 'histogram',
    labels: ['handler'],
  },
  loopLate: {
    name: 'milink_exporter_loop_late_seconds_total',
    help: 'How long the exporter itself was late to its own timers, because it was computing or had no processor. It counts for no time limit of a poll.',
    type: 'counter',
    labels: [],
  },
  pageRenders: {
    name: 'milink_exporter_page_renders_total',
    help: 'How often the part of /metrics that shows the servers and links was rendered: once per change and format, not once per scrape.',
    type: 'counter',
    labels: ['format'],
  },
  pageSeries: {
    name: 'milink_exporter_page_series',
    help: 'Series about servers and links on /metrics.',
    type: 'gauge',
    labels: [],
  },
  pageDropped: {
    name: 'milink_exporter_page_dropped_series',
    help: 'Series left out of /metrics when it was last rendered, because they were there already (duplicate) or had no finite value (not_finite).',
    type: 'gauge',
    labels: ['reason'],
  },
} as const satisfies Readonly<Record<string, ExporterDefinition>>;
