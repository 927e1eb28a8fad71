import { TableSortByFieldStateBuilder } from '@grafana/grafana-foundation-sdk/common';
import type { DynamicConfigValue } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder as TableBuilder } from '@grafana/grafana-foundation-sdk/table';
import { mappings, type StateWord, type Step, thresholds } from './look.ts';
import { type Frame, framed, queryLetter, type UnplacedPanel } from './panels.ts';

/** One column of a table. */
export interface Column {
  readonly title: string;
  /** Where its cells come from: a label, or the values of the query of that letter. */
  readonly from: { readonly label: string } | { readonly query: string };
  /** In place of the table's. */
  readonly unit?: string;
  readonly decimals?: number;
  /** Words for its values, or colours; the whole cell gets the colour. */
  readonly look?: readonly StateWord[] | readonly Step[];
  /** Good values get no colour, so that bad ones stand out. */
  readonly isQuiet?: boolean;
  readonly widthPixels?: number;
  /** Where a click on a cell leads. */
  readonly link?: { readonly title: string; readonly url: string };
}

/** The columns in the order to show them, and the one to sort by. */
export interface Columns {
  readonly columns: readonly Column[];
  readonly sortBy: string;
  /** Largest first; smallest first unless given. */
  readonly isDescending?: boolean;
}

/** One row for each label set of the queries, now: rows of several queries with the same labels become one. */
export function tablePanel(frame: Frame, { columns, sortBy, isDescending = false }: Columns): UnplacedPanel {
  const field = fieldName(frame.queries.length);
  const fields = columns.map(({ from }) => field(from));
  const table = framed(new TableBuilder(), frame, { isInstant: true });
  if (frame.queries.length > 1) table.withTransformation({ id: 'merge', options: {} });
  table
    .withTransformation({ id: 'filterFieldsByName', options: { include: { names: fields } } })
    .withTransformation({
      id: 'organize',
      options: {
        indexByName: Object.fromEntries(fields.map((name, index) => [name, index])),
        renameByName: Object.fromEntries(columns.map(({ from, title }) => [field(from), title])),
      },
    })
    .sortBy([new TableSortByFieldStateBuilder().displayName(sortBy).desc(isDescending)]);
  for (const column of columns) {
    const properties = columnProperties(column);
    if (properties.length > 0) table.overrideByName(column.title, properties);
  }
  return table;
}

/** Where Grafana puts labels and values: the value of a lone query has no letter. */
function fieldName(queries: number): (from: Column['from']) => string {
  return (from) => {
    if ('label' in from) return from.label;
    return queries === 1 && from.query === queryLetter(0) ? 'Value' : `Value #${from.query}`;
  };
}

function columnProperties({
  unit,
  decimals,
  look = [],
  isQuiet = false,
  widthPixels,
  link,
}: Column): DynamicConfigValue[] {
  const colored = look.map((item) => (isQuiet && item.color === 'green' ? { ...item, color: 'transparent' } : item));
  const words = colored.filter((item) => 'text' in item);
  const steps = colored.filter((item) => 'from' in item);
  const property = (id: string, value: unknown): DynamicConfigValue[] => (value === undefined ? [] : [{ id, value }]);
  return [
    ...property('unit', unit),
    ...property('decimals', decimals),
    ...property('custom.width', widthPixels),
    ...property('links', link === undefined ? undefined : [{ ...link, targetBlank: false }]),
    ...(look.length === 0 ? [] : property('custom.cellOptions', { type: 'color-background', mode: 'basic' })),
    ...(words.length === 0 ? [] : property('mappings', mappings(words))),
    ...(steps.length === 0 ? [] : property('thresholds', thresholds(steps).build())),
  ];
}

const linkTitle = 'Link';
const managedInstanceTitle = 'Managed instance';

/** A variable of Grafana in the address of a link. */
const variable = (name: string): string => `\${${name}}`;
const cell = (title: string): string => variable(`__data.fields["${title}"]:percentencode`);

/** Keeps what the reader chose: the parameters of a dashboard's address are `var-` and the variable's name. */
const kept = ['datasource:queryparam', 'job:queryparam', 'instance:queryparam', '__url_time_range']
  .map(variable)
  .join('&');

/** The name of a link; a click opens it in the dashboard of one link. */
export const linkColumn: Column = {
  title: linkTitle,
  from: { label: 'link' },
  link: {
    title: 'Open this link',
    url: `/d/milink-link/mi-link-link?var-link=${cell(linkTitle)}&var-managed_instance=${cell(managedInstanceTitle)}&${kept}`,
  },
};

/** The other half of a link's identity: its name alone need not be the only one. */
export const managedInstanceColumn: Column = { title: managedInstanceTitle, from: { label: 'managed_instance' } };

const severityWords: readonly StateWord[] = [
  { value: 3, text: 'critical', color: 'red' },
  { value: 2, text: 'warning', color: 'orange' },
  { value: 1, text: 'info', color: 'blue' },
];

/** How bad a finding is: the column to sort by, largest first. */
export const severityColumn: Column = {
  title: 'Severity',
  from: { query: 'A' },
  look: severityWords,
  widthPixels: 90,
};
