import type { Config, LoadedConfig, ServerConfig } from '../config/config.ts';
import { isPublished } from '../config/metrics.ts';
import { createAssessor } from '../link/assessor.ts';
import { areSame } from '../link/is-equal.ts';
import type { LogFields, Logger } from '../log/logger.ts';
import { catalogue } from '../metrics/catalogue.ts';
import { type Family, publishedFamilies, type State } from '../metrics/family.ts';
import type { Clock } from '../poll/clock.ts';
import { type Fleet, type FleetOptions, startFleet } from '../poll/fleet.ts';
import { connect } from '../sql/mssql-connection.ts';
import { atOnce, inSteps, type Steps } from '../steps/steps.ts';
import { atMostOften } from './at-most-often.ts';
import { createAzureReading } from './azure-reading.ts';

/** The servers and links of the configuration in force, from before they are polled until the end. */
export interface Polling {
  /**
   * Servers with the links that were judged from them: the same object until something has changed. It follows the polls as
   * soon as the links are judged, which gives way to everything else. Throws what judging threw.
   */
  readonly readState: () => State;
  readonly servers: () => readonly ServerConfig[];
  /** Those that the configuration in force publishes: the same array until another one is in force. */
  readonly families: () => readonly Family[];
  /** `recalled`: what is known of a server from before this process. */
  readonly start: (recalled: FleetOptions['recalled']) => void;
  /** As `Fleet.pollNow`, with what came of it in the state; null before polling has started. */
  readonly pollNow: Fleet['pollNow'];
  /** Calls the listener after each change of the state, once polling has started. */
  readonly onChange: Fleet['onChange'];
  /** Puts another configuration in force: state and links are those of the new one when this returns. */
  readonly apply: (loaded: LoadedConfig) => Promise<LogFields>;
  readonly stop: () => Promise<void>;
}

/** The links are judged again at most this part of the time. */
const restFactor = 2;

export function createPolling(initial: Config, log: Logger, clock: Clock): Polling {
  let config = initial;
  let families = publishedBy(initial);
  let fleet: Fleet | null = null;
  const listeners: (() => void)[] = [];
  const judging = createJudging(() => tell(listeners, log));
  const refresh = (): Promise<void> =>
    judging.judge(() => ({ servers: fleet?.states() ?? [], expected: config.links, azure: azure.state() }));
  const refreshSoon = atMostOften(refresh, restFactor);
  // Beside the fleet, and on a loop of its own: nothing of Azure delays a poll of a server.
  const azure = createAzureReading({ clock, log, onRead: refreshSoon });
  return {
    readState: judging.state,
    servers: () => config.servers,
    families: () => families,
    pollNow: async (name) => {
      const polled = (await fleet?.pollNow(name)) ?? null;
      if (polled !== null) await refresh();
      return polled;
    },
    start: (recalled) => {
      fleet = startFleet({ config, connect, log, clock, ...(recalled && { recalled }) });
      fleet.onChange(refreshSoon);
      judging.judgeAtOnce({ servers: fleet.states(), expected: config.links, azure: null });
      void azure.reconfigure(config.azure);
    },
    onChange: (listener) => listeners.push(listener),
    apply: async (loaded) => {
      ({ config } = loaded);
      families = publishedBy(config);
      const links = config.links.length;
      const [change] = await Promise.all([fleet?.reconfigure(config), azure.reconfigure(config.azure)]);
      await refresh();
      return { ...change, links };
    },
    stop: async () => {
      await Promise.all([fleet?.stop(), azure.stop()]);
    },
  };
}

type Estate = Parameters<ReturnType<typeof createAssessor>['assess']>[0];

/** The state as it was last judged. */
interface Judging {
  readonly state: () => State;
  /** Judges what `read` gives when those before it are done. Never rejects: a defect is told by `state`. */
  readonly judge: (read: () => Estate) => Promise<void>;
  readonly judgeAtOnce: (estate: Estate) => void;
}

function createJudging(onChange: () => void): Judging {
  const assessor = createAssessor();
  let state: State = { servers: [], links: [] };
  let defect: { readonly error: unknown } | null = null;
  let running: Promise<void> = Promise.resolve();

  function* steps(estate: Estate): Steps<void> {
    const { servers, azure } = estate;
    const { links } = yield* assessor.assess(estate);
    defect = null;
    const isSame = areSame(state.servers, servers) && areSame(state.links, links) && (state.azure ?? null) === azure;
    if (isSame) return;
    state = { servers, links, ...(azure === null ? {} : { azure }) };
  }

  async function judgeNext(read: () => Estate): Promise<void> {
    const former = state;
    try {
      await inSteps('assess', steps(read()));
    } catch (error) {
      // What was true before may not be: nothing is shown until this is mended.
      defect = { error };
    }
    if (state !== former || defect !== null) onChange();
  }

  return {
    state: () => {
      if (defect !== null) throw defect.error;
      return state;
    },
    judge: (read) => {
      running = running.then(() => judgeNext(read));
      return running;
    },
    judgeAtOnce: (estate) => atOnce(steps(estate)),
  };
}

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
