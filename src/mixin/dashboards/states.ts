import type { Verdict } from '../../link/data/verdict.ts';
import { databaseSynchronizationState } from '../../metrics/families/database-state.ts';
import { linkVerdict } from '../../metrics/families/link.ts';
import { replicaRole, replicaSynchronizationHealth } from '../../metrics/families/replica.ts';
import type { ColouredState } from './state-number.ts';

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
