import type { LinkEnd } from '../../../link/data/end.ts';
import { describeEnd } from '../../../link/words.ts';
import { durationText } from '../../../text/quantity.ts';
import type { Sight } from './answer.ts';
import { clockOf, copyTimes } from './copy.ts';

/** Several times the session timeout of a link and the interval of polls: log that is younger came from a primary that lives. */
const freshSeconds = 120;

/**
 * Whether anything says that a primary lives which this program can't see, in a sentence that begins with what was seen;
 * null: nothing does. A connection whose state is not reported counts as one unless every copy says that it stands still.
 */
export function signOfLife(end: LinkEnd, sight: Sight): string | null {
  const primary = sight.link.ends.find(({ role }) => role === 'PRIMARY');
  if (primary !== undefined) return `${describeEnd(primary)} is PRIMARY.`;
  const connected = end.local?.connectedState ?? null;
  if (connected === 'CONNECTED') return `${end.server} is connected to it.`;
  const fresh = freshLog(end, sight);
  if (fresh !== null) return fresh;
  if (connected === 'DISCONNECTED') return null;
  const rows = sight.link.databases.flatMap(
    ({ ends }) => ends.find(({ server }) => server === end.server)?.local ?? [],
  );
  const isStill = rows.length > 0 && rows.every((row) => row.synchronizationState === 'NOT SYNCHRONIZING');
  return connected === null && isStill ? null : `${end.server} does not say that its connection to it is down.`;
}

/** Log that reached an end a moment ago, by its own clock; a time ahead of that clock is no older. */
export function freshLog(end: LinkEnd, { link, servers }: Sight): string | null {
  const now = clockOf(end, servers);
  const newest = copyTimes(end, link).toSorted((one, other) => other.at - one.at)[0];
  if (newest === undefined || now === null || now - newest.at >= freshSeconds) return null;
  return `Log of database ${newest.name} reached ${end.server} ${durationText(Math.max(0, now - newest.at))} before it was asked.`;
}
