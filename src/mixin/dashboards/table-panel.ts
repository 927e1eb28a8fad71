import { TableSortByFieldStateBuilder } from '@grafana/grafana-foundation-sdk/common';
import type { DynamicConfigValue } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder as TableBuilder } from '@grafana/grafana-foundation-sdk/table';
import { type Frame, framed, queryLetter, type UnplacedPanel } from './frame.ts';
import { mappings, type StateWord, type Step, thresholds } from './look.ts';

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
