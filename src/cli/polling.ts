import type { Config, LoadedConfig, ServerConfig } from '../config/config.ts';
import { isPublished } from '../config/metrics.ts';
import { assessLinks } from '../link/assess-links.ts';
import { keepLinks } from '../link/keep-links.ts';
import type { LogFields, Logger } from '../log/logger.ts';
import type { State } from '../metrics/family.ts';
import type { Clock } from '../poll/clock.ts';
import { type Fleet, type FleetOptions, startFleet } from '../poll/fleet.ts';
import { connect } from '../sql/mssql-connection.ts';

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
  return {
    readState: () => {
      const servers = fleet?.states() ?? state.servers;
      if (state.servers !== servers) {
        state = { servers, links: keepLinks(state.links, assessLinks(servers, config.links)) };
      }
      return state;
    },
    servers: () => config.servers,
    isPublished: (family) => config.metrics === undefined || isPublished(config.metrics, family),
    pollNow: async (name) => fleet?.pollNow(name) ?? null,
    start: (recalled) => {
      fleet = startFleet({ config, connect, log, clock, ...(recalled && { recalled }) });
    },
    onChange: (listener) => fleet?.onChange(listener),
    apply: async (loaded) => {
      ({ config } = loaded);
      const links = config.links.length;
      const change = await fleet?.reconfigure(config);
      return { ...change, links };
    },
    stop: async () => fleet?.stop(),
  };
}
