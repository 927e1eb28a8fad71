import type { Matchers, Metric } from '../selector.ts';
import type { StateWord } from './look.ts';
import type { Instant } from './promql.ts';
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
 * exporters differ the first counts, since `or` takes what comes first: so the worst goes first. A state that is not listed,
 * of a newer server, has the number after the last.
 */
export function stateNumber<Label extends string>(
  { metric, label, by }: StateMetric<Label>,
  states: readonly ColouredState[],
  matchers: Matchers<NoInfer<Label>> = {},
  at: Instant = '',
): string {
  const whenIn = (more: Matchers<string>): string =>
    `max by (${by.join(', ')}) (${select<string>(metric, { ...matchers, ...more })}${at}) == 1`;
  const listed = states.map(([state], index) => `(${whenIn({ [label]: state })}) * ${index + 1}`);
  return [...listed, `(${whenIn({})}) * ${states.length + 1}`].join('\nor ');
}

/** The words for the numbers of `stateNumber`. */
export function stateWords(states: readonly ColouredState[]): readonly StateWord[] {
  const listed = states.map(([state, color]) => [spaced(state), color] as const);
  return [...listed, ['another', 'purple'] as const].map(([text, color], index) => ({ value: index + 1, text, color }));
}

/** The words of a state: NOT_HEALTHY as \`not healthy\`, LinkSynchronizing as \`link synchronizing\`. */
function spaced(state: string): string {
  return state
    .replaceAll('_', ' ')
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
}
