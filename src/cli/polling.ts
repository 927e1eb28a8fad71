import type { Config, LoadedConfig, ServerConfig } from '../config/config.ts';
import { isPublished } from '../config/metrics.ts';
import { assessLinks } from '../link/assess-links.ts';
import { keepLinks } from '../link/keep-links.ts';
import type { LogFields, Logger } from '../log/logger.ts';
import type { State } from '../metrics/family.ts';
import type { Clock } from '../poll/clock.ts';
import { type Fleet, type FleetOptions, startFleet } from '../poll/fleet.ts';
import { connect } from '../sql/mssql-connection.ts';
import { createAzureReading } from './azure-reading.ts';

/** The servers and links of the configuration in force, from before they are polled until the end. */
export interface Polling {
  /** The same object until something has changed. */
  readonly readState: () => State;
  readonly servers: () => readonly ServerConfig[];
  /** Whether the configuration in force publishes a family. */
  readonly isPublished: (family: string) => boolean;
  /** `recalled`: what is known of a server from before this process. */
  readonly start: (recalled: FleetOptions['recalled']) => void;
  /** As `Fleet.pollNow`; null before polling has started. */
  readonly pollNow: Fleet['pollNow'];
  /** Calls the listener after each change of the state, once polling has started. */
  readonly onChange: Fleet['onChange'];
  /** Puts another configuration in force: state and links are those of the new one when this returns. */
  readonly apply: (loaded: LoadedConfig) => Promise<LogFields>;
  readonly stop: () => Promise<void>;
}

export function createPolling(initial: Config, log: Logger, clock: Clock): Polling {
  let config = initial;
  let fleet: Fleet | null = null;
  let state: State = { servers: [], links: [] };
  let assessedFor = config.links;
  const listeners: (() => void)[] = [];
  // Beside the fleet, and on a loop of its own: nothing of Azure delays a poll of a server.
  const azure = createAzureReading({ clock, log, onRead: () => tell(listeners, log) });
  return {
    readState: () => {
      const servers = fleet?.states() ?? state.servers;
      const read = azure.state();
      if (state.servers !== servers || (state.azure ?? null) !== read || assessedFor !== config.links) {
        assessedFor = config.links;
        const links = keepLinks(state.links, assessLinks(servers, config.links, read));
        state = { servers, links, ...(read === null ? {} : { azure: read }) };
      }
      return state;
    },
    servers: () => config.servers,
    isPublished: (family) => config.metrics === undefined || isPublished(config.metrics, family),
    pollNow: async (name) => fleet?.pollNow(name) ?? null,
    start: (recalled) => {
      fleet = startFleet({ config, connect, log, clock, ...(recalled && { recalled }) });
      fleet.onChange(() => tell(listeners, log));
      void azure.reconfigure(config.azure);
    },
    onChange: (listener) => listeners.push(listener),
    apply: async (loaded) => {
      ({ config } = loaded);
      const links = config.links.length;
      const [change] = await Promise.all([fleet?.reconfigure(config), azure.reconfigure(config.azure)]);
      return { ...change, links };
    },
    stop: async () => {
      await Promise.all([fleet?.stop(), azure.stop()]);
    },
  };
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
