import { setTimeout as wait } from 'node:timers/promises';
import type { ServerPoller } from '../server-poller.ts';
import type { Pace } from '../time/pace.ts';

export interface ProofWatch {
  /** Aborts when another secret is there than the one that was refused. */
  readonly changed: AbortSignal;
  readonly end: () => void;
}

/** Looks once in each poll interval whether a server whose login was refused has got another secret. */
export function watchProof({ hasOtherProof }: Pick<ServerPoller, 'hasOtherProof'>, pace: Pace): ProofWatch {
  const [changed, ended] = [new AbortController(), new AbortController()];
  const watch = async (): Promise<void> => {
    while (!changed.signal.aborted) {
      await wait(pace.intervalSeconds() * 1000, undefined, { signal: ended.signal });
      if (await hasOtherProof(ended.signal)) changed.abort();
    }
  };
  // Only the end of the watch rejects it.
  watch().catch(() => undefined);
  return { changed: changed.signal, end: () => ended.abort() };
}
