import { exporterDefinitions } from '../../metrics/exporter-definitions.ts';
import { datasource } from './frame.ts';

const build = exporterDefinitions.build.name;

/** Where a query of a dashboard names what it selects; `%s` is where the matchers of the environment go. */
export const selecting: readonly (readonly [from: string, to: string])[] = [
  ['job=~"$job"', '%sjob=~"$job"'],
  ['ALERTS{', 'ALERTS{%s'],
  // What is recorded has no job: the shares of `recording/levels.ts`.
  ...['avg7d', 'avg30d', 'avg90d', 'seen30d'].map((name) => [`_${name}{`, `_${name}{%s`] as const),
  [`label_values(${build}, job)`, `label_values(${build}{%s}, job)`],
];

/** A variable of a dashboard by which its reader chooses one environment; `%s` is the label. Two with the same names never mix. */
export const environmentVariable = {
  name: '%s',
  label: '%s',
  type: 'query',
  datasource,
  definition: `label_values(${build}, %s)`,
  query: { qryType: 1, query: `label_values(${build}, %s)`, refId: 'variable-%s' },
  refresh: 2,
  sort: 1,
} as const;

interface Variables {
  readonly templating: { readonly list?: readonly unknown[] };
}

/** The dashboard with a variable for each label that tells environments apart, and every query kept to what is chosen there. */
export function keptToEnvironment<Dashboard extends Variables>(
  dashboard: Dashboard,
  labels: readonly string[],
): Dashboard {
  if (labels.length === 0) return dashboard;
  const matchers = labels.map((label) => `${label}="$${label}",`).join('');
  const kept = everyText(dashboard, (text) =>
    selecting.reduce((all, [from, to]) => all.replaceAll(from, () => to.replace('%s', () => matchers)), text),
  );
  const [source, ...others] = kept.templating.list ?? [];
  const own = labels.map((label) => everyText(environmentVariable, (text) => text.replaceAll('%s', () => label)));
  return { ...kept, templating: { ...kept.templating, list: [source, ...own, ...others] } };
}

/** The same data with every text in it changed; keys stay. */
function everyText<Data>(data: Data, change: (text: string) => string): Data {
  const walk = (value: unknown): unknown => {
    if (typeof value === 'string') return change(value);
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, walk(item)]));
  };
  return walk(data) as Data;
}
