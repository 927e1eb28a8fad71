import { type DatabaseReplicaState, synchronizationStates } from '../../model/database.ts';
import { type Family, family } from '../family.ts';
import { copyLabels, databaseCopies, ofEachCopy, databaseView as view, whichCopy } from './database-rows.ts';
import { madeOf, stateFlags } from './made-of.ts';

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
  ...states(synchronizationStates, (row) => row.synchronizationState),
});

export const databaseSynchronizationHealth = family({
  name: 'milink_database_synchronization_health',
  help: `Health of the copy: 1 for the current synchronization_health_desc in ${view}, 0 for the others. ${whichCopy}`,
  type: 'gauge',
  labels: [...copyLabels, 'health'],
  source: `${view}.synchronization_health_desc`,
  ...ofEachCopy(
    (row) => row.synchronizationHealth,
    (names, current) =>
      stateFlags(healths, current).map(({ state: health, value }) => ({ labels: { ...names, health }, value })),
  ),
});

export const databaseState = family({
  name: 'milink_database_state',
  help: `State of the database: 1 for the current database_state_desc in ${view}, 0 for the others. ${whichCopy}`,
  type: 'gauge',
  labels: [...copyLabels, 'state'],
  source: `${view}.database_state_desc`,
  ...states(databaseStates, (row) => row.databaseState),
});

export const databaseSuspended = family({
  name: 'milink_database_suspended',
  help: `Whether the data movement of the copy is suspended, is_suspended in ${view}: 1 with suspend_reason_desc as reason, or 0 with an empty reason. ${whichCopy}`,
  type: 'gauge',
  labels: [...copyLabels, 'reason'],
  source: `${view}.is_suspended`,
  ...madeOf(
    databaseCopies,
    ({ labels: { server, link, managed_instance, database, replica }, row }) =>
      [server, link, managed_instance, database, replica, row.isSuspended, row.suspendReason] as const,
    (server, link, managed_instance, database, replica, isSuspended, told) => {
      if (isSuspended === null) return [];
      const reason = isSuspended ? (told ?? 'UNKNOWN') : '';
      return [{ labels: { server, link, managed_instance, database, replica, reason }, value: isSuspended ? 1 : 0 }];
    },
  ),
});

function states(documented: readonly string[], current: (row: DatabaseReplicaState) => string | null) {
  return ofEachCopy(current, (names, now) =>
    stateFlags(documented, now).map(({ state, value }) => ({ labels: { ...names, state }, value })),
  );
}

/** How each copy of each database stands. */
export const databaseStateFamilies: readonly Family[] = [
  databaseSynchronizationState,
  databaseSynchronizationHealth,
  databaseState,
  databaseSuspended,
];
