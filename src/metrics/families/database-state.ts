import type { DatabaseReplicaState } from '../../model/database.ts';
import { synchronizationStates } from '../../model/synchronization-state.ts';
import { type Family, family, type State } from '../family.ts';
import { copyLabels, databaseCopies, databaseView as view, whichCopy } from './database-rows.ts';
import { stateFlags } from './state-set.ts';

const healths = ['NOT_HEALTHY', 'PARTIALLY_HEALTHY', 'HEALTHY'] as const;
const databaseStates = [
  'ONLINE',
  'RESTORING',
  'RECOVERING',
  'RECOVERY_PENDING',
  'SUSPECT',
  'EMERGENCY',
  'OFFLINE',
] as const;

export const databaseSynchronizationState = family({
  name: 'milink_database_synchronization_state',
  help: `State of the copy: 1 for the current synchronization_state_desc in ${view}, 0 for the others. SYNCHRONIZING is healthy with asynchronous commit. ${whichCopy}`,
  type: 'gauge',
  labels: [...copyLabels, 'state'],
  source: `${view}.synchronization_state_desc`,
  samples: (all) => states(all, synchronizationStates, (row) => row.synchronizationState),
});

export const databaseSynchronizationHealth = family({
  name: 'milink_database_synchronization_health',
  help: `Health of the copy: 1 for the current synchronization_health_desc in ${view}, 0 for the others. ${whichCopy}`,
  type: 'gauge',
  labels: [...copyLabels, 'health'],
  source: `${view}.synchronization_health_desc`,
  samples: (all) =>
    databaseCopies(all).flatMap(({ labels: names, row }) =>
      stateFlags(healths, row.synchronizationHealth).map(({ state: health, value }) => ({
        labels: { ...names, health },
        value,
      })),
    ),
});

export const databaseState = family({
  name: 'milink_database_state',
  help: `State of the database: 1 for the current database_state_desc in ${view}, 0 for the others. ${whichCopy}`,
  type: 'gauge',
  labels: [...copyLabels, 'state'],
  source: `${view}.database_state_desc`,
  samples: (all) => states(all, databaseStates, (row) => row.databaseState),
});

export const databaseSuspended = family({
  name: 'milink_database_suspended',
  help: `Whether the data movement of the copy is suspended, is_suspended in ${view}: 1 with suspend_reason_desc as reason, or 0 with an empty reason. ${whichCopy}`,
  type: 'gauge',
  labels: [...copyLabels, 'reason'],
  source: `${view}.is_suspended`,
  samples: (all) =>
    databaseCopies(all).flatMap(({ labels: names, row }) => {
      if (row.isSuspended === null) return [];
      const reason = row.isSuspended ? (row.suspendReason ?? 'UNKNOWN') : '';
      return [{ labels: { ...names, reason }, value: row.isSuspended ? 1 : 0 }];
    }),
});

function states(all: State, documented: readonly string[], current: (row: DatabaseReplicaState) => string | null) {
  return databaseCopies(all).flatMap(({ labels: names, row }) =>
    stateFlags(documented, current(row)).map(({ state, value }) => ({ labels: { ...names, state }, value })),
  );
}

/** How each copy of each database stands. */
export const databaseStateFamilies: readonly Family[] = [
  databaseSynchronizationState,
  databaseSynchronizationHealth,
  databaseState,
  databaseSuspended,
];
