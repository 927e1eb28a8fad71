import type { Config, LoadedConfig, ServerConfig } from '../../config/config.ts';
import { isPublished } from '../../config/metrics.ts';
import type { LogFields, Logger } from '../../log/logger.ts';
import { catalogue } from '../../metrics/catalogue.ts';
import { type Family, publishedFamilies, type State } from '../../metrics/family.ts';
import { type Fleet, type FleetOptions, startFleet } from '../../poll/fleet.ts';
import type { Clock } from '../../poll/time/clock.ts';
import { connect } from '../../sql/mssql-connection.ts';
import { createJudging } from '../judging.ts';
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
