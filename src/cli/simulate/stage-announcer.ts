import type { Pair } from '../../simulator/pair.ts';

/** The longest delay that a timer takes. */
const longestDelayMilliseconds = 2 ** 31 - 1;

export interface StageAnnouncer {
  readonly stop: () => void;
}

/** Writes a line when a stage of the scenario begins, the present one at once. */
export function announceStages(pair: Pair, write: (text: string) => void): StageAnnouncer {
  let timer: NodeJS.Timeout;
  let announced: number | null = null;

  function announce(): void {
    const stage = pair.stage();
    if (stage.startedAtMilliseconds !== announced) {
      announced = stage.startedAtMilliseconds;
      write(`${clockTime(pair.now())}  stage ${stage.name}: ${stage.description}\n`);
    }
    const delayMilliseconds = Math.ceil(stage.endsAtMilliseconds - pair.now());
    timer = setTimeout(announce, Math.min(Math.max(1, delayMilliseconds), longestDelayMilliseconds));
  }

  announce();
  return { stop: () => clearTimeout(timer) };
}

/** The time of day, local, for lines that people read as they appear. */
export function clockTime(unixMilliseconds: number): string {
  return new Date(unixMilliseconds).toTimeString().slice(0, 8);
}
