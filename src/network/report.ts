import { causesFor } from './causes.ts';
import type { Obstacle, TargetOutcome } from './outcome.ts';
import type { Direction } from './target.ts';

/** What came of one direction. */
export interface DirectionReport {
  readonly direction: Direction;
  /** The server that tested, and the one that it tried to reach, by their names in the configuration. */
  readonly from: string;
  readonly to: string;
  readonly outcomes: readonly TargetOutcome[];
  /** Why it could not be tested; null: it was. */
  readonly obstacle: Obstacle | null;
  /** What the server said to it; empty where it said nothing. */
  readonly said: string;
  /** Lines to run on the host of the server that could not test. */
  readonly hostLines: readonly string[];
}

/** What this machine sees, which is not the way of the link. */
export interface LocalSight {
  readonly host: string;
  readonly port: number;
  readonly what: string;
  readonly text: string;
}

/** Something that a run made and could not remove. */
export interface Leftover {
  readonly server: string;
  readonly what: string;
  readonly statement: string;
  readonly why: string;
}

export interface NetworkReport {
  readonly generatedAtSeconds: number;
  readonly directions: readonly DirectionReport[];
  readonly sights: readonly LocalSight[];
  readonly leftovers: readonly Leftover[];
  /** What earlier runs had left and this one removed. */
  readonly removed: readonly string[];
  /** What other runs have made that are alive, or may be: it was left alone. */
  readonly inUse: readonly string[];
}

export type NetworkVerdict = 'passed' | 'partly' | 'failed' | 'untold';

/** 0 passed, 1 partly, 2 failed, 3 could not be tested. */
export const exitCodeOfNetwork: Readonly<Record<NetworkVerdict, number>> = {
  passed: 0,
  partly: 1,
  failed: 2,
  untold: 3,
};

/** `failed`: a place was tested and not reached; `partly`: all that was tested is reached, and something was not tested. */
export function networkVerdict({
  directions,
  leftovers,
}: Pick<NetworkReport, 'directions' | 'leftovers'>): NetworkVerdict {
  const all = directions.flatMap(({ outcomes }) => outcomes.filter(({ target }) => target.place !== 'other'));
  const untested = (finding: string): boolean => finding === 'no_result' || finding === 'old_result';
  const tested = all.filter(({ finding }) => !untested(finding));
  if (tested.some(({ finding }) => finding !== 'reached')) return 'failed';
  if (tested.length === 0) return 'untold';
  const isComplete =
    directions.every(({ obstacle, outcomes }) => obstacle === null && outcomes.length > 0) &&
    tested.length === all.length;
  return isComplete && leftovers.length === 0 ? 'passed' : 'partly';
}

/** What to check next for a direction, the likeliest first. */
export function causesOf({ direction, outcomes }: DirectionReport): readonly string[] {
  return causesFor(direction, outcomes);
}
