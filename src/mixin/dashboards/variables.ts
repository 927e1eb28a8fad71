import {
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { exporterDefinitions } from '../../metrics/exporter-definitions.ts';
import { linkVerdict } from '../../metrics/families/link.ts';
import { up } from '../../metrics/families/polling.ts';
import { replicaRole } from '../../metrics/families/replica.ts';
import { type Select, selectorWith } from '../promql.ts';
import { datasource } from './panels.ts';

/** Selects what the reader chose: every query of a dashboard is written with it. */
export const select: Select = selectorWith({ job: { matches: '$job' }, instance: { matches: '$instance' } });

const selectJob = selectorWith({ job: { matches: '$job' } });

/** Matchers of what the reader chose. */
export const chosenLink = { link: { matches: '$link' }, managed_instance: { matches: '$managed_instance' } };
/** Of what is said of a managed instance and not of a link. */
export const chosenInstance = { managed_instance: { matches: '$managed_instance|' } };
export const chosenServer = { server: { matches: '$server' } };
export const chosenDatabase = { database: { matches: '$database' } };

/** How the variables of a dashboard differ. */
interface VariableOptions {
  /** What `All` stands for: every series with the label, or with `.*` those without it too; null: the listed values. */
  readonly all?: '.+' | '.*' | null;
  /** Choose exactly one. */
  readonly isSingle?: boolean;
}

/** What every dashboard begins with. */
export function exporterVariables(): readonly (DatasourceVariableBuilder | QueryVariableBuilder)[] {
  return [
    new DatasourceVariableBuilder('datasource').label('Data source').type('prometheus'),
    labelVariable('job', 'Job', exporterDefinitions.build.name),
    labelVariable('instance', 'Instance', selectJob(exporterDefinitions.build)),
  ];
}

/** Every configured server, polled or not. */
export function serverVariable(): QueryVariableBuilder {
  return labelVariable('server', 'Server', select(up));
}

/** The servers that are ends of the chosen links: `All` is these, since not all series of a server name its links. */
export function endVariable(): QueryVariableBuilder {
  return labelVariable('server', 'Server', select(replicaRole, chosenLink), { all: null });
}

/** A link is chosen by its name and its managed instance: two pairs may use one name, and the instance may not be known. */
export function linkVariables(options: Pick<VariableOptions, 'isSingle'> = {}): readonly QueryVariableBuilder[] {
  return [
    labelVariable('link', 'Link', select(linkVerdict), options),
    labelVariable('managed_instance', 'Managed instance', select(linkVerdict, { link: chosenLink.link }), {
      all: '.*',
    }),
  ];
}

/** The databases that a metric of the chosen links names; what is said of a whole link has none and stays. */
export function databaseVariable(selector: string): QueryVariableBuilder {
  return labelVariable('database', 'Database', selector, { all: '.*' });
}

function labelVariable(name: string, label: string, selector: string, options: VariableOptions = {}) {
  const { all = '.+', isSingle = false } = options;
  const query = `label_values(${selector}, ${name})`;
  const variable = new QueryVariableBuilder(name)
    .label(label)
    .datasource(datasource)
    .query({ qryType: 1, query, refId: `variable-${name}` })
    .definition(query)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalAsc);
  if (isSingle) return variable;
  const many = variable.multi(true).includeAll(true).current({ selected: true, text: 'All', value: '$__all' });
  return all === null ? many : many.allValue(all);
}

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
