import type { FieldDefaultsJson, OverrideJson, PanelJson } from '../mixin/dashboards/model.ts';
import type { AnsweredPanel } from './answers.ts';
import { html, show } from './look.ts';

type Row = ReadonlyMap<string, string | number>;

interface Column {
  readonly field: string;
  readonly title: string;
  readonly look: FieldDefaultsJson;
  readonly width: number | null;
}

/** A table as Grafana's transformations make it: merge, keep some fields, order and rename them, sort. */
export function drawTable(answered: AnsweredPanel): string {
  const { panel } = answered;
  const rows = merged(answered);
  const columns = columnsOf(panel).filter(({ field }) => rows.some((row) => row.has(field)));
  const sorted = sortedRows(rows, columns, panel);
  const head = columns
    .map(({ title, width }) => `<th${width === null ? '' : ` style="width:${width}px"`}>${html(title)}</th>`)
    .join('');
  const body = sorted.map((row) => `<tr>${columns.map((column) => cellOf(row, column)).join('')}</tr>`).join('');
  return `<table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`;
}

/** Grafana's merge: rows whose common fields, those that all frames have, are the same become one where nothing contradicts. */
function merged({ answers }: AnsweredPanel): readonly Row[] {
  const frames = answers
    .map(({ target, series }) => {
      const valueField = answers.length === 1 ? 'Value' : `Value #${target.refId}`;
      return series.map(({ metric, values }): Row => {
        const labels = Object.entries(metric).filter(([, value]) => value !== '');
        return new Map<string, string | number>([...labels, [valueField, Number(values.at(-1)?.[1])]]);
      });
    })
    .filter((frame) => frame.length > 0);
  const common = [...(frames[0]?.[0]?.keys() ?? [])].filter((field) =>
    frames.every((frame) => frame.some((row) => row.has(field))),
  );
  const result: Map<string, string | number>[] = [];
  for (const row of frames.flat()) {
    const same = result.find(
      (other) => common.every((field) => other.get(field) === row.get(field)) && fits(other, row),
    );
    if (same === undefined) result.push(new Map(row));
    else for (const [field, value] of row) same.set(field, value);
  }
  return result;
}

function fits(one: Row, other: Row): boolean {
  return [...other].every(([field, value]) => !one.has(field) || one.get(field) === value);
}

function columnsOf({ transformations = [], fieldConfig }: PanelJson): readonly Column[] {
  const organize = transformations.find(({ id }) => id === 'organize')?.options ?? {};
  const titles = Object.entries((organize.renameByName ?? {}) as Record<string, string>);
  const places = (organize.indexByName ?? {}) as Record<string, number>;
  return titles
    .sort(([one], [other]) => (places[one] ?? 0) - (places[other] ?? 0))
    .map(([field, title]) => {
      const override = fieldConfig.overrides.find(({ matcher }) => matcher.options === title);
      return { field, title, ...lookOf(fieldConfig.defaults, override) };
    });
}

function lookOf(defaults: FieldDefaultsJson, override: OverrideJson | undefined): Pick<Column, 'look' | 'width'> {
  const properties = Object.fromEntries((override?.properties ?? []).map(({ id, value }) => [id, value]));
  const { 'custom.width': width = null, ...look } = properties;
  return { look: { ...defaults, ...look }, width: width as number | null };
}

function sortedRows(rows: readonly Row[], columns: readonly Column[], { options }: PanelJson): readonly Row[] {
  const [sort] = options?.sortBy ?? [];
  const field = columns.find(({ title }) => title === sort?.displayName)?.field;
  if (sort === undefined || field === undefined) return rows;
  const direction = sort.desc ? -1 : 1;
  return rows.toSorted((one, other) => direction * compare(one.get(field), other.get(field)));
}

function compare(one: string | number = '', other: string | number = ''): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  return String(one).localeCompare(String(other));
}

function cellOf(row: Row, { field, look }: Column): string {
  const value = row.get(field);
  if (value === undefined) return '<td></td>';
  if (typeof value === 'string') return `<td>${html(value)}</td>`;
  const { text, color } = show(value, look);
  return `<td${color === null || color === 'transparent' ? '' : ` style="background:${color};color:#111"`}>${html(text)}</td>`;
}
