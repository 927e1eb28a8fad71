import type { EventEmitter } from 'node:events';

/** An answer that can be handed out again. */
export interface MadeAnswer {
  readonly code: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** What was made once is handed out until something has changed. */
export interface KeptAnswers {
  /** The answer to this request line, made only if there is none of the present state. */
  readonly of: (key: string, make: () => MadeAnswer) => MadeAnswer;
}

/** Pages tell how old things are: without a change they are made anew after this. */
const longestMilliseconds = 1000;

/** What is kept at most; who was not asked for the longest goes first. */
const maximumBytes = 16 * 1024 * 1024;

interface Kept {
  readonly state: object;
  readonly madeAt: number;
  readonly made: MadeAnswer;
}

/** Keeps answers as long as `readState` gives the same object. */
export function createKeptAnswers(readState: () => object): KeptAnswers {
  const kept = new Map<string, Kept>();
  let bytes = 0;

  const drop = (key: string): void => {
    const former = kept.get(key);
    if (former === undefined) return;
    kept.delete(key);
    bytes -= sizeOf(key, former.made);
  };

  return {
    of: (key, make) => {
      const [state, now] = [readState(), performance.now()];
      const former = kept.get(key);
      const isGood = former !== undefined && former.state === state && now - former.madeAt < longestMilliseconds;
      const current = isGood ? former : { state, madeAt: now, made: make() };
      drop(key);
      kept.set(key, current);
      bytes += sizeOf(key, current.made);
      for (const oldest of kept.keys()) {
        if (bytes <= maximumBytes) break;
        drop(oldest);
      }
      return current.made;
    },
  };
}

function sizeOf(key: string, { body }: MadeAnswer): number {
  return key.length * 2 + body.length + 200;
}

/** A response as far as it matters here. */
interface Cuttable extends Pick<EventEmitter, 'once'> {
  readonly destroy: () => unknown;
}

/** Answers that were made and are on their way: they hold memory, and no place. */
export interface Untaken {
  /** To be called with what a response was ended with. */
  readonly add: (response: Cuttable, parts: readonly Buffer[]) => void;
}

interface UntakenLimits {
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
