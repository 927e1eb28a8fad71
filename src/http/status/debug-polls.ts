import { setTimeout as wait } from 'node:timers/promises';

/** A server is polled on request at most this often. */
const restSeconds = 10;

/** A request waits no longer for its poll, so that its connection is not taken for dead. */
const patienceSeconds = 20;

/** How a request for a poll ended. */
export type DebugPoll =
  /** The poll has ended, or polling has. */
  | { readonly kind: 'ended' }
  /** It has begun or waits for the one before it; it will end in its time. */
  | { readonly kind: 'under_way' }
  /** Not polled: too soon after another, or beside another. */
  | { readonly kind: 'refused'; readonly why: 'too_soon' | 'busy'; readonly retryAfterSeconds: number };

export interface DebugPollOptions {
  /** Polls a server over its own connection. Never rejects. */
  readonly pollNow: (server: string) => Promise<unknown>;
  /** Seconds that only go forward; the system's unless given. */
  readonly monotonicSeconds?: () => number;
  readonly patienceSeconds?: number;
}

/** Polls on request: of one server at a time, and of each at most every ten seconds. */
export function createDebugPolls({
  pollNow,
  monotonicSeconds = () => performance.now() / 1000,
  patienceSeconds: patience = patienceSeconds,
}: DebugPollOptions): (server: string) => Promise<DebugPoll> {
  const lastSeconds = new Map<string, number>();
  let isBusy = false;

  return async (server) => {
    const now = monotonicSeconds();
    const restLeft = (lastSeconds.get(server) ?? Number.NEGATIVE_INFINITY) + restSeconds - now;
    if (restLeft > 0) return { kind: 'refused', why: 'too_soon', retryAfterSeconds: Math.ceil(restLeft) };
    if (isBusy) return { kind: 'refused', why: 'busy', retryAfterSeconds: restSeconds };
    isBusy = true;
    for (const [name, seconds] of lastSeconds) if (seconds + restSeconds <= now) lastSeconds.delete(name);
    lastSeconds.set(server, now);
    const poll = pollNow(server).finally(() => {
      isBusy = false;
    });
    const done = new AbortController();
    const late = wait(patience * 1000, 'late', { signal: done.signal }).catch(() => 'ended');
    const first = await Promise.race([poll.then(() => 'ended'), late]);
    done.abort();
    return { kind: first === 'late' ? 'under_way' : 'ended' };
  };
}
