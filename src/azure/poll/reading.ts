import { type AzureLink, type AzureLinkDatabase, stageOf } from '../../model/azure/link.ts';
import type {
  AzureFailure,
  AzureHistory,
  AzureLinkHistory,
  AzureReading,
  AzureStateHistory,
} from '../../model/azure/state.ts';

/** What a reading came to. */
export type Result<Value> =
  | { readonly value: Value; readonly failure: null; readonly oddities: readonly string[] }
  | { readonly value: null; readonly failure: AzureFailure };

export interface ReadingTimes {
  readonly nowSeconds: number;
  readonly durationSeconds: number;
  readonly nextSeconds: number;
}

/** A reading after it was read once more. */
export function withResult<Value>(
  before: AzureReading<Value>,
  result: Result<Value>,
  { nowSeconds, durationSeconds, nextSeconds }: ReadingTimes,
): AzureReading<Value> {
  const outcome = result.failure?.reason ?? 'ok';
  return {
    value: result.value,
    failure: result.failure,
    lastPollTimestampSeconds: nowSeconds,
    lastSuccessTimestampSeconds: result.failure === null ? nowSeconds : before.lastSuccessTimestampSeconds,
    lastPollDurationSeconds: durationSeconds,
    nextPollTimestampSeconds: nextSeconds,
    polls: { ...before.polls, [outcome]: (before.polls[outcome] ?? 0) + 1 },
    oddities: result.failure === null ? result.oddities : [],
  };
}

/** A reading that is due and not asked for: what it said before is too old, and nothing was counted. */
export function withoutAsking<Value>(
  before: AzureReading<Value>,
  failure: AzureFailure,
  nextSeconds: number,
): AzureReading<Value> {
  return { ...before, value: null, failure, nextPollTimestampSeconds: nextSeconds, oddities: [] };
}

/** Names of links that left are remembered so long that nobody fills the memory with them. */
const maximumGone = 1000;

/** The history after one more list of links. */
export function nextHistory(before: AzureHistory, links: readonly AzureLink[], nowSeconds: number): AzureHistory {
  const present = new Map(
    links.map((link) => {
      const key = link.name.toLowerCase();
      return [key, nextLink(before.links.get(key), link, nowSeconds)];
    }),
  );
  const left = [...before.links.keys()].filter((key) => !present.has(key)).map((key) => [key, nowSeconds] as const);
  const gone = [...before.gone, ...left].filter(([key]) => !present.has(key)).slice(-maximumGone);
  return { listedTimestampSeconds: before.listedTimestampSeconds ?? nowSeconds, links: present, gone: new Map(gone) };
}

function nextLink(before: AzureLinkHistory | undefined, link: AzureLink, nowSeconds: number): AzureLinkHistory {
  const isSameRole = before?.role === link.instanceRole;
  return {
    seenTimestampSeconds: before?.seenTimestampSeconds ?? nowSeconds,
    role: link.instanceRole,
    roleTimestampSeconds: isSameRole ? before.roleTimestampSeconds : nowSeconds,
    states: new Map(
      link.databases.map((database) => {
        const former = before?.states.get(database.name);
        const key = stateKey(database);
        const state: AzureStateHistory = former?.key === key ? former : { key, sinceTimestampSeconds: nowSeconds };
        return [database.name, state];
      }),
    ),
  };
}

/** One error after another is one time of trouble; of the rest each state is its own. */
function stateKey({ replicaState, connectedState }: AzureLinkDatabase): string {
  const stage = stageOf(replicaState);
  return stage === 'error' ? 'error' : `${stage} ${connectedState}`;
}
