import { setTimeout as wait } from 'node:timers/promises';
import { joinSignals } from '../../threads/abort-signals.ts';
import type { AskedPolls } from './asked-polls.ts';
import type { Clock } from './clock.ts';
import type { Pace } from './pace.ts';
import { nextPollSeconds, type PollTiming } from './schedule.ts';

/** What the waiting for polls goes by. */
export interface DueOptions {
  readonly clock: Pick<Clock, 'monotonicSeconds'>;
  readonly pace: Pace;
  readonly stop: AbortSignal;
  readonly asked?: AskedPolls | undefined;
  /** Ends the wait too. */
  readonly wake?: AbortSignal | undefined;
  /** Called when another pace has changed when the poll is due. */
  readonly onMoved?: (dueSeconds: number) => void;
}

/** When the next poll is due, on the monotonic clock, in seconds. */
export interface Due {
  readonly dueSeconds: number;
  /** The poll before it, to tell when the next one is due at another pace; null before the first, which no pace puts off. */
  readonly after: EndedPoll | null;
  /** Aborts when it is to be told anew. */
  readonly changed: AbortSignal;
}

/** What of a poll decides when the next one is due. */
export interface EndedPoll extends Omit<PollTiming, 'endedSeconds' | 'intervalSeconds'> {
  /** When it began, if that was before it was due; else null. */
  readonly askedSeconds: number | null;
}

/** When a first poll is due. */
export function dueFirst(delaySeconds: number, { clock, pace }: DueOptions): Due {
  return { dueSeconds: clock.monotonicSeconds() + delaySeconds, after: null, changed: pace.changed() };
}

/** When the poll after this one is due, at the present pace and never before now. */
export function dueAfter(ended: EndedPoll, { clock, pace }: DueOptions): Due {
  const { askedSeconds, ...rest } = ended;
  const timing = { ...rest, endedSeconds: clock.monotonicSeconds(), intervalSeconds: pace.intervalSeconds() };
  return { dueSeconds: nextDueSeconds(timing, askedSeconds), after: ended, changed: pace.changed() };
}

/** A poll that was asked for does not put off the one that was due: a server keeps its place among the others. */
function nextDueSeconds(timing: PollTiming, askedSeconds: number | null): number {
  if (askedSeconds === null) return nextPollSeconds(timing);
  const nextSeconds = nextPollSeconds({ ...timing, dueSeconds: askedSeconds });
  return timing.dueSeconds > timing.endedSeconds ? Math.min(timing.dueSeconds, nextSeconds) : nextSeconds;
}

/**
 * Waits until a poll is due, or asked for, and resolves to when it was due; to null when polling ends. A change of pace
 * counts at once, also one from before the wait.
 */
export async function untilDue(due: Due, options: DueOptions): Promise<number | null> {
  const { clock, pace, stop, asked, wake, onMoved } = options;
  const ends = [stop, asked?.signal(), wake].filter((signal) => signal !== undefined);
  let { dueSeconds, after, changed } = due;
  for (;;) {
    const waitSeconds = Math.max(0, dueSeconds - clock.monotonicSeconds());
    const { signal, leave } = joinSignals([...ends, changed]);
    try {
      await wait(waitSeconds * 1000, undefined, { signal });
    } catch {
      // Only the signals end the wait early.
    } finally {
      leave();
    }
    if (stop.aborted) return null;
    if (!changed.aborted || ends.some(({ aborted }) => aborted)) return dueSeconds;
    if (after === null) changed = pace.changed();
    else ({ dueSeconds, after, changed } = dueAfter(after, options));
    onMoved?.(dueSeconds);
  }
}
