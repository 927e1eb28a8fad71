import {
  BigValueColorMode,
  BigValueGraphMode,
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
import { PanelBuilder as StatBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as TimelineBuilder } from '@grafana/grafana-foundation-sdk/statetimeline';
import { PanelBuilder as TimeseriesBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import { type Frame, framed, type UnplacedPanel } from './frame.ts';
import { mappings, type StateWord, type Step, thresholds } from './look.ts';

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
