import { channel } from 'node:diagnostics_channel';
import { isTurnOver, nextTurn } from './turn.ts';

/** Work that can be left after each `yield` and gone on with later. */
export type Steps<Result> = Generator<void, Result, void>;

/** What is done in steps: what `npm run bench` tells apart. */
export type StepKind = 'read' | 'assess' | 'render' | 'join' | 'remember';

/** What a bench hears of each stretch of work that nothing else came in between. */
export interface Stretch {
  readonly kind: StepKind;
  readonly milliseconds: number;
}

const stretches = channel('milink-exporter:stretch');

/**
 * Does the work in stretches, between which the event loop takes what has come; what others do in steps shares the time of
 * a turn. Rejects with what the work throws.
 */
export async function inSteps<Result>(kind: StepKind, steps: Steps<Result>): Promise<Result> {
  for (;;) {
    if (isTurnOver()) await nextTurn(kind === 'render' || kind === 'join');
    const start = performance.now();
    let step = steps.next();
    while (!step.done && !isTurnOver()) step = steps.next();
    if (stretches.hasSubscribers)
      stretches.publish({ kind, milliseconds: performance.now() - start } satisfies Stretch);
    if (step.done) return step.value;
  }
}

/** Does the work at once, whatever waits. */
export function atOnce<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
