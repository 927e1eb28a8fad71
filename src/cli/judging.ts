import { createAssessor, type Estate } from '../link/assessor.ts';
import { areSame } from '../link/compare.ts';
import type { State } from '../metrics/family.ts';
import { atOnce, inSteps, type Steps } from '../steps/steps.ts';

export interface JudgingOptions {
  /** What there is to judge now: the same objects until something has changed. */
  readonly read: () => Estate;
  /** Called when a new state was judged, or judging has failed. */
  readonly onChange: () => void;
}

/** Servers with the links that are judged from them, as one whole. */
export interface Judging {
  /**
   * The same object until something has changed. Of a few servers and links it is that of now. Of many it follows what there
   * is to judge as soon as that is done, which gives way to everything else. Throws what judging threw.
   */
  readonly state: () => State;
  /** Judges what there is now, after what is being judged. Never rejects: a defect is told by `state`. */
  readonly judge: () => Promise<void>;
  /** Judges at once where there are few servers and links; false: it has done nothing. */
  readonly judgeFew: () => boolean;
  readonly judgeAtOnce: () => void;
}

/** So many servers and links together are judged within a few milliseconds. */
const fewAtOnce = 40;

export function createJudging({ read, onChange }: JudgingOptions): Judging {
  const assessor = createAssessor();
  let state: State = { servers: [], links: [] };
  let judgedFor: Estate = { servers: state.servers, expected: [], azure: null };
  let defect: { readonly error: unknown } | null = null;
  let told = state;
  let running: Promise<void> = Promise.resolve();
  let isRunning = false;

  function* steps(estate: Estate): Steps<void> {
    const { servers, azure } = estate;
    try {
      const { links } = yield* assessor.assess(estate);
      defect = null;
      judgedFor = estate;
      const isSame = areSame(state.servers, servers) && areSame(state.links, links) && (state.azure ?? null) === azure;
      if (!isSame) state = { servers, links, ...(azure === null ? {} : { azure }) };
    } catch (error) {
      // What was true before may not be: nothing is shown until this is mended.
      defect = { error };
    }
  }

  async function judgeNext(): Promise<void> {
    isRunning = true;
    try {
      await inSteps('assess', steps(read()));
    } catch (error) {
      defect = { error };
    } finally {
      isRunning = false;
    }
    tell();
  }

  function tell(): void {
    if (state === told && defect === null) return;
    told = state;
    onChange();
  }

  function isStale({ servers, expected, azure }: Estate): boolean {
    return servers !== judgedFor.servers || expected !== judgedFor.expected || azure !== judgedFor.azure;
  }

  const areFew = (): boolean => !isRunning && state.servers.length + state.links.length <= fewAtOnce;
  const judgeAtOnce = (): void => atOnce(steps(read()));

  return {
    state: () => {
      if (areFew() && isStale(read())) judgeAtOnce();
      if (defect !== null) throw defect.error;
      return state;
    },
    judge: () => {
      running = running.then(judgeNext);
      return running;
    },
    judgeFew: () => {
      if (!areFew()) return false;
      judgeAtOnce();
      tell();
      return true;
    },
    judgeAtOnce,
  };
}
