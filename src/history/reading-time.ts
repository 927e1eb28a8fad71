import type { ServerState } from '../model/server-state.ts';
import type { Source } from './facts/fact.ts';

/** When something was read. Unix seconds. */
export interface ReadingTime {
  readonly beganSeconds: number;
  readonly endedSeconds: number;
}

type Servers = ReadonlyMap<string, ServerState>;

/** When the latest rows of a source were read; null where there are none. */
export function readingTime(source: Exclude<Source, { kind: 'ends' }>, servers: Servers): ReadingTime | null {
  const state = servers.get(source.server);
  if (state === undefined || state.lastPollTimestampSeconds === null) return null;
  const reading = source.kind === 'view' ? state.views.get(source.view) : undefined;
  const endedSeconds = reading?.readTimestampSeconds ?? state.lastPollTimestampSeconds;
  const tookSeconds = reading?.readTimestampSeconds == null ? state.lastPollDurationSeconds : reading.durationSeconds;
  return { beganSeconds: endedSeconds - (tookSeconds ?? 0), endedSeconds };
}

/** The polls of these servers that ended between the two looks. */
function newPolls(names: readonly string[], before: Servers, now: Servers): readonly string[] {
  return names.filter((name) => {
    const [former, current] = [before.get(name), now.get(name)];
    return current !== undefined && former?.lastPollTimestampSeconds !== current.lastPollTimestampSeconds;
  });
}

/** When a source was read last at the former look; null where that is not known. */
export function lastSeenSeconds(source: Source, before: Servers, now: Servers): number | null {
  if (source.kind !== 'ends') return readingTime(source, before)?.beganSeconds ?? null;
  // What changed is what one of the new polls brought: the others said the same at both looks.
  const polled = newPolls(source.servers, before, now);
  const times = polled.flatMap((server) => readingTime({ kind: 'poll', server }, before)?.beganSeconds ?? []);
  return times.length === polled.length && times.length > 0 ? Math.min(...times) : null;
}

/** When a source was read at this look. */
export function seenSeconds(source: Source, before: Servers, now: Servers, nowSeconds: number): number {
  if (source.kind !== 'ends') return readingTime(source, now)?.endedSeconds ?? nowSeconds;
  const polled = newPolls(source.servers, before, now);
  const times = polled.flatMap((server) => readingTime({ kind: 'poll', server }, now)?.endedSeconds ?? []);
  return times.length === 0 ? nowSeconds : Math.max(...times);
}
