import { statPanel } from './chart-panels.ts';
import type { UnplacedPanel } from './frame.ts';
import type { StateWord, Step } from './look.ts';

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
