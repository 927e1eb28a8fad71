import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import {
  BigValueColorMode,
  BigValueGraphMode,
  type DataSourceRef,
  LegendDisplayMode,
  LegendPlacement,
  ReduceDataOptionsBuilder,
  TableSortByFieldStateBuilder,
  VisibilityMode,
  VizLegendOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import {
  type GridPos,
  MappingType,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  type ValueMapping,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder, PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as StatBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as TimelineBuilder } from '@grafana/grafana-foundation-sdk/statetimeline';
import { PanelBuilder as TableBuilder } from '@grafana/grafana-foundation-sdk/table';
import { PanelBuilder as TimeseriesBuilder } from '@grafana/grafana-foundation-sdk/timeseries';

/** The data source that the reader chooses at the top of the dashboard. */
export const datasource: DataSourceRef = { type: 'prometheus', uid: '$datasource' };

/** One query; `legend` is the name of its series. */
export interface Query {
  readonly expression: string;
  readonly legend: string;
}

/** What every panel has. */
export interface Frame {
  /** Unique in the dashboard and never reused: links to a panel name it. */
  readonly id: number;
  readonly title: string;
  /** What is to be seen, and what to do about it. */
  readonly description: string;
  /** A Grafana unit: `s`, `bytes`, `short`, ... */
  readonly unit: string;
  /** Grid of 24 columns. */
  readonly position: GridPos;
  readonly queries: readonly Query[];
  /** What an empty panel says. */
  readonly whenEmpty: string;
}

/** One word of a state: what a number stands for, and its colour. */
export interface StateWord {
  readonly value: number;
  readonly text: string;
  readonly color: string;
}

/** A colour from a value on; the first step has no lower end. */
export interface Step {
  readonly from: number | null;
  readonly color: string;
}

/** States over time, one line per series. */
export function timelinePanel(frame: Frame, words: readonly StateWord[]): TimelineBuilder {
  return framed(new TimelineBuilder(), frame)
    .mappings(mappings(words))
    .mergeValues(true)
    .showValue(VisibilityMode.Never)
    .rowHeight(0.8)
    .fillOpacity(80)
    .legend(legend());
}

/** Figures over time. */
export function timeseriesPanel(frame: Frame): TimeseriesBuilder {
  return framed(new TimeseriesBuilder(), frame).min(0).lineWidth(2).fillOpacity(10).legend(legend());
}

/** One figure. */
export function statPanel(frame: Frame, steps: readonly Step[]): StatBuilder {
  return framed(new StatBuilder(), frame, { isInstant: true })
    .thresholds(thresholds(steps))
    .colorMode(BigValueColorMode.Background)
    .graphMode(BigValueGraphMode.None)
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']).values(false));
}

/** The columns of a table: what each label (or `Value`) is called, in the order to show them, and which to sort by, smallest first. */
export interface Columns {
  readonly names: Readonly<Record<string, string>>;
  readonly sortBy: string;
}

/** One row per series of the query, now. */
export function tablePanel(frame: Frame, { names, sortBy }: Columns): TableBuilder {
  const labels = Object.keys(names);
  const indexByName = Object.fromEntries(labels.map((label, index) => [label, index]));
  return framed(new TableBuilder(), frame, { isInstant: true })
    .withTransformation({ id: 'filterFieldsByName', options: { include: { names: labels } } })
    .withTransformation({ id: 'organize', options: { indexByName, renameByName: names } })
    .sortBy([new TableSortByFieldStateBuilder().displayName(sortBy).desc(false)]);
}

/** Colours the whole cell of a table's column, with words for its values or with steps. */
export function colouredColumn(
  table: TableBuilder,
  column: string,
  look: readonly StateWord[] | readonly Step[],
): TableBuilder {
  const words = look.filter((item) => 'text' in item);
  const steps = look.filter((item) => 'from' in item);
  return table.overrideByName(column, [
    { id: 'custom.cellOptions', value: { type: 'color-background', mode: 'basic' } },
    ...(words.length === 0 ? [] : [{ id: 'mappings', value: mappings(words) }]),
    ...(steps.length === 0 ? [] : [{ id: 'thresholds', value: thresholds(steps).build() }]),
  ]);
}

/** What `framed` needs of the builders: they share it without sharing a type. */
interface Framable<Self> {
  id(id: number): Self;
  title(title: string): Self;
  description(description: string): Self;
  datasource(datasource: DataSourceRef): Self;
  gridPos(position: GridPos): Self;
  unit(unit: string): Self;
  noValue(text: string): Self;
  targets(targets: Builder<Dataquery>[]): Self;
}

/** The builders leave out `id`, `refId` and the data source unless told. */
function framed<Panel extends Framable<Panel>>(panel: Panel, frame: Frame, { isInstant = false } = {}): Panel {
  const queries = frame.queries.map(({ expression, legend }, index) => {
    const query = new DataqueryBuilder()
      .refId(String.fromCharCode('A'.charCodeAt(0) + index))
      .datasource(datasource)
      .expr(expression)
      .legendFormat(legend);
    return isInstant ? query.instant().format(PromQueryFormat.Table) : query.range();
  });
  return panel
    .id(frame.id)
    .title(frame.title)
    .description(frame.description)
    .datasource(datasource)
    .gridPos(frame.position)
    .unit(frame.unit)
    .noValue(frame.whenEmpty)
    .targets(queries);
}

function mappings(words: readonly StateWord[]): ValueMapping[] {
  const options = Object.fromEntries(
    words.map(({ value, text, color }, index) => [String(value), { text, color, index }]),
  );
  return [{ type: MappingType.ValueToText, options }];
}

function thresholds(steps: readonly Step[]): ThresholdsConfigBuilder {
  return new ThresholdsConfigBuilder()
    .mode(ThresholdsMode.Absolute)
    .steps(steps.map(({ from, color }) => ({ value: from, color })));
}

function legend(): VizLegendOptionsBuilder {
  return new VizLegendOptionsBuilder()
    .showLegend(true)
    .displayMode(LegendDisplayMode.List)
    .placement(LegendPlacement.Bottom);
}
