import { formatDuration, parseDuration } from '../../config/value/duration.ts';

/** The headings of the help text, in its order. */
export const flagGroups = [
  'Configuration',
  'Servers',
  'Polling',
  'Sharding',
  'Web',
  'Output',
  'Simulation',
  'Logging',
  'Other',
] as const;

type FlagGroup = (typeof flagGroups)[number];

/** One command-line flag, in the form of the Prometheus family: `--config.file=PATH`. */
export interface Flag {
  readonly name: string;
  readonly group: FlagGroup;
  /** What stands for the value in the help text; absent for a switch. */
  readonly value?: string;
  /** A switch that may carry a value, only as `--name=VALUE`; given without one it holds `true`. */
  readonly isValueOptional?: boolean;
  /** `--name=` counts as not given: scripts pass a variable that may be empty. */
  readonly mayBeEmpty?: boolean;
  /** May be given several times. */
  readonly isRepeatable?: boolean;
  /** Used when the flag isn't given; shown in the help text. */
  readonly default?: string;
  /** The values allowed, where they are few. */
  readonly choices?: readonly string[];
  readonly help: string;
}

/** Flags given on the command line, by name: always a list, since any of them may be repeatable; a switch holds `true`. */
export type FlagValues = ReadonlyMap<string, readonly string[]>;

/** A mistake on the command line: exit code 2, with the hint to `--help`. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The name under which the words of a command are among the values: no flag can have it. */
export const wordsName = '';

/** The words of a command that takes some, in their order. */
export function wordsOf(values: FlagValues): readonly string[] {
  return values.get(wordsName) ?? [];
}

/** The value of a flag that isn't repeatable: the one given, else its default. */
export function flagValue(values: FlagValues, flag: Flag): string {
  return values.get(flag.name)?.at(-1) ?? flag.default ?? '';
}

/** All values of a repeatable flag: those given, else its default. */
export function flagValueList(values: FlagValues, flag: Flag): readonly string[] {
  return values.get(flag.name) ?? (flag.default === undefined ? [] : [flag.default]);
}

/** Whether a switch was given. */
export function isSet(values: FlagValues, flag: Flag): boolean {
  return values.has(flag.name);
}

/** A whole number from a flag's value. Throws UsageError outside `minimum` to `maximum`. */
export function wholeNumber(values: FlagValues, flag: Flag, range: { minimum: number; maximum: number }): number {
  const text = flagValue(values, flag);
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= range.minimum && number <= range.maximum) return number;
  throw new UsageError(`--${flag.name}: "${text}" is not a whole number from ${range.minimum} to ${range.maximum}`);
}

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
