/** What a site may want to change: here before `npm run generate`, or in `_config` of the mixin for jsonnet users. */
export const mixinConfig = {
  selector: '',
  identityLabels: '',
  exporterJob: 'milink-exporter',
  runbookBaseUrl: 'https://github.com/milink-exporter/milink-exporter/blob/main/docs/runbooks',
  // Where deploy/compose serves Grafana.
  grafanaBaseUrl: 'http://localhost:3000',
  scrapeIntervalSeconds: 15,
  staleFactor: 8,
  viewStaleSeconds: 7200,
  lagSeconds: 300,
  dataLossSeconds: 900,
  recoverySeconds: 3600,
  queueSeconds: 600,
  queueFloorMebibytes: 16,
  growthHours: 4,
  certificateWarningDays: 30,
  certificateCriticalHours: 24,
};

export type MixinConfig = typeof mixinConfig;

/** What each setting means, for docs/alerts.md. */
export const settingWords: { readonly [Key in keyof MixinConfig]: string } = {
  selector: 'Matchers in PromQL that every selector of a scraped series gets, such as `cluster="eu"`.',
  identityLabels:
    'Labels, with commas between them, that tell environments with the same names apart, such as `cluster, environment`: every alert, recorded series, text and inhibition is then kept apart by them, and each dashboard has a variable for each.',
  exporterJob: '`job_name` of the exporter in the scrape configuration: the only way to know one that never answered.',
  runbookBaseUrl: 'Where the pages of `docs/runbooks` are read.',
  grafanaBaseUrl: 'Where Grafana is read, without a slash at the end.',
  scrapeIntervalSeconds: '`scrape_interval` of the exporter: 15 to 120.',
  staleFactor: 'After how many poll intervals without a poll the data of a server are old.',
  viewStaleSeconds:
    'Age at which rows of a view are old: more than the longest `views.<name>.interval` and `error_log.interval` in use.',
  lagSeconds: '`secondary_lag_seconds` that is too much.',
  dataLossSeconds: 'Seconds of commits that a forced failover may cost: the recovery point objective.',
  recoverySeconds:
    'Seconds that the copy may need until it can be used: the recovery time objective of the service levels. `history.objectives` of the exporter has both for what it tells itself.',
  queueSeconds: 'Log that waits to be sent or redone, as seconds of work at the present rate, that is too much.',
  queueFloorMebibytes: 'Log that waits and is less than this is no queue, however slow the rate.',
  growthHours: 'A queue that will be over its limit in this many hours is growing.',
  certificateWarningDays: 'Days before the end of a certificate when the warning begins.',
  certificateCriticalHours: 'Hours before the end of a certificate when somebody is woken.',
};

/** The configuration as it is written into rules: each value as text, and what is made of `identityLabels`. */
export type Settings = { readonly [Key in keyof MixinConfig | keyof typeof derivedSettings]: string };

/**
 * Settings that follow from others, each as a function and in jsonnet: the labels in front of others in `by (...)`, the
 * matchers of a query in a text, and the values of these, both for Go's printf.
 */
export const derivedSettings = {
  identity: {
    of: (labels: readonly string[]) => labels.map((label) => `${label}, `).join(''),
    jsonnet: "std.join('', [label + ', ' for label in self.identityList])",
  },
  identityMatchers: {
    of: (labels: readonly string[]) => labels.map((label) => `${label}=%+q,`).join(''),
    jsonnet: "std.join('', [label + '=%+q,' for label in self.identityList])",
  },
  identityValues: {
    of: (labels: readonly string[]) => labels.map((label) => `$labels.${label} `).join(''),
    jsonnet: "std.join('', ['$labels.' + label + ' ' for label in self.identityList])",
  },
} as const;

/** The labels of `identityLabels`. */
export function identityList({ identityLabels }: Pick<MixinConfig, 'identityLabels'>): readonly string[] {
  return identityLabels
    .split(',')
    .map((label) => label.trim())
    .filter((label) => label !== '');
}

/** The same in jsonnet, of an object with the settings. */
export const identityListJsonnet =
  "[std.stripChars(label, ' ') for label in std.split(self.identityLabels, ',') if std.stripChars(label, ' ') != '']";

/** The values themselves. */
export function settingsOf(config: MixinConfig): Settings {
  const labels = identityList(config);
  const derived = Object.entries(derivedSettings).map(([key, { of }]) => [key, of(labels)]);
  const own = Object.entries(config).map(([key, value]) => [key, String(value)]);
  return Object.fromEntries([...own, ...derived]);
}

/** References that jsonnet's `%` operator fills in from an object with the same keys. */
export function jsonnetSettings(config: MixinConfig): Settings {
  const keys = [...Object.keys(config), ...Object.keys(derivedSettings)];
  return Object.fromEntries(keys.map((key) => [key, `%(${key})s`])) as Settings;
}
