import {
  MappingType,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  type ValueMapping,
} from '@grafana/grafana-foundation-sdk/dashboard';

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
export const risingIsBad = (orange: number, red: number): readonly Step[] => [
  { from: null, color: 'green' },
  { from: orange, color: 'orange' },
  { from: red, color: 'red' },
];

/** Red below the first limit, orange below the second, else green. */
export const fallingIsBad = (red: number, orange: number): readonly Step[] => [
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
