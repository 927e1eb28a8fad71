import type { Family, State } from './family.ts';
import { losesSight } from './lost-sight.ts';

/** How long a state was the present one; null: it still is. */
export interface Era {
  readonly state: State;
  endedSeconds: number | null;
}

/** What was made of one state, in one format and form. */
export interface FinishedPage<Body> {
  readonly era: Era;
  readonly families: readonly Family[];
  readonly body: Body;
  /** Without compression. */
  readonly bytes: number;
  /** How long it took to make. */
  readonly tookSeconds: number;
}

export interface FormerPagesOptions {
  readonly monotonicSeconds: () => number;
  readonly pollIntervalSeconds: () => number;
}

/**
 * The pages that were finished last, of which a large one is shown for a moment after its state has passed, while that of the
 * next is made: docs/decisions/0062.
 */
export interface FormerPages<Body> {
  /**
   * The state has just become another one. What nobody has told of here is not shown once it has passed, nor is anything that
   * could not be read any more.
   */
  readonly changed: (state: State) => void;
  /** Nothing of before is shown from now on. */
  readonly forget: () => void;
  /** The era of what is read as the present state. */
  readonly eraOf: (state: State) => Era;
  /** `key` names a format and a form. */
  readonly finished: (key: string, page: FinishedPage<Body>) => void;
  /** A finished page whose state has passed a moment ago; null: there is none that may be shown. */
  readonly shown: (key: string, families: readonly Family[]) => Body | null;
}

/** One that is smaller is made within milliseconds: it is always that of the present state. */
const largeBytes = 1024 * 1024;

/** How long one may be shown at least: longer where making two takes longer. */
const shortestSeconds = 1;
const makings = 2;

/** Of the poll interval: so much older than it is anyway may a state become. */
const longestShare = 0.2;

export function createFormerPages<Body>(options: FormerPagesOptions): FormerPages<Body> {
  const { monotonicSeconds, pollIntervalSeconds } = options;
  const pages = new Map<string, FinishedPage<Body>>();
  let present: Era | null = null;
  let forgottenSeconds = Number.NEGATIVE_INFINITY;

  function enter(state: State, formerEndedSeconds: number): Era {
    if (present?.state === state) return present;
    if (present !== null) present.endedSeconds = formerEndedSeconds;
    present = { state, endedSeconds: null };
    return present;
  }

  function isGood({ era: { endedSeconds }, bytes, tookSeconds }: FinishedPage<Body>): boolean {
    if (bytes < largeBytes || endedSeconds === null || endedSeconds <= forgottenSeconds) return false;
    const longest = Math.min(Math.max(shortestSeconds, makings * tookSeconds), longestShare * pollIntervalSeconds());
    return monotonicSeconds() - endedSeconds < longest;
  }

  function forget(): void {
    forgottenSeconds = monotonicSeconds();
    present = null;
    pages.clear();
  }

  return {
    changed: (state) => {
      if (present !== null && losesSight(present.state, state)) forget();
      enter(state, monotonicSeconds());
    },
    forget,
    eraOf: (state) => enter(state, Number.NEGATIVE_INFINITY),
    finished: (key, page) => {
      if (pages.get(key)?.era === page.era) return;
      for (const [each, former] of pages) if (former.era.endedSeconds !== null && !isGood(former)) pages.delete(each);
      pages.set(key, page);
    },
    shown: (key, families) => {
      const page = pages.get(key);
      return page !== undefined && page.families === families && isGood(page) ? page.body : null;
    },
  };
}
