import { type EventKind, endedValue, type HistoryEvent } from './event.ts';
import { factKey } from './facts/fact.ts';
import type { Known } from './ledger.ts';
import type { Levels } from './levels.ts';
import type { Line } from './line.ts';
import type { Memory } from './memory.ts';

/** What reading back fills on the way. */
export interface Restored {
  readonly memory: Memory;
  readonly levels: Levels;
}

/** What is read in every poll: of the rest nobody knows when it was last seen. */
const ofEachPoll: ReadonlySet<EventKind> = new Set<EventKind>(['verdict', 'finding', 'role', 'connection', 'health']);

/** A reading never takes longer: it began so long before it had ended, at most. */
const longestReadingSeconds = 60;

/** Puts together what was known at the end of the lines, oldest first, and fills memory and levels. */
export function restore(lines: Iterable<Line>, { memory, levels }: Restored): readonly Known[] {
  const known = new Map<string, Known>();
  /** Since when a server does not answer: what was seen of it was seen before. */
  const lost = new Map<string, number>();
  /** When what an event brought was seen, at least. */
  const told = new Map<string, number>();
  let askedSeconds: number | null = null;
  for (const line of lines) {
    switch (line.what) {
      case 'alive':
        levels.alive(line.atSeconds);
        askedSeconds = line.seenSeconds ?? askedSeconds;
        break;
      case 'known':
        known.set(factKey(line.known.fact), line.known);
        levels.take(asEvent(line.known, line.atSeconds));
        break;
      case 'event': {
        if (!memory.add(line.event)) break;
        levels.take(line.event);
        const key = factKey(line.event);
        takeEvent(line.event, key, { known, lost });
        told.set(key, line.event.bySeconds - longestReadingSeconds);
        break;
      }
    }
  }
  return [...known].map(([key, each]) => ({
    ...each,
    seenSeconds: latest(lastSeen(each, lost, askedSeconds), told.get(key) ?? null),
    isFromBefore: true,
  }));
}

function latest(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other;
  return Math.max(one, other);
}

function asEvent({ fact }: Known, atSeconds: number): HistoryEvent {
  const { value, ...of } = fact;
  return { ...of, from: null, to: value, afterSeconds: null, bySeconds: atSeconds };
}

interface Taken {
  readonly known: Map<string, Known>;
  readonly lost: Map<string, number>;
}

/** A million of them are read back: the fields are named, since to take away some of an object takes many times as long. */
function takeEvent(event: HistoryEvent, key: string, { known, lost }: Taken): void {
  const { kind, name, link, managedInstance, server, database, certificate, to, saidSeconds } = event;
  const { afterSeconds, bySeconds } = event;
  if (kind === 'exporter' || (kind === 'error' && name !== 'last_connect_error')) return;
  if (to === endedValue) known.delete(key);
  // Seen then at least; what the next sign of life says is later.
  else
    known.set(key, {
      fact: { kind, name, link, managedInstance, server, database, certificate, value: to, saidSeconds },
      seenSeconds: null,
      held: { notBeforeSeconds: afterSeconds, bySeconds },
    });
  if (kind !== 'poll' || server === null) return;
  if (to === 'failed') lost.set(server, afterSeconds ?? bySeconds);
  else lost.delete(server);
}

/** Never later than it was: an earlier time only makes a change less exact. */
function lastSeen(
  { fact, seenSeconds }: Known,
  lost: ReadonlyMap<string, number>,
  asked: number | null,
): number | null {
  if (seenSeconds !== null) return seenSeconds;
  if (!ofEachPoll.has(fact.kind) || asked === null) return null;
  const lostAt = fact.server === null ? Math.min(...lost.values()) : lost.get(fact.server);
  return lostAt === undefined ? asked : Math.min(lostAt, asked);
}
