import { linkKey } from '../model/expected-link.ts';
import type { EventKind, HistoryEvent } from './event.ts';

/** What a memory holds at most. */
export interface MemoryLimits {
  /** Of one link, or of one server without a link: each has room of its own, so that a noisy one pushes out nobody else's. */
  readonly perSubject: number;
  readonly total: number;
}

export const defaultMemoryLimits: MemoryLimits = { perSubject: 400, total: 40_000 };

/** The latest events, by what they are about. */
export interface Memory {
  /** Forgets the oldest where there is no room. An entry of an error log that is known already is not added again: false. */
  readonly add: (event: HistoryEvent) => boolean;
  /** Oldest first. */
  readonly ofLink: (name: string, managedInstance: string) => readonly HistoryEvent[];
  /** What is about the server, its part in links included; oldest first. */
  readonly ofServer: (name: string) => readonly HistoryEvent[];
  /** What is about no link and no server, and all the rest; oldest first. */
  readonly all: () => readonly HistoryEvent[];
  readonly size: () => number;
}

/** What says most of an emergency has room of its own, whatever else comes and goes. */
const lasting: ReadonlySet<EventKind> = new Set<EventKind>(['role', 'verdict']);

export function createMemory(limits: MemoryLimits = defaultMemoryLimits): Memory {
  const shelves = new Map<string, HistoryEvent[]>();
  let size = 0;

  function makeRoom(): void {
    let longest: HistoryEvent[] = [];
    for (const shelf of shelves.values()) if (shelf.length > longest.length) longest = shelf;
    // A tenth at once: to find the longest looks at every shelf.
    size -= longest.splice(0, Math.max(1, Math.ceil(longest.length / 10))).length;
  }

  return {
    add: (event) => {
      const key = shelfOf(event);
      const shelf = shelves.get(key) ?? [];
      if (event.kind === 'error' && shelf.some((each) => isSameEntry(each, event))) return false;
      shelves.set(key, shelf);
      shelf.push(event);
      size += 1;
      if (shelf.length > limits.perSubject) {
        shelf.shift();
        size -= 1;
      }
      while (size > limits.total) makeRoom();
      return true;
    },
    ofLink: (name, managedInstance) => {
      const room = linkKey(name, managedInstance);
      return inOrder([...(shelves.get(`${room} lasting`) ?? []), ...(shelves.get(room) ?? [])]);
    },
    ofServer: (name) => inOrder([...shelves.values()].flatMap((all) => all.filter(({ server }) => server === name))),
    all: () => inOrder([...shelves.values()].flat()),
    size: () => size,
  };
}

function shelfOf({ link, managedInstance, server, kind }: HistoryEvent): string {
  const room = link === null ? JSON.stringify(['server', server]) : linkKey(link, managedInstance ?? '');
  return lasting.has(kind) ? `${room} lasting` : room;
}

/** An error log is read again after each start. */
function isSameEntry(one: HistoryEvent, other: HistoryEvent): boolean {
  return (
    one.kind === 'error' &&
    one.server === other.server &&
    one.name === other.name &&
    one.to === other.to &&
    one.saidSeconds !== null &&
    other.saidSeconds !== null &&
    Math.abs(one.saidSeconds - other.saidSeconds) < 1
  );
}

/** When it happened as far as one number can tell: the server's own time where it gives one. */
function orderSeconds({ saidSeconds, bySeconds }: HistoryEvent): number {
  return saidSeconds === null ? bySeconds : Math.min(saidSeconds, bySeconds);
}

function inOrder(events: readonly HistoryEvent[]): readonly HistoryEvent[] {
  return events.toSorted((one, other) => orderSeconds(one) - orderSeconds(other));
}
