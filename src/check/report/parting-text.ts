import type { LinkEnd } from '../../link/data/end.ts';
import type { Parting } from '../../link/findings/roles.ts';
import { betweenText, describeEnd, listText } from '../../link/words.ts';
import { bytesText, countText, durationText, timeText } from '../../text/quantity.ts';
import type { StepScene } from './fill-step.ts';

/** Who was primary before, since when the ends go apart, and where that is known from. */
export function partingText({ kept, turn }: Parting, old: LinkEnd, scene: StepScene): string {
  const source =
    turn.isFromFile === true
      ? `the polls of ${kept.server}, read back from history.path`
      : `the polls of ${kept.server}`;
  const [least, most] = [turn.byTimestampSeconds, turn.afterTimestampSeconds].map((at) =>
    durationText(scene.nowSeconds - at),
  );
  const apart = least === most ? `for ${most}` : `for ${least} to ${most}`;
  return [
    `${old.server} was the only PRIMARY before: ${kept.server} was SECONDARY and became PRIMARY ${betweenText(turn)} (from ${source}).`,
    `The ends have diverged ${apart}.`,
    writtenText([old, kept], scene),
    ...loggedTexts([old, kept], scene),
  ]
    .filter((text) => text !== '')
    .join(' ');
}

/** What each of two primaries holds that the other one was never sent. */
export function writtenText(primaries: readonly LinkEnd[], scene: StepScene): string {
  const parts = primaries.flatMap(({ server }) => {
    const queues = scene.link.databases.flatMap(({ ends }) => ends.find((end) => end.server === server) ?? []);
    const known = queues.flatMap(({ partner }) => partner?.logSendQueueBytes ?? []);
    if (known.length === 0) return [];
    const bytes = known.reduce((sum, each) => sum + each, 0);
    const rest = known.length === queues.length ? '' : ` in ${known.length} of ${countText(queues.length, 'database')}`;
    return [`${server} ${bytesText(bytes)}${rest}${ageText(server, scene)}`];
  });
  return parts.length === 0 ? '' : `Log that was not sent to the other end: ${listText(parts)} (log_send_queue_size).`;
}

/** Of a view that may be read less often than the rest. */
function ageText(server: string, { servers, nowSeconds }: StepScene): string {
  const state = servers.find(({ name }) => name === server);
  const readAt = state?.views.get('database_replica_states')?.readTimestampSeconds ?? null;
  return readAt === null ? '' : ` ${durationText(nowSeconds - readAt)} ago`;
}

/** Changes of role, as the text of 1480 says them. */
const roleChangeNumber = 1480;
const maximumLogged = 2;
const maximumCharacters = 160;

/** What the servers' own error logs say of changes of role, the newest first. */
export function loggedTexts(primaries: readonly LinkEnd[], { servers }: StepScene): readonly string[] {
  return primaries.flatMap((end) => {
    const recent = servers.find(({ name }) => name === end.server)?.errorLog?.recent ?? [];
    return recent
      .filter(({ number }) => number === roleChangeNumber)
      .toSorted((one, other) => other.timestampSeconds - one.timestampSeconds)
      .slice(0, maximumLogged)
      .map(
        ({ timestampSeconds, text }) =>
          `The error log of ${describeEnd(end)} says at ${timeText(timestampSeconds)}, by its own clock: "${text.slice(0, maximumCharacters)}"`,
      );
  });
}
