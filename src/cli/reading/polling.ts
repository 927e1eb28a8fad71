import type { Config, LoadedConfig, ServerConfig } from '../../config/config.ts';
import { isPublished } from '../../config/metrics.ts';
import { createAssessor, type Estate } from '../../link/assessor.ts';
import { areSame } from '../../link/compare.ts';
import type { LogFields, Logger } from '../../log/logger.ts';
import { catalogue } from '../../metrics/catalogue.ts';
import { type Family, publishedFamilies, type State } from '../../metrics/family.ts';
import { type Fleet, type FleetOptions, startFleet } from '../../poll/fleet.ts';
import type { Clock } from '../../poll/time/clock.ts';
import { connect } from '../../sql/mssql-connection.ts';
import { atOnce, inSteps, type Steps } from '../../steps/steps.ts';
import { atMostOften, restAfter } from '../process/at-most-often.ts';
import { createAzureReading } from './azure.ts';

/** The servers and links of the configuration in force, from before they are polled until the end. */
export interface Polling {
  /** As `Judging.state`. */
  readonly readState: () => State;
  readonly servers: () => readonly ServerConfig[];
  /** Those that the configuration in force publishes: the same array until another one is in force. */
  readonly families: () => readonly Family[];
  /** Of the configuration in force. */
  readonly pollIntervalSeconds: () => number;
  /** `recalled`: what is known of a server from before this process. */
  readonly start: (recalled: FleetOptions['recalled']) => void;
  /** As `Fleet.pollNow`, with what came of it in the state; null before polling has started. */
  readonly pollNow: Fleet['pollNow'];
  /** Calls the listener after each change of the state, once polling has started. */
  readonly onChange: Fleet['onChange'];
  /** Puts another configuration in force: state and links are those of the new one when this returns. */
  readonly apply: (loaded: LoadedConfig) => Promise<LogFields>;
  /** The state is that of the last polls when this resolves. */
  readonly stop: () => Promise<void>;
}

/** The links are judged again for at most about this part of the time. */
const restFactor = 19;

export function createPolling(initial: Config, log: Logger, clock: Clock): Polling {
  let config = initial;
  let families = publishedBy(initial);
  let fleet: Fleet | null = null;
  const listeners: (() => void)[] = [];
  const judging = createJudging({
    read: () => ({ servers: fleet?.states() ?? noServers, expected: config.links, azure: azure.state() }),
    onChange: () => tell(listeners, log),
  });
  const judgeSoon = atMostOften(judging.judge, (took) => restAfter(took, restFactor));
  const onRead = (): void => {
    if (!judging.judgeFew()) judgeSoon();
  };
  // Beside the fleet, and on a loop of its own: nothing of Azure delays a poll of a server.
  const azure = createAzureReading({ clock, log, onRead });
  return {
    readState: judging.state,
    servers: () => config.servers,
    families: () => families,
    pollIntervalSeconds: () => config.pollIntervalSeconds,
    pollNow: async (name) => {
      const polled = (await fleet?.pollNow(name)) ?? null;
      if (polled !== null) await judging.judge();
      return polled;
    },
    start: (recalled) => {
      fleet = startFleet({ config, connect, log, clock, ...(recalled && { recalled }) });
      fleet.onChange(onRead);
      judging.judgeAtOnce();
      void azure.reconfigure(config.azure);
    },
    onChange: (listener) => listeners.push(listener),
    apply: async (loaded) => {
      ({ config } = loaded);
      families = publishedBy(config);
      const links = config.links.length;
      const [change] = await Promise.all([fleet?.reconfigure(config), azure.reconfigure(config.azure)]);
      await judging.judge();
      return { ...change, links };
    },
    stop: async () => {
      await Promise.all([fleet?.stop(), azure.stop()]);
      // The last polls are still to be remembered.
      await judging.judge();
    },
  };
}

const noServers: State['servers'] = [];

function publishedBy({ metrics }: Config): readonly Family[] {
  return metrics === undefined ? catalogue : publishedFamilies(catalogue, (name) => isPublished(metrics, name));
}

/** A defect in what listens must end no polling. */
function tell(listeners: readonly (() => void)[], log: Logger): void {
  for (const listener of listeners) {
    try {
      listener();
    } catch (error) {
      log.warn('a listener to polls failed', { error: error instanceof Error ? error.message : String(error) });
    }
  }
}

interface JudgingOptions {
  /** What there is to judge now: the same objects until something has changed. */
  readonly read: () => Estate;
  /** Called when a new state was judged, or judging has failed. */
  readonly onChange: () => void;
}

/** Servers with the links that are judged from them, as one whole. */
interface Judging {
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
