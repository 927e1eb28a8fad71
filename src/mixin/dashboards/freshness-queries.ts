import { lastSuccessTimestampSeconds, pollIntervalSeconds } from '../../metrics/families/polling.ts';
import type { Instant } from './promql.ts';
import { chosenServer, select } from './variables.ts';

/**
 * How long ago each server was last read, in the poll intervals that are configured for it: a colour that begins at so many
 * seconds would be wrong for every other interval than one.
 */
export function pollsSinceSuccess(by: readonly ('job' | 'instance' | 'server')[], at: Instant = ''): string {
  const labels = by.join(', ');
  const last = `max by (${labels}) (${select(lastSuccessTimestampSeconds, chosenServer)}${at})`;
  return `(time() - ${last})\n/ on (${labels}) max by (${labels}) (${select(pollIntervalSeconds, chosenServer)}${at})`;
}
