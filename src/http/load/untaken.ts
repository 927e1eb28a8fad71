import type { EventEmitter } from 'node:events';

/** A response as far as it matters here. */
export interface Cuttable extends Pick<EventEmitter, 'once'> {
  readonly destroy: () => unknown;
}

/** Answers that were made and are on their way: they hold memory, and no place. */
export interface Untaken {
  /** To be called with what a response was ended with. */
  readonly add: (response: Cuttable, parts: readonly Buffer[]) => void;
}

export interface UntakenLimits {
  /** How long a client may take for the whole of an answer. */
  readonly answerTimeoutMilliseconds: number;
  /** What answers may hold that are not taken yet, each part counted once however many wait for it. */
  readonly untakenBytes: number;
}

/** Cuts off who takes too long, and those who have waited the longest when too much is held. */
export function createUntaken({ answerTimeoutMilliseconds, untakenBytes }: UntakenLimits): Untaken {
  const waiting = new Map<Cuttable, readonly Buffer[]>();
  const holders = new Map<Buffer, number>();
  let bytes = 0;

  const remove = (response: Cuttable): void => {
    const parts = waiting.get(response);
    if (parts === undefined) return;
    waiting.delete(response);
    for (const part of parts) {
      const left = (holders.get(part) ?? 1) - 1;
      if (left > 0) holders.set(part, left);
      else {
        holders.delete(part);
        bytes -= part.length;
      }
    }
  };

  return {
    add: (response, parts) => {
      waiting.set(response, parts);
      for (const part of parts) {
        const others = holders.get(part) ?? 0;
        if (others === 0) bytes += part.length;
        holders.set(part, others + 1);
      }
      const timer = setTimeout(() => response.destroy(), answerTimeoutMilliseconds).unref();
      response.once('close', () => {
        clearTimeout(timer);
        remove(response);
      });
      // The latest is spared: a page may be larger than the limit.
      for (const oldest of [...waiting.keys()].slice(0, -1)) {
        if (bytes <= untakenBytes) break;
        remove(oldest);
        oldest.destroy();
      }
    },
  };
}
