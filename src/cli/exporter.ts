import type { Config } from '../config/config.ts';
import { type Shard, wholeShard } from '../config/shard.ts';
import type { Listening, ListenSource } from '../http/listen.ts';
import type { ListenAddress } from '../http/listen-address.ts';
import { defaultWebOptions, startWeb, type WebOptions } from '../http/start-web.ts';
import { createDebugPolls } from '../http/status/debug-polls.ts';
import { assessLinks } from '../link/assess-links.ts';
import type { Logger } from '../log/logger.ts';
import { createExporterMetrics } from '../metrics/exporter-metrics.ts';
import type { State } from '../metrics/family.ts';
import { createPage } from '../metrics/page.ts';
import { type Clock, systemClock } from '../poll/clock.ts';
import { type Fleet, startFleet } from '../poll/fleet.ts';
import { connect } from '../sql/mssql-connection.ts';
import { reportOfState } from './status-source.ts';
import { revision, version } from './version.ts';

export interface ExporterOptions {
  readonly config: Config;
  readonly sources: readonly ListenSource[];
  readonly logger: Logger;
  /** Plain HTTP at the usual paths unless given. */
  readonly web?: WebOptions;
  /** Leaves out what the exporter says of its own process and work; false unless given. */
  readonly hidesExporterMetrics?: boolean;
  /** The part of the file that `config` is; the whole unless given. */
  readonly shard?: Shard;
  /** Whether people may have a server polled on the debug view; they may unless this says no. */
  readonly hasDebugView?: boolean;
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
  const { config, sources, logger, web = defaultWebOptions, shard = wholeShard, clock = systemClock } = options;
  const build = { version, revision, nodeVersion: process.version };
  const metrics = createExporterMetrics(build, shard, options.hidesExporterMetrics);
  const { hasDebugView = true } = options;
  metrics.configLoaded(true, clock.nowSeconds());
  let readState: () => State = () => ({ servers: [], links: [] });
  let pollNow: Fleet['pollNow'] = async () => null;
  const page = createPage({ readState: () => readState(), metrics });
  const shown = {
    version,
    page,
    readState: () => readState(),
    status: {
      readReport: () => reportOfState(readState(), config.servers, clock.nowSeconds()),
      debugPoll: hasDebugView ? createDebugPolls({ pollNow: (name) => pollNow(name) }) : null,
    },
    metrics,
    onError: (error: unknown, path: string) => logger.error('request failed', { path, error: String(error) }),
  };
  // The ports come first: a second exporter started by mistake must not log in anywhere.
  const listening: Listening = await startWeb(shown, sources, web);
  const fleet = startFleet({ config, connect, log: logger, clock });
  readState = stateReader(() => fleet.states(), config);
  pollNow = fleet.pollNow;
  fleet.onChange(() => void page.prepare());
  for (const address of listening.names) logger.info('listening', { ...securityOf(web), address });
  return {
    addresses: listening.addresses,
    readState,
    onChange: (listener) => fleet.onChange(listener),
    stop: async () => {
      await Promise.all([listening.close(), fleet.stop()]);
    },
  };
}

/** In the toolkit's words: what a reader of the log looks for. */
function securityOf({ protection }: WebOptions): { readonly tls: boolean; readonly http2: boolean } {
  const tls = protection?.isTls ?? false;
  return { tls, http2: tls && protection?.initial.config.http2 === true };
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
