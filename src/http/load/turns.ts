import { setTimeout as wait } from 'node:timers/promises';
import { createFairLine } from './fair-line.ts';

/** What is asked for: each kind has places of its own. */
export type TurnKind = 'scrape' | 'page';

/** One who waits for a turn. */
export interface TurnAsker {
  readonly kind: TurnKind;
  /** As `clientAddress`: clients take turns, so that one that asks for much keeps nobody out. */
  readonly client: string | null;
  /** Aborts when nobody waits for the answer any more. */
  readonly gone: AbortSignal;
}

/** How a turn ended: `done` after the work, `busy` when there was no place, `late` when none came in time, `gone` when the asker left. */
export type TurnResult = 'done' | 'busy' | 'late' | 'gone';

/** Hands out turns for what takes the event loop's time: one after another, and at most half of the time. */
export type Turns = (asker: TurnAsker, work: () => void | Promise<void>) => Promise<TurnResult>;

interface Waiting extends TurnAsker {
  readonly start: () => Promise<void>;
  readonly end: (result: TurnResult) => void;
}

/** After long work others wait no longer than this for theirs. */
const longestRestMilliseconds = 1000;

/** Half of what a scrape waits by default: whoever is told then can still ask again. */
const longestWaitMilliseconds = 5000;

/**
 * Creates turns with so many places of each kind, those being answered included; null: any number. Kinds take turns, and of
 * a kind its clients. When all places are taken, the client that has the most gives one to a client that has less: its latest
 * asker is told `busy`.
 */
export function createTurns(places: Readonly<Record<TurnKind, number | null>>): Turns {
  const line = createFairLine<Waiting>(({ kind, client }) => [kind, client]);
  const waiting: Readonly<Record<TurnKind, Set<Waiting>>> = { scrape: new Set(), page: new Set() };
  let current: Waiting | null = null;
  let isRunning = false;
  /** The other half of the time is the polls'. */
  let restsUntil = 0;

  function leave(asker: Waiting, result: TurnResult): void {
    if (!line.remove(asker)) return;
    waiting[asker.kind].delete(asker);
    asker.end(result);
  }

  /** Makes room for one more of this client; false: there is none. */
  function hasRoom({ kind, client }: TurnAsker): boolean {
    const maximum = places[kind];
    const taken = waiting[kind].size + (current?.kind === kind ? 1 : 0);
    if (maximum === null || taken < maximum) return true;
    const byClient = Map.groupBy(waiting[kind], (each) => each.client);
    const own = byClient.get(client)?.length ?? 0;
    const [longest = []] = [...byClient.values()].sort((one, other) => other.length - one.length);
    const last = longest.at(-1);
    if (last === undefined || longest.length <= own + 1) return false;
    leave(last, 'busy');
    return true;
  }

  async function run(): Promise<void> {
    isRunning = true;
    for (;;) {
      const rest = restsUntil - performance.now();
      if (rest >= 1) await wait(rest);
      current = line.next();
      if (current === null) break;
      waiting[current.kind].delete(current);
      const start = performance.now();
      await current.start();
      current = null;
      const end = performance.now();
      restsUntil = end + Math.min(end - start, longestRestMilliseconds);
    }
    isRunning = false;
  }

  return async (asker, work) => {
    if (asker.gone.aborted) return 'gone';
    if (!hasRoom(asker)) return 'busy';
    const { promise, resolve, reject } = Promise.withResolvers<TurnResult>();
    // A defect is for who asked, and the others go on.
    const start = async (): Promise<void> => {
      try {
        await work();
        resolve('done');
      } catch (error) {
        reject(error);
      }
    };
    const own: Waiting = { ...asker, start, end: resolve };
    const onGone = (): void => leave(own, 'gone');
    const timer = setTimeout(() => leave(own, 'late'), longestWaitMilliseconds);
    asker.gone.addEventListener('abort', onGone, { once: true });
    waiting[asker.kind].add(own);
    line.add(own);
    if (!isRunning) void run();
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      asker.gone.removeEventListener('abort', onGone);
    }
  };
}
