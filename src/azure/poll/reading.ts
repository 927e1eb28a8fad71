import type { AzureFailure } from '../../model/azure/failure.ts';
import type { AzureReading } from '../../model/azure/state.ts';

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
