import { setInterval as ticksOf } from 'node:timers/promises';
import type { LoadedConfig } from '../../config/config.ts';
import { type ConfigFile, fingerprint } from '../../config/file/text-file.ts';
import { ConfigError, formatProblems } from '../../config/value/problem.ts';
import type { LogFields, Logger } from '../../log/logger.ts';
import type { ExporterMetrics } from '../../metrics/exporter-metrics.ts';
import type { Terminal } from '../command.ts';
import { durationOf, type Flag, type FlagValues, isSet } from '../flags/flag.ts';

interface ReloadRequests {
  readonly logger: Logger;
  readonly terminal: Terminal;
  /** Between looks at the files; null: they are not looked at. */
  readonly intervalMilliseconds: number | null;
}

/** Reloads at SIGHUP, also at one that comes before the exporter has started, and when a file has changed. */
export function reloadOnRequest(starting: Promise<{ readonly reloader?: Reloader }>, requests: ReloadRequests): void {
  const { logger, terminal, intervalMilliseconds } = requests;
  const reload = async (): Promise<void> => {
    try {
      await (await starting).reloader?.reload();
    } catch (error) {
      logger.error('configuration not reloaded', { error: errorText(error) });
    }
  };
  terminal.onReload(() => void reload());
  if (intervalMilliseconds === null) return;
  const watch = async (): Promise<void> => {
    const { reloader } = await starting;
    const ticks = ticksOf(intervalMilliseconds, undefined, { signal: terminal.stop });
    if (reloader !== undefined) await autoReload({ ticks, files: () => reloader.current().files, reload });
  };
  // It ends with the program, which says itself why it could not start.
  watch().catch((error) => {
    if (!terminal.stop.aborted) logger.debug('automatic reload has ended', { error: errorText(error) });
  });
}

export function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

interface AutoReloadOptions {
  /** Each tick is a look at the files. */
  readonly ticks: AsyncIterable<unknown>;
  /** The files of the configuration in force. */
  readonly files: () => readonly ConfigFile[];
  readonly reload: () => Promise<unknown>;
}

/**
 * Reloads when the content of a file has changed since it was last looked at, until the ticks end. The content, not the time
 * or an event: what Kubernetes mounts is a link that is turned to another folder.
 */
export async function autoReload({ ticks, files, reload }: AutoReloadOptions): Promise<void> {
  const known = new Map<string, string>();
  const noteNew = async (): Promise<void> => {
    for (const { path, fingerprint: loaded } of files()) {
      if (!known.has(path)) known.set(path, loaded ?? (await fingerprint(path)));
    }
  };
  await noteNew();
  for await (const _ of ticks) {
    if (!(await haveChanged(known))) continue;
    await reload();
    // What changed meanwhile is seen at the next tick; the files that are named for the first time are not known yet.
    await noteNew();
  }
}

/** Takes note of the known files as they are now. */
async function haveChanged(known: Map<string, string>): Promise<boolean> {
  let changes = 0;
  for (const [path, before] of known) {
    const now = await fingerprint(path);
    known.set(path, now);
    if (now !== before) changes += 1;
  }
  return changes > 0;
}

/** The names are those of Prometheus and blackbox_exporter. */
const enableAutoReloadFlag: Flag = {
  name: 'config.enable-auto-reload',
  group: 'Configuration',
  help: 'Reload by itself when the configuration file, or a file that it names, has another content.',
};

const autoReloadIntervalFlag: Flag = {
  name: 'config.auto-reload-interval',
  group: 'Configuration',
  value: 'DURATION',
  default: '30s',
  help: 'How often the files are looked at for that, 1s to 1h.',
};

export const reloadFlags: readonly Flag[] = [enableAutoReloadFlag, autoReloadIntervalFlag];

/** How often to look, in milliseconds; null when nothing is reloaded by itself. Throws UsageError for a bad duration. */
export function autoReloadInterval(values: FlagValues): number | null {
  const milliseconds = durationOf(values, autoReloadIntervalFlag, { least: 1000, most: 3_600_000 });
  return isSet(values, enableAutoReloadFlag) ? milliseconds : null;
}

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

interface ReloaderOptions {
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
