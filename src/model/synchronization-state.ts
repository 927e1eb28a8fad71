/** synchronization_state_desc of sys.dm_hadr_database_replica_states by its code; the first has a blank, not an underscore. */
export const synchronizationStates = [
  'NOT SYNCHRONIZING',
  'SYNCHRONIZING',
  'SYNCHRONIZED',
  'REVERTING',
  'INITIALIZING',
] as const;

export type SynchronizationState = (typeof synchronizationStates)[number];

const meanings: Readonly<Record<SynchronizationState, string>> = {
  'NOT SYNCHRONIZING': 'No changes reach this copy: the ends are not connected, or data movement is suspended.',
  SYNCHRONIZING: 'Changes reach this copy with a delay, which is the healthy state of a link with asynchronous commit.',
  SYNCHRONIZED: 'This copy has every committed change, which a link shows only with synchronous commit.',
  REVERTING:
    'This copy undoes changes that the new primary does not have, and a forced failover would make it unusable.',
  INITIALIZING: 'This copy is waiting for log that it needs to start, and a forced failover would make it unusable.',
};

/** The text of a code; a code that a newer server made up becomes `UNKNOWN (9)`, null stays null. */
export function synchronizationStateName(code: number | null): string | null {
  return code === null ? null : (synchronizationStates[code] ?? `UNKNOWN (${code})`);
}

/** What a synchronization_state_desc means for a link, in one sentence; null for a text that is not known. */
export function describeSynchronizationState(state: string): string | null {
  return Object.hasOwn(meanings, state) ? meanings[state as SynchronizationState] : null;
}
