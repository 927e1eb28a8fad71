import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import {
  BigValueColorMode,
  BigValueGraphMode,
  type DataSourceRef,
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  LegendDisplayMode,
  LegendPlacement,
  ReduceDataOptionsBuilder,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import type { GridPos, Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder, PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as StatBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as TimelineBuilder } from '@grafana/grafana-foundation-sdk/statetimeline';
import { PanelBuilder as TimeseriesBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import { mappings, type StateWord, type Step, thresholds } from './look.ts';

/** The data source that the reader chooses at the top of the dashboard. */
export const datasource: DataSourceRef = { type: 'prometheus', uid: '$datasource' };

/** One query; `legend` is the name of its series. */
interface Query {
  readonly expression: string;
  readonly legend: string;
}

/** What every panel has; where it is comes from the layout. */
export interface Frame {
  /** Unique in the dashboard and never reused: links to a panel name it. */
  readonly id: number;
  readonly title: string;
  /** What is to be seen, and what to do about it. */
  readonly description: string;
  /** A Grafana unit: `s`, `bytes`, `short`, ... */
  readonly unit: string;
  /** At least one; their letters are A, B, ... in this order. */
  readonly queries: readonly Query[];
  /** What an empty panel says. */
  readonly whenEmpty: string;
}

/** A panel that has no place yet. */
export interface UnplacedPanel extends Builder<Panel> {
  gridPos(position: GridPos): unknown;
}

/** What `framed` needs of the builders: they share it without sharing a type. */
interface Framable<Self> {
  id(id: number): Self;
  title(title: string): Self;
  description(description: string): Self;
  datasource(datasource: DataSourceRef): Self;
  unit(unit: string): Self;
  noValue(text: string): Self;
  targets(targets: Builder<Dataquery>[]): Self;
}

/** The letter by which a panel names its query. */
export function queryLetter(index: number): string {
  return String.fromCharCode('A'.charCodeAt(0) + index);
}

/** Fills in what every panel has. The builders leave out `id`, `refId` and the data source unless told. */
export function framed<Builder extends Framable<Builder>>(
  panel: Builder,
  frame: Frame,
  { isInstant = false } = {},
): Builder {
  const queries = frame.queries.map(({ expression, legend }, index) => {
    const query = new DataqueryBuilder()
      .refId(queryLetter(index))
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
    .unit(frame.unit)
    .noValue(frame.whenEmpty)
    .targets(queries);
}

/** States over time, one line per series. */
export function timelinePanel(frame: Frame, words: readonly StateWord[]): UnplacedPanel {
  return framed(new TimelineBuilder(), frame)
    .mappings(mappings(words))
    .mergeValues(true)
    .showValue(VisibilityMode.Never)
    .rowHeight(0.8)
    .fillOpacity(80)
    .legend(legend());
}

/** How a chart differs from others. */
interface ChartOptions {
  /** Limits to draw as dashed lines. */
  readonly steps?: readonly Step[] | undefined;
  /** Zero need not be at the bottom. */
  readonly canBeNegative?: boolean;
}

/** Figures over time. */
export function timeseriesPanel(frame: Frame, { steps, canBeNegative = false }: ChartOptions = {}): UnplacedPanel {
  const panel = framed(new TimeseriesBuilder(), frame)
    .lineWidth(2)
    .fillOpacity(10)
    .legend(legend())
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi));
  if (!canBeNegative) panel.min(0);
  if (steps === undefined) return panel;
  return panel
    .thresholds(thresholds(steps))
    .thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Dashed));
}

/** One figure, now, coloured by its value. */
function statPanel(frame: Frame, look: readonly StateWord[] | readonly Step[]): UnplacedPanel {
  const words = look.filter((item) => 'text' in item);
  const steps = look.filter((item) => 'from' in item);
  const panel = framed(new StatBuilder(), frame, { isInstant: true })
    .colorMode(BigValueColorMode.Background)
    .graphMode(BigValueGraphMode.None)
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']).values(false));
  if (words.length > 0) panel.mappings(mappings(words));
  return steps.length > 0 ? panel.thresholds(thresholds(steps)) : panel;
}

function legend(): VizLegendOptionsBuilder {
  return new VizLegendOptionsBuilder()
    .showLegend(true)
    .displayMode(LegendDisplayMode.List)
    .placement(LegendPlacement.Bottom);
}

/** One figure of those at the top of a dashboard. */
export interface Figure {
  readonly title: string;
  readonly description: string;
  readonly expression: string;
  /** A count unless given. */
  readonly unit?: string;
  readonly look: readonly StateWord[] | readonly Step[];
  /** In place of what the others say. */
  readonly whenEmpty?: string;
  /** The name of each value, where there may be several; the title unless given. */
  readonly legend?: string;
}

/** A panel for each figure; their ids are 1, 2, ... so a new one goes to the end. */
export function figurePanels(figures: readonly Figure[], whenEmpty: string): readonly UnplacedPanel[] {
  return figures.map(({ expression, look, legend, ...figure }, index) =>
    statPanel(
      { id: index + 1, unit: 'short', whenEmpty, ...figure, queries: [{ expression, legend: legend ?? figure.title }] },
      look,
    ),
  );
}
