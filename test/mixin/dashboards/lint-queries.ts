import { catalogue } from '../../../src/metrics/catalogue.ts';
import { exporterDefinitions } from '../../../src/metrics/exporter-definitions.ts';
import { mixinConfig, settingsOf } from '../../../src/mixin/config.ts';
import { recordingGroups } from '../../../src/mixin/recording/groups.ts';
import { type DashboardJson, panelsOf } from './model.ts';
import { parseQuery, type Selector } from './promql.ts';

const own = [...catalogue, ...Object.values(exporterDefinitions)];
const buckets = own.filter(({ type }) => type === 'histogram').map(({ name }) => `${name}_bucket`);
const recordedNames = new Set(
  recordingGroups(settingsOf(mixinConfig)).flatMap(({ rules }) => rules.map(({ record }) => record.name)),
);
const ownNames = new Set([...own.map(({ name }) => name), ...buckets]);
const rising = /_(?:total|bucket|count|sum)$/;
const ofRate = ['rate', 'increase', 'irate'];

/** What dashboard-linter says of targets, and that the metrics exist: one complaint each, with the panel. */
export function lintQueries(dashboard: DashboardJson): readonly string[] {
  return panelsOf(dashboard).flatMap(({ title, targets }) =>
    targets.flatMap(({ refId, expr, datasource }) => {
      const { errors, selectors } = parseQuery(expr);
      const complaints = [
        ...errors.map((error) => `no PromQL ${error}`),
        ...(selectors.length === 0 ? ['selects nothing'] : []),
        ...(datasource?.uid === '$datasource' ? [] : ['another data source than the chosen one']),
        ...selectors.flatMap(lintSelector),
      ];
      return complaints.map((complaint) => `${title} ${refId}: ${complaint}`);
    }),
  );
}

function lintSelector({ metric, matchers, range, functions }: Selector): readonly string[] {
  const complaints: string[] = [];
  // What Prometheus records has neither.
  const isRecorded = metric.includes(':');
  for (const label of isRecorded ? [] : ['job', 'instance']) {
    if (matchers[label] !== `=~"$${label}"`) complaints.push(`${metric} lacks ${label}=~"$${label}"`);
  }
  if (range !== null && range !== '$__rate_interval') complaints.push(`${metric}[${range}] is not $__rate_interval`);
  if (rising.test(metric) && !ofRate.includes(functions[0] ?? '')) complaints.push(`${metric} outside of a rate`);
  if (!rising.test(metric) && ofRate.includes(functions[0] ?? '')) complaints.push(`${metric} is no counter`);
  if (isRecorded ? !recordedNames.has(metric) : metric.startsWith('milink_') && !ownNames.has(metric))
    complaints.push(`${metric} does not exist`);
  return complaints;
}
