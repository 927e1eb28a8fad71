import type { LoadedConfig } from '../../config/config.ts';
import { ConfigError, formatProblems } from '../../config/value/problem.ts';
import type { LogFields, Logger } from '../../log/logger.ts';
import type { ExporterMetrics } from '../../metrics/exporter-metrics.ts';

/** Where a configuration comes from. */
export interface ConfigSource {
  /** The file, as it was named on the command line. */
  readonly path: string;
  /** What was loaded from it at the start. */
  readonly loaded: LoadedConfig;
  /** Loads it again. Rejects with ConfigError. */
  readonly load: () => Promise<LoadedConfig>;
}

/** A configuration that can change while the program runs. */
export interface Reloader {
  /** What is in force. */
  readonly current: () => LoadedConfig;
  /**
   * Loads the configuration again and puts it in force, or leaves everything as it is. Resolves to null when it is in force,
   * else to the problems, a line for each. One at a time: who asks meanwhile shares the one after it.
   */
  readonly reload: () => Promise<string | null>;
}

export interface ReloaderOptions {
  readonly source: ConfigSource;
  /** Puts a configuration in force; resolves to what changed, for the log. */
  readonly apply: (loaded: LoadedConfig) => Promise<LogFields>;
  readonly logger: Logger;
  readonly metrics: Pick<ExporterMetrics, 'configLoaded'>;
  readonly nowSeconds: () => number;
}

export function createReloader({ source, apply, logger, metrics, nowSeconds }: ReloaderOptions): Reloader {
  const { path } = source;
  let current = source.loaded;

  async function load(): Promise<LoadedConfig | string> {
    try {
      return await source.load();
    } catch (error) {
      metrics.configLoaded(false, nowSeconds());
      if (!(error instanceof ConfigError)) throw error;
      for (const { path: key, line, message } of error.problems) {
        logger.error('configuration problem', { file: path, line, key, error: message });
      }
      logger.error('configuration not reloaded: the former one stays', { config: path });
      return formatProblems(error.problems);
    }
  }

  async function reload(): Promise<string | null> {
    const loaded = await load();
    if (typeof loaded === 'string') return loaded;
    current = loaded;
    const change = await apply(loaded);
    metrics.configLoaded(true, nowSeconds());
    for (const warning of loaded.warnings) logger.warn(warning.message, { file: path, key: warning.path });
    logger.info('configuration reloaded', { config: path, ...change });
    return null;
  }

  return { current: () => current, reload: oneAtATime(reload) };
}

/** What is asked for while it runs is done once more afterwards, for all who asked. */
function oneAtATime<Result>(work: () => Promise<Result>): () => Promise<Result> {
  let running: Promise<unknown> = Promise.resolve();
  let waiting: Promise<Result> | null = null;
  return () => {
    waiting ??= running.then(() => {
      waiting = null;
      const run = work();
      running = run.catch(() => undefined);
      return run;
    });
    return waiting;
  };
}
