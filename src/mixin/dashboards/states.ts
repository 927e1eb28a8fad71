import type { Verdict } from '../../link/data/verdict.ts';
import { databaseSynchronizationState } from '../../metrics/families/database-state.ts';
import { linkVerdict } from '../../metrics/families/link.ts';
import { replicaRole, replicaSynchronizationHealth } from '../../metrics/families/replica.ts';
import type { Matchers, Metric } from '../promql.ts';
import type { StateWord } from './look.ts';
import type { Instant } from './queries.ts';
import { select } from './variables.ts';

/** A state that a metric shows as one series per word. */
interface StateMetric<Label extends string> {
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

/** Worst first: as the verdicts are decided, but a first copy that runs comes after all that is broken. */
const verdictColors: Readonly<Record<Verdict, string>> = {
  split_brain: 'dark-red',
  missing: 'dark-red',
  unknown: 'purple',
  no_primary: 'red',
  primary_unreachable: 'dark-orange',
  seeding_failed: 'red',
  disconnected: 'red',
  suspended: 'orange',
  not_healthy: 'red',
  seeding: 'blue',
  partially_healthy: 'yellow',
  healthy: 'green',
};

/** Worst first. */
export const verdictStates: readonly ColouredState[] = Object.entries(verdictColors);
/** The verdict on each link. */
export const verdictMetric = { metric: linkVerdict, label: 'verdict', by: ['link', 'managed_instance'] } as const;

/** A role is neither good nor bad: in a split brain a green PRIMARY looked well. The verdict says what is wrong, in red. */
export const roleStates: readonly ColouredState[] = [
  ['RESOLVING', 'orange'],
  ['SECONDARY', 'light-blue'],
  ['PRIMARY', 'blue'],
];
/** The role of each end. */
export const roleMetric = {
  metric: replicaRole,
  label: 'role',
  by: ['server', 'link', 'managed_instance'],
} as const;

/** synchronization_health_desc. */
export const healthStates: readonly ColouredState[] = [
  ['NOT_HEALTHY', 'red'],
  ['PARTIALLY_HEALTHY', 'yellow'],
  ['HEALTHY', 'green'],
];
/** The health of each end, as itself or its partner says. */
export const replicaHealthMetric = {
  metric: replicaSynchronizationHealth,
  label: 'health',
  by: ['server', 'link', 'managed_instance', 'replica'],
} as const;

/** SYNCHRONIZING is what a healthy link with asynchronous commit shows. */
export const synchronizationStates: readonly ColouredState[] = [
  ['NOT SYNCHRONIZING', 'red'],
  ['REVERTING', 'orange'],
  ['INITIALIZING', 'yellow'],
  ['SYNCHRONIZING', 'green'],
  ['SYNCHRONIZED', 'dark-green'],
];
/** The state of each copy of each database. */
export const synchronizationMetric = {
  metric: databaseSynchronizationState,
  label: 'state',
  by: ['server', 'link', 'managed_instance', 'database', 'replica'],
} as const;

/** How many ends are primary. */
export const primaryWords: readonly StateWord[] = [
  { value: 0, text: 'none', color: 'orange' },
  { value: 1, text: 'one', color: 'green' },
  { value: 2, text: 'split brain', color: 'dark-red' },
];

/** How many ends were seen. */
export const endWords: readonly StateWord[] = [
  { value: 0, text: 'none', color: 'red' },
  { value: 1, text: 'one of two', color: 'orange' },
  { value: 2, text: 'both', color: 'green' },
];
