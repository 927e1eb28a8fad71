import { linkKey } from '../model/expected-link.ts';
import { endedValue, type HistoryEvent, type Subject } from './event.ts';
import { type Fact, factKey } from './facts/fact.ts';

/** What was true at the last look at it. */
export interface Known {
  readonly fact: Omit<Fact, 'source'>;
  /** When it was last seen; null: at the latest look, which says when that was, or where `isFromBefore` nobody knows. */
  readonly seenSeconds: number | null;
  /** Told by the directory, and not seen by this process yet. */
  readonly isFromBefore?: true;
  /** Since when it is so; absent: what is kept of it does not say. */
  readonly held?: Held;
}

/** Since when something holds. Unix seconds by the clock of the exporter. */
export interface Held {
  /** When the last reading began that showed it otherwise; null: it was so at the first look, and may be older. */
  readonly notBeforeSeconds: number | null;
  /** When the first reading had ended that showed it. */
  readonly bySeconds: number;
}

/** The facts about one thing as a look shows them. */
export interface Showing {
  /** `linkRoom` or `serverRoom`. */
  readonly room: string;
  readonly facts: readonly Fact[];
  readonly times: Times;
  /** Whether a fact that is not shown any more is over; else it is only not seen. */
  readonly isOver: (fact: Known['fact']) => boolean;
}

/** When a fact was read: at the look before, null where that is not known, and at this one. */
export interface Times {
  readonly before: (source: Fact['source'] | null) => number | null;
  readonly now: (source: Fact['source'] | null) => number;
}

type FirstShowing = Showing & { readonly isFirst: boolean };

/** The book of what is known. Not pure: each comparison changes it. */
export interface Ledger {
  readonly compare: (showing: Showing) => readonly HistoryEvent[];
  readonly known: () => readonly Known[];
  /** Since when a fact has this value; null where it has another one now, or nobody knows. */
  readonly held: (of: Parameters<typeof factKey>[0], value: string) => Held | null;
}

/** Begins with what is known from before: a change over the time in between is a change. */
export function createLedger(restored: readonly Known[]): Ledger {
  const known = new Map<string, Known>();
  const rooms = new Map<string, Set<string>>();
  const keysOf = (room: string): Set<string> => {
    const keys = rooms.get(room) ?? new Set<string>();
    rooms.set(room, keys);
    return keys;
  };
  for (const each of restored) {
    known.set(factKey(each.fact), each);
    keysOf(roomOf(each.fact)).add(factKey(each.fact));
  }

  function heldNow(fact: Fact, former: Known | undefined, { times, isFirst }: FirstShowing): Held | null {
    if (former?.fact.value === fact.value) return former.held ?? null;
    const before = former === undefined ? times.before(fact.source) : seenBefore(former, times.before(fact.source));
    return {
      notBeforeSeconds: fact.between?.afterSeconds ?? (isFirst ? null : before),
      bySeconds: fact.between?.bySeconds ?? times.now(fact.source),
    };
  }

  function shown(fact: Fact, former: Known | undefined, held: Held | null, isFirst: boolean): HistoryEvent | null {
    if (former?.fact.value === fact.value || held === null) return null;
    if (former === undefined && !(isFirst ? isToldAtFirst(fact) : isToldWhenNew(fact))) return null;
    const { notBeforeSeconds: afterSeconds, bySeconds } = held;
    return { ...eventOf(fact, former?.fact.value ?? null), afterSeconds, bySeconds };
  }

  function missing(key: string, { times, isOver, room }: Showing): HistoryEvent | null {
    const former = known.get(key);
    if (former === undefined) return null;
    const afterSeconds = seenBefore(former, times.before(null));
    if (!isOver(former.fact)) {
      known.set(key, { ...former, seenSeconds: afterSeconds });
      return null;
    }
    known.delete(key);
    keysOf(room).delete(key);
    const over = { ...former.fact, value: endedValue, saidSeconds: null };
    return { ...eventOf(over, former.fact.value), afterSeconds, bySeconds: times.now(null) };
  }

  return {
    compare: (showing) => {
      const keys = keysOf(showing.room);
      const isFirst = keys.size === 0;
      const left = new Set(keys);
      const events = showing.facts.map((fact) => {
        const key = factKey(fact);
        left.delete(key);
        const former = known.get(key);
        const held = heldNow(fact, former, { ...showing, isFirst });
        const event = shown(fact, former, held, isFirst);
        // What says the same is left as it is: it is with what lives long.
        if (!isAsSeen(former, fact)) known.set(key, { fact, seenSeconds: null, ...(held && { held }) });
        keys.add(key);
        return event;
      });
      return [...events, ...[...left].map((key) => missing(key, showing))].filter((event) => event !== null);
    },
    known: () => [...known.values()],
    held: (of, value) => {
      const found = known.get(factKey(of));
      return found?.fact.value === value ? (found.held ?? null) : null;
    },
  };
}

/** Whether a fact is what the latest look at it showed. */
function isAsSeen(former: Known | undefined, { value, saidSeconds }: Fact): boolean {
  if (former === undefined || former.isFromBefore || former.seenSeconds !== null) return false;
  return former.fact.value === value && former.fact.saidSeconds === saidSeconds;
}

function seenBefore({ seenSeconds, isFromBefore }: Known, before: number | null): number | null {
  return isFromBefore ? seenSeconds : (seenSeconds ?? before);
}

/** Of these the first sight is worth telling; of others only that they change. */
function isToldAtFirst({ kind, value }: Fact): boolean {
  return kind === 'verdict' || kind === 'role' || kind === 'finding' || (kind === 'poll' && value === 'failed');
}

/** What comes while its subject is known has come now; what a view only shows late has not. */
function isToldWhenNew({ kind }: Fact): boolean {
  return kind === 'verdict' || kind === 'role' || kind === 'finding' || kind === 'certificate';
}

function eventOf(
  { kind, name, value, saidSeconds, link, managedInstance, server, database, certificate }: Known['fact'],
  from: string | null,
): Omit<HistoryEvent, 'afterSeconds' | 'bySeconds'> {
  return { kind, name, link, managedInstance, server, database, certificate, from, to: value, saidSeconds };
}

export function serverRoom(name: string): string {
  return JSON.stringify(['server', name]);
}

function roomOf({ link, managedInstance, server }: Subject): string {
  return link === null ? serverRoom(server ?? '') : linkKey(link, managedInstance ?? '');
}
