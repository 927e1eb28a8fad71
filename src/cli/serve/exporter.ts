import type { Config } from '../../config/config.ts';
import { type Shard, wholeShard } from '../../config/shard/shard.ts';
import type { Listening, ListenSource } from '../../http/listen.ts';
import type { ListenAddress } from '../../http/listen-address.ts';
import { defaultWebOptions, startWeb, type WebOptions } from '../../http/start-web.ts';
import { createDebugPolls } from '../../http/status/debug-polls.ts';
import type { Logger } from '../../log/logger.ts';
import { createExporterMetrics } from '../../metrics/exporter-metrics.ts';
import type { State } from '../../metrics/family.ts';
import { createPage } from '../../metrics/page.ts';
import { type Clock, systemClock } from '../../poll/time/clock.ts';
import { theLoop } from '../../poll/time/loop-watch.ts';
import { atMostOften, restAfter, restBeforeScrape } from '../process/at-most-often.ts';
import { createPolling, type Polling } from '../reading/polling.ts';
import { keptReport, reportOfState } from '../reading/report.ts';
import { revision, version } from '../version.ts';
import { type ConfigSource, createReloader, type Reloader } from './reload.ts';
import { startRemembering } from './remembering.ts';

export interface ExporterOptions {
  readonly config: Config;
  /** Where `config` comes from, to load it again; absent: it stays as it is. */
  readonly configSource?: ConfigSource;
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
  /** As `Polling.pollNow`. */
  readonly pollNow: Polling['pollNow'];
  /** Absent without a source. */
  readonly reloader?: Reloader;
  /** Ends the scrapes under way, then the polls and their connections, within the poll's time limit. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts polling and serving.
 * @throws Error, in words for a user, when an address can't be listened on; nothing is left running then.
 */
export async function startExporter(options: ExporterOptions): Promise<Exporter> {
  const { configSource, logger, web = defaultWebOptions, shard = wholeShard, clock = systemClock } = options;
  const build = { version, revision, nodeVersion: process.version };
  const { hasDebugView = true, hidesExporterMetrics: isReduced = false } = options;
  const metrics = createExporterMetrics(build, shard, {
    isReduced,
    readings: { loopLateSeconds: theLoop().lateSeconds, loopLag: theLoop().lag },
  });
  metrics.configLoaded(true, clock.nowSeconds());
  const polling = createPolling(options.config, logger, clock);
  const { readState, pollNow } = polling;
  const page = createPage({
    readState,
    metrics,
    readFamilies: polling.families,
    monotonicSeconds: clock.monotonicSeconds,
    pollIntervalSeconds: polling.pollIntervalSeconds,
  });
  const { nowSeconds } = clock;
  const remembering = startRemembering({
    config: options.config,
    readState,
    clock,
    logger,
    onWritten: metrics.historyWritten,
  });
  const apply: typeof polling.apply = async (loaded) => {
    const change = await polling.apply(loaded);
    remembering.reloaded(loaded.config, change);
    page.reloaded();
    return change;
  };
  const reloader = configSource && createReloader({ source: configSource, apply, logger, metrics, nowSeconds });
  const shown = {
    version,
    page,
    readState,
    shardOrdinal: shard.ordinal,
    status: {
      readReport: keptReport(
        readState,
        (state) => {
          // So that the next report has the time of what changed a moment ago. What can't be judged the scrape tells.
          remembering.look().catch(() => undefined);
          return reportOfState(state, polling.servers(), { nowSeconds: nowSeconds(), held: remembering.history.held });
        },
        nowSeconds,
      ),
      timeline: remembering.history,
      debugPoll: hasDebugView ? createDebugPolls({ pollNow }) : null,
    },
    metrics,
    ...(reloader && { configuration: { text: () => reloader.current().text, reload: reloader.reload } }),
    onError: (error: unknown, path: string) => logger.error('request failed', { path, error: String(error) }),
  };
  // The ports come first: a second exporter started by mistake must not log in anywhere.
  const listening: Listening = await startWeb(shown, options.sources, web);
  remembering.begin();
  polling.start(remembering.history.recalled);
  polling.onChange(page.stateChanged);
  polling.onChange(atMostOften(page.prepare, (took) => restBeforeScrape(took, page.scrapeExpectedInSeconds())));
  polling.onChange(atMostOften(remembering.look, (took) => restAfter(took, restFactorOfMemory)));
  for (const address of listening.names) logger.info('listening', { ...securityOf(web), address });
  return {
    addresses: listening.addresses,
    readState,
    onChange: polling.onChange,
    pollNow,
    ...(reloader && { reloader }),
    stop: async () => {
      await Promise.all([listening.close(), polling.stop()]);
      await remembering.stop();
    },
  };
}

/** At most about a tenth of the time goes to it. */
const restFactorOfMemory = 9;

/** In the toolkit's words: what a reader of the log looks for. */
function securityOf({ protection }: WebOptions): { readonly tls: boolean; readonly http2: boolean } {
  const tls = protection?.isTls ?? false;
  return { tls, http2: tls && protection?.initial.config.http2 === true };
}
