import type { ServerState } from '../../model/server-state.ts';
import type { ViewName } from '../../model/snapshot.ts';
import { type EventKind, kept, type Subject } from '../event.ts';

/** Where a fact was read: says when it was last seen. */
export type Source =
  | { readonly kind: 'view'; readonly server: string; readonly view: ViewName }
  | { readonly kind: 'poll'; readonly server: string }
  /** Put together from what these servers say. */
  | { readonly kind: 'ends'; readonly servers: readonly string[] };

/** One thing that holds now. What was not seen is no fact. */
export interface Fact extends Subject {
  readonly kind: EventKind;
  /** As in the event. */
  readonly name: string;
  readonly value: string;
  readonly source: Source;
  /** The server's own time of it; null where it gives none. */
  readonly saidSeconds: number | null;
  /** When it became so, where that is known better than from two looks. */
  readonly between?: { readonly afterSeconds: number; readonly bySeconds: number };
}

interface Details extends Partial<Subject> {
  readonly kind: EventKind;
  readonly name?: string;
  readonly value: string;
  readonly source: Source;
  readonly saidSeconds?: number | null;
  readonly between?: Fact['between'];
}

/** A fact of what is given; what it is not about is null. Many are made in each look. */
export function fact({ kind, name = '', value, source, saidSeconds = null, between, ...given }: Details): Fact {
  return {
    link: textOf(given.link),
    managedInstance: textOf(given.managedInstance),
    server: textOf(given.server),
    database: textOf(given.database),
    certificate: textOf(given.certificate),
    kind,
    name: kept(name),
    value: kept(value),
    source,
    saidSeconds,
    ...(between === undefined ? {} : { between }),
  };
}

function textOf(text: string | null = null): string | null {
  return text === null ? null : kept(text);
}

/** Tells facts apart, whatever their value. */
export function factKey(of: Subject & { readonly kind: EventKind; readonly name: string }): string {
  return JSON.stringify([of.kind, of.name, of.link, of.managedInstance, of.server, of.database, of.certificate]);
}

/** When something was read. Unix seconds. */
interface ReadingTime {
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
