import type { ServerState } from '../../model/server-state.ts';

/**
 * Polls of one server that somebody asked for, between those that are due. They go through the server's own loop: there is
 * never a second connection or a second poll at a time.
 */
export interface AskedPolls {
  /** Resolves to the server's state after the next poll that begins; to null when polling has ended before that. */
  readonly ask: () => Promise<ServerState | null>;
  /** Aborts as soon as somebody has asked for a poll that has not begun. */
  readonly signal: () => AbortSignal;
  /** To be called when a poll begins: gives what answers those who have asked until now, null when nobody has. */
  readonly begin: () => ((state: ServerState | null) => void) | null;
  /** Polling has ended: answers everybody, now and later, with null. */
  readonly end: () => void;
}

export function createAskedPolls(): AskedPolls {
  let waiting = nobody();
  let hasEnded = false;

  return {
    ask: async () => {
      if (hasEnded) return null;
      waiting.asked.abort();
      return waiting.answer.promise;
    },
    signal: () => waiting.asked.signal,
    begin: () => {
      if (!waiting.asked.signal.aborted) return null;
      const { resolve } = waiting.answer;
      waiting = nobody();
      return resolve;
    },
    end: () => {
      hasEnded = true;
      waiting.answer.resolve(null);
    },
  };
}

/** Everybody who asks before the same poll waits for one answer. */
function nobody() {
  return { asked: new AbortController(), answer: Promise.withResolvers<ServerState | null>() };
}
