import {
  MappingType,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  type ValueMapping,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { logFillingHours, logFullSoonHours } from '../../link/findings/log.ts';
import { mixinConfig } from '../config.ts';

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

/** 1 is as it should be. */
export const goodWhenOne = (no: string, yes: string): readonly StateWord[] => [
  { value: 0, text: no, color: 'red' },
  { value: 1, text: yes, color: 'green' },
];

/** 0 is as it should be, anything above is not. */
export const zeroIsGood = (color = 'red'): readonly Step[] => [
  { from: null, color: 'green' },
  { from: 1, color },
];

/** A figure that says nothing of good or bad. */
export const neutral: readonly Step[] = [{ from: null, color: 'blue' }];

/** Green below the first limit, orange from it on, red from the second on. */
const risingIsBad = (orange: number, red: number): readonly Step[] => [
  { from: null, color: 'green' },
  { from: orange, color: 'orange' },
  { from: red, color: 'red' },
];

/** Red below the first limit, orange below the second, else green. */
const fallingIsBad = (red: number, orange: number): readonly Step[] => [
  { from: null, color: 'red' },
  { from: red, color: 'orange' },
  { from: orange, color: 'green' },
];

/** The words as Grafana's value mappings. */
export function mappings(words: readonly StateWord[]): ValueMapping[] {
  const options = Object.fromEntries(
    words.map(({ value, text, color }, index) => [String(value), { text, color, index }]),
  );
  return [{ type: MappingType.ValueToText, options }];
}

/** The steps as Grafana's thresholds. */
export function thresholds(steps: readonly Step[]): ThresholdsConfigBuilder {
  return new ThresholdsConfigBuilder()
    .mode(ThresholdsMode.Absolute)
    .steps(steps.map(({ from, color }) => ({ value: from, color })));
}

/** A queue that is worth a look; the alerts ask how many seconds of work it is. */
const longQueueBytes = 1024 ** 3;
/** Polls that may be missed before anybody need look: a slow one, a failed one. */
const missedPolls = 4;

const orangeFrom = (limit: number): readonly Step[] => [
  { from: null, color: 'green' },
  { from: limit, color: 'orange' },
];

/** Each colour begins where the alert of that severity begins: a warning is orange, a critical one red. */
export const lagSteps = orangeFrom(mixinConfig.lagSeconds);
export const dataLossSteps = orangeFrom(mixinConfig.dataLossSeconds);
export const sendQueueSteps = orangeFrom(longQueueBytes);
export const redoQueueSteps = orangeFrom(longQueueBytes);
/** In days. */
export const certificateSteps = fallingIsBad(
  mixinConfig.certificateCriticalHours / 24,
  mixinConfig.certificateWarningDays,
);

/** How old the data of a server may be, in poll intervals: what the configuration says counts. Red where it counts as stale. */
export const ageSteps = risingIsBad(missedPolls, mixinConfig.staleFactor);
/** Of what may be long ago, in seconds: days and the time of day, never weeks or years. */
export const age = 'dtdhms';
/** Of `ageSteps`. */
export const pollIntervals = 'suffix: polls';
/** In hours: how long a log lasts. */
export const logHoursSteps = fallingIsBad(logFullSoonHours, logFillingHours);
/** The share of the time in which an objective is met: three nines, two nines. */
export const shareSteps = fallingIsBad(0.99, 0.999);
