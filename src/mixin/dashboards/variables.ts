import {
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { exporterDefinitions } from '../../metrics/exporter-definitions.ts';
import { linkVerdict } from '../../metrics/families/link.ts';
import { up } from '../../metrics/families/polling.ts';
import { type Select, selectorWith } from '../selector.ts';
import { datasource } from './panels.ts';

/** Selects what the reader chose: every query of a dashboard is written with it. */
export const selectChosen: Select = selectorWith({ job: { matches: '$job' }, instance: { matches: '$instance' } });

const selectJob = selectorWith({ job: { matches: '$job' } });

/** What the reader may choose, from the widest to the narrowest. */
export function dashboardVariables(): (DatasourceVariableBuilder | QueryVariableBuilder)[] {
  return [
    new DatasourceVariableBuilder('datasource').label('Data source').type('prometheus'),
    labelVariable('job', 'Job', exporterDefinitions.build.name),
    labelVariable('instance', 'Instance', selectJob(exporterDefinitions.build)),
    labelVariable('server', 'Server', selectChosen(up)),
    labelVariable('link', 'Link', selectChosen(linkVerdict)),
  ];
}

function labelVariable(name: string, label: string, selector: string): QueryVariableBuilder {
  const query = `label_values(${selector}, ${name})`;
  return new QueryVariableBuilder(name)
    .label(label)
    .datasource(datasource)
    .query({ qryType: 1, query, refId: `variable-${name}` })
    .definition(query)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalAsc)
    .multi(true)
    .includeAll(true)
    .allValue('.+')
    .current({ selected: true, text: 'All', value: '$__all' });
}
