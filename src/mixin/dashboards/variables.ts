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
import { type Select, selectorWith } from '../selector.ts';
import { datasource } from './frame.ts';

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
