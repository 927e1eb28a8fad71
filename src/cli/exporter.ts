import type { Config } from '../config/config.ts';
import { type Shard, wholeShard } from '../config/shard.ts';
import { createApp } from '../http/app.ts';
import { type Listening, listen } from '../http/listen.ts';
import { formatListenAddress, type ListenAddress } from '../http/listen-address.ts';
import { defaultWebPaths, type WebPaths } from '../http/web-paths.ts';
import { assessLinks } from '../link/assess-links.ts';
import type { Logger } from '../log/logger.ts';
import { createExporterMetrics } from '../metrics/exporter-metrics.ts';
import type { State } from '../metrics/family.ts';
import { createPage } from '../metrics/page.ts';
import { type Clock, systemClock } from '../poll/clock.ts';
import { startFleet } from '../poll/fleet.ts';
import { connect } from '../sql/mssql-connection.ts';
import { version } from './version.ts';

export interface ExporterOptions {
  readonly config: Config;
  readonly addresses: readonly ListenAddress[];
  readonly logger: Logger;
  /** The usual ones unless given. */
  readonly paths?: WebPaths;
  /** The part of the file that `config` is; the whole unless given. */
  readonly shard?: Shard;
  /** The system's unless given: for tests. */
  readonly clock?: Clock;
}

/** The whole daemon at work. */
export interface Exporter {
  readonly addresses: readonly ListenAddress[];
  readonly readState: () => State;
  /** Calls the listener after each change of the state. */
  readonly onChange: (listener: () => void) => void;
  /** Ends the scrapes under way, then the polls and their connections, within the poll's time limit. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts polling and serving.
 * @throws Error, in words for a user, when an address can't be listened on; nothing is left running then.
 */
export async function startExporter(options: ExporterOptions): Promise<Exporter> {
  const { config, addresses, logger, paths = defaultWebPaths, shard = wholeShard, clock = systemClock } = options;
  const metrics = createExporterMetrics({ version, revision: '', nodeVersion: process.version }, shard);
  metrics.configLoaded(true, clock.nowSeconds());
  let readState: () => State = () => ({ servers: [], links: [] });
  const page = createPage({ readState: () => readState(), metrics });
  const app = createApp({
    version,
    page,
    readState: () => readState(),
    paths,
    metrics,
    onError: (error, path) => logger.error('request failed', { path, error: String(error) }),
  });
  // The ports come first: a second exporter started by mistake must not log in anywhere.
  const listening: Listening = await listen(app, addresses);
  const fleet = startFleet({ config, connect, log: logger, clock });
  readState = stateReader(() => fleet.states(), config);
  fleet.onChange(() => void page.prepare());
  for (const address of listening.addresses) logger.info('listening', { address: formatListenAddress(address) });
  return {
    addresses: listening.addresses,
    readState,
    onChange: (listener) => fleet.onChange(listener),
    stop: async () => {
      await Promise.all([listening.close(), fleet.stop()]);
    },
  };
}

/** Assesses the links once per change: the same object is given until a server's state is another. */
function stateReader(states: () => State['servers'], config: Config): () => State {
  let current: State | null = null;
  return () => {
    const servers = states();
    if (current?.servers !== servers) current = { servers, links: assessLinks(servers, config.links) };
    return current;
  };
}
