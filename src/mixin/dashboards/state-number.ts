import type { Matchers, Metric } from '../selector.ts';
import type { StateWord } from './look.ts';
import { select } from './variables.ts';

/** A state that a metric shows as one series per word. */
export interface StateMetric<Label extends string> {
  readonly metric: Metric<Label>;
  /** The label that holds the word. */
  readonly label: NoInfer<Label>;
  /** The labels that tell its subjects apart; not `instance`: two exporters that see one thing are one line. */
  readonly by: readonly NoInfer<Label>[];
}

/** A word of a state as the server says it, with its colour. */
export type ColouredState = readonly [state: string, color: string];

/**
 * States as numbers from 1, in the given order: Grafana sorts, colours and merges numbers, and shows them as words. Where two
 * exporters differ the first counts, since `or` takes what comes first: so the worst goes first. A state that is not listed
 * has no number and leaves a gap.
 */
export function stateNumber<Label extends string>(
  { metric, label, by }: StateMetric<Label>,
  states: readonly ColouredState[],
  matchers: Matchers<NoInfer<Label>> = {},
): string {
  return states
    .map(([state], index) => {
      const one: Matchers<string> = { ...matchers, [label]: state };
      return `(max by (${by.join(', ')}) (${select<string>(metric, one)}) == 1) * ${index + 1}`;
    })
    .join('\nor ');
}

/** The words for the numbers of `stateNumber`. */
export function stateWords(states: readonly ColouredState[]): readonly StateWord[] {
  return states.map(([state, color], index) => ({
    value: index + 1,
    text: state.replaceAll('_', ' ').toLowerCase(),
    color,
  }));
}
