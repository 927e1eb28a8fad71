import type { DashboardJson, VariableJson } from './model.ts';
import { parseQuery } from './promql.ts';

/** What dashboard-linter says of a dashboard and its variables, and our own: how dashboards reach each other. */
export function lintVariables({ uid, editable, tags = [], links = [], annotations, templating }: DashboardJson) {
  const variables = templating.list;
  const sources = variables.filter(({ type }) => type === 'datasource');
  const queries = variables.filter(({ type }) => type === 'query');
  const wanted: readonly (readonly [boolean, string])[] = [
    [/^milink-[a-z]+$/.test(uid) && uid.length <= 40, `the uid ${uid}`],
    [editable === false, 'it can be edited'],
    [tags.includes('milink'), 'the tag milink is missing'],
    [links.some(isLinkByTag), 'no links to the other dashboards by tag, with variables and time'],
    [sources.length === 1 && variables[0] === sources[0], 'one data source variable, first'],
    [sources[0]?.name === 'datasource' && sources[0]?.label === 'Data source', 'the data source is called Data source'],
    [sources.length + queries.length === variables.length, 'a variable of another type'],
    [queries[0]?.name === 'job' && queries[1]?.name === 'instance', 'job and instance come next'],
    [annotations?.list.some(({ expr }) => /^ALERTS\{/.test(expr)) === true, 'no annotation of alerts'],
  ];
  return [
    ...wanted.flatMap(([holds, complaint]) => (holds ? [] : [complaint])),
    ...queries.flatMap((variable) => lintQuery(variable).map((complaint) => `${variable.name}: ${complaint}`)),
  ];
}

function isLinkByTag(link: Readonly<Record<string, unknown>>): boolean {
  const { type, tags, includeVars, keepTime } = link;
  return type === 'dashboards' && JSON.stringify(tags) === '["milink"]' && includeVars === true && keepTime === true;
}

const labels: Readonly<Record<string, string>> = {
  job: 'Job',
  instance: 'Instance',
  server: 'Server',
  link: 'Link',
  managed_instance: 'Managed instance',
  database: 'Database',
};

function lintQuery({ name, label, datasource, refresh, multi, includeAll, allValue, definition = '' }: VariableJson) {
  const [, selector = '', of] = /^label_values\((.*), (\w+)\)$/.exec(definition) ?? [];
  const isTarget = name === 'job' || name === 'instance';
  const { errors, selectors } = parseQuery(selector);
  const wanted: readonly (readonly [boolean, string])[] = [
    [label === labels[name], `the label ${label}`],
    [datasource?.uid === '$datasource', 'another data source than the chosen one'],
    [refresh === 2, 'not refreshed when the time range changes'],
    [of === name && errors.length === 0 && selectors.length === 1, `the query ${definition}`],
    [!isTarget || (multi === true && includeAll === true && allValue === '.+'), 'not multi with allValue .+'],
    [isTarget || selectors[0]?.matchers.instance === '=~"$instance"', 'not of the chosen instance'],
  ];
  return wanted.flatMap(([holds, complaint]) => (holds ? [] : [complaint]));
}
