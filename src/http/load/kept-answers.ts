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
