/** What a site may want to change: here before `npm run generate`, or in `_config` of the mixin for jsonnet users. */
export const mixinConfig = {
  /** Matchers in PromQL that are added to every selector, such as `cluster="eu"`; a `milink_` series is the exporter's whatever its job. */
  selector: '',
  /** `job_name` of the exporter in the scrape configuration: the only way to know an exporter that answers nothing. */
  exporterJob: 'milink-exporter',
  /** Where the pages of docs/runbooks are read. */
  runbookBaseUrl: 'https://github.com/milink-exporter/milink-exporter/blob/main/docs/runbooks',
  /** Where Grafana is read, without a slash at the end; as given, where deploy/compose serves it. */
  grafanaBaseUrl: 'http://localhost:3000',

  /** `secondary_lag_seconds` that is too much. */
  lagSeconds: 300,
  /** Seconds of commits that a forced failover may cost: the recovery point objective. */
  dataLossSeconds: 900,
  /** Log that waits to be sent, and log that waits to be redone. */
  logSendQueueMebibytes: 1024,
  redoQueueMebibytes: 1024,
  /** A queue that is not empty for the whole of `growthWindow` and will pass its limit in this many hours is growing. */
  growthHours: 4,
  growthWindow: '30m',
  /** A queue that was below this at any time in `growthWindow` is not growing: it is emptied. */
  growthFloorMebibytes: 16,

  certificateWarningDays: 30,
  certificateCriticalDays: 7,

  /** `poll_interval` of the exporter, and after how many of them without a poll its data are stale. */
  pollIntervalSeconds: 15,
  staleFactor: 8,
  /** Age at which rows of a view are stale: more than the longest `views.<name>.interval` and `error_log.interval` in use. */
  viewStaleSeconds: 7200,
};

export type MixinConfig = typeof mixinConfig;

/** The configuration as it is written into rules: each value as text. */
export type Settings = { readonly [Key in keyof MixinConfig]: string };

/** The values themselves. */
export function settingsOf(config: MixinConfig): Settings {
  return mapValues(config, (_key, value) => String(value));
}

/** References that jsonnet's `%` operator fills in from an object with the same keys. */
export function jsonnetSettings(config: MixinConfig): Settings {
  return mapValues(config, (key) => `%(${key})s`);
}

function mapValues(config: MixinConfig, text: (key: string, value: string | number) => string): Settings {
  return Object.fromEntries(Object.entries(config).map(([key, value]) => [key, text(key, value)])) as Settings;
}
