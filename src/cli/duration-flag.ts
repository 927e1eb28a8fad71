import { formatDuration, parseDuration } from '../config/value/duration.ts';
import { type Flag, type FlagValues, flagValue, UsageError } from './flags/flag.ts';

/** What a flag takes, both ends included, in milliseconds. */
export interface DurationRange {
  readonly least: number;
  readonly most: number;
}

/**
 * The milliseconds of a flag whose value is a duration, as in the configuration: `15s`, `1m30s`, `500ms`.
 * @throws UsageError for what is none, or none of the range
 */
export function durationOf(values: FlagValues, flag: Flag, { least, most }: DurationRange): number {
  const text = flagValue(values, flag);
  const milliseconds = parseDuration(text);
  if (milliseconds !== null && milliseconds >= least && milliseconds <= most) return milliseconds;
  const range = `${least === 0 ? 'up to' : `from ${formatDuration(least)} to`} ${formatDuration(most)}`;
  // A bare number is the usual slip: nobody can tell its unit.
  const hint = /^\d+(\.\d+)?$/.test(text) ? ', with its unit, as in 30s' : '';
  throw new UsageError(`--${flag.name}: "${text}" is not a duration ${range}${hint}`);
}
