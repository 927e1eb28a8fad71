import type { Terminal } from '../command.ts';

/** A screen is never wider: people read it in a terminal of 80 columns, and paste it into tickets. */
const maximumColumns = 80;
const minimumColumns = 60;

/** How wide lines may be, and whether they may have colours. */
export function screenOf({ screenSize, environment }: Terminal): {
  readonly width: number;
  readonly hasColour: boolean;
} {
  const size = screenSize();
  const isPlain = size === null || environment.TERM === 'dumb' || (environment.NO_COLOR ?? '') !== '';
  // Some terminals do not know their size and say 0.
  const columns = size?.columns || maximumColumns;
  return { width: Math.min(maximumColumns, Math.max(minimumColumns, columns)), hasColour: !isPlain };
}
