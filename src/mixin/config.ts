/** What a site may want to change: here before `npm run generate`, or in `_config` of the mixin for jsonnet users. */
export const mixinConfig = {
  selector: '',
  exporterJob: 'milink-exporter',
  runbookBaseUrl: 'https://github.com/milink-exporter/milink-exporter/blob/main/docs/runbooks',
  // Where deploy/compose serves Grafana.
  grafanaBaseUrl: 'http://localhost:3000',
  lagSeconds: 300,
  dataLossSeconds: 900,
  logSendQueueMebibytes: 1024,
  redoQueueMebibytes: 1024,
  growthHours: 4,
  growthWindow: '30m',
  growthFloorMebibytes: 16,
  certificateWarningDays: 30,
  certificateCriticalDays: 7,
  staleFactor: 8,
  viewStaleSeconds: 7200,
};

export type MixinConfig = typeof mixinConfig;

/** What each setting means, for docs/alerts.md. */
export const settingWords: { readonly [Key in keyof MixinConfig]: string } = {
  selector: 'Matchers in PromQL that every selector gets, such as `cluster="eu"`.',
  exporterJob: '`job_name` of the exporter in the scrape configuration: the only way to know one that answers nothing.',
  runbookBaseUrl: 'Where the pages of `docs/runbooks` are read.',
  grafanaBaseUrl: 'Where Grafana is read, without a slash at the end.',
  lagSeconds: '`secondary_lag_seconds` that is too much.',
  dataLossSeconds: 'Seconds of commits that a forced failover may cost: the recovery point objective.',
  logSendQueueMebibytes: 'Log that waits to be sent and is too much.',
  redoQueueMebibytes: 'Log that waits to be redone and is too much.',
  growthHours: 'A queue that will be over its limit in this many hours is growing.',
  growthWindow: 'Over what time the growth of a queue is measured.',
  growthFloorMebibytes: 'A queue that was below this at any time in `growthWindow` does not grow: it is emptied.',
  certificateWarningDays: 'Days before the end of a certificate when the warning begins.',
  certificateCriticalDays: 'Days before the end of a certificate when it becomes critical.',
  staleFactor: 'After how many poll intervals without a poll the data of a server are old.',
  viewStaleSeconds:
    'Age at which rows of a view are old: more than the longest `views.<name>.interval` and `error_log.interval` in use.',
};

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
