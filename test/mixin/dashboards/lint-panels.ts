import * as units from '@grafana/grafana-foundation-sdk/units';
import { type DashboardJson, type PanelJson, panelsOf } from './model.ts';

const knownUnits = new Set<unknown>(Object.values(units));
/** Grafana writes the word after the number, and scales nothing: `suffix:` in its documentation of custom units. */
const isUnit = (name: unknown): boolean => knownUnits.has(name) || /^suffix: \w+$/.test(String(name));
const gridColumns = 24;

/** What dashboard-linter says of panels, and our own: a place, words for when it is empty. */
export function lintPanels(dashboard: DashboardJson): readonly string[] {
  const { panels } = dashboard;
  return [
    ...repeated(panels.map(({ id }) => id)).map((id) => `two panels have the id ${id}`),
    ...repeated(panelsOf(dashboard).map(({ title }) => title)).map((title) => `two panels are called ${title}`),
    ...repeated(panels.flatMap(cellsOf)).map((cell) => `panels overlap at ${cell}`),
    ...panels.filter(({ gridPos: { x, w } }) => x + w > gridColumns).map(({ title }) => `${title}: beyond the grid`),
    ...panelsOf(dashboard).flatMap((panel) => lintPanel(panel).map((complaint) => `${panel.title}: ${complaint}`)),
  ];
}

function lintPanel({ id, title, description, datasource, fieldConfig, targets, type, options }: PanelJson) {
  const { unit, mappings, noValue } = fieldConfig.defaults;
  const wanted: readonly (readonly [boolean, string])[] = [
    [Number.isInteger(id) && id > 0, 'no id'],
    [title.length > 0, 'no title'],
    [/\.$/.test(description ?? ''), 'no description in sentences'],
    [datasource?.uid === '$datasource', 'another data source than the chosen one'],
    [mappings !== undefined || (unit !== undefined && isUnit(unit)), `no unit of Grafana: ${unit}`],
    [/\.$/.test(noValue ?? ''), 'no words for when it is empty'],
    [targets.length > 0, 'no target'],
    [repeated(targets.map(({ refId }) => refId)).length === 0, 'two targets of one letter'],
    [targets.every(({ refId }) => /^[A-Z]$/.test(refId)), 'a target without a letter'],
    [isLegendShown(type, options), 'no legend'],
    [overriddenUnits(fieldConfig).every(isUnit), 'a column with no unit of Grafana'],
  ];
  return wanted.flatMap(([holds, complaint]) => (holds ? [] : [complaint]));
}

function isLegendShown(type: string, options: PanelJson['options']): boolean {
  return !['timeseries', 'state-timeline'].includes(type) || options?.legend?.showLegend === true;
}

function overriddenUnits({ overrides }: PanelJson['fieldConfig']): readonly string[] {
  return overrides
    .flatMap(({ properties }) => properties)
    .flatMap(({ id, value }) => (id === 'unit' ? [String(value)] : []));
}

function cellsOf({ gridPos: { x, y, w, h } }: PanelJson): readonly string[] {
  return Array.from({ length: w * h }, (_, index) => `${x + (index % w)},${y + Math.floor(index / w)}`);
}

function repeated<Item>(items: readonly Item[]): readonly Item[] {
  return [...new Set(items.filter((item, index) => items.indexOf(item) !== index))];
}
