/**
 * What a `replicaState` of Azure means. The set is open, and a planned failover may pass through states that nobody has
 * published: what is not known is `other`, never an error.
 */
export const azureLinkStages = [
  'creating',
  'seeding',
  'catch_up',
  'synchronizing',
  'failover',
  'error',
  'other',
] as const;

export type AzureLinkStage = (typeof azureLinkStages)[number];

/** Azure's own names in lower case, as seen in recordings, in reports and in Microsoft's specification. */
const known: Readonly<Record<string, AzureLinkStage>> = {
  linksynchronizing: 'synchronizing',
  initiatinglink: 'creating',
  creatinglink: 'creating',
  seeding: 'seeding',
  linkinitialseeding: 'seeding',
  copying: 'seeding',
  catchup: 'catch_up',
  linkcatchup: 'catch_up',
  linkfailoverinprogress: 'failover',
};

/** The text "Error" decides: health and connection beside it may still read well. Null: no state was given. */
export function stageOf(replicaState: string | null): AzureLinkStage | null {
  if (replicaState === null) return null;
  const state = replicaState.toLowerCase();
  if (state.includes('error') || state.includes('failed')) return 'error';
  const own = Object.hasOwn(known, state) ? known[state] : undefined;
  if (own !== undefined) return own;
  if (state.includes('failover')) return 'failover';
  if (state.includes('seeding') || state.includes('copying')) return 'seeding';
  if (state.includes('catchup')) return 'catch_up';
  return state.includes('creating') || state.includes('initiating') ? 'creating' : 'other';
}
