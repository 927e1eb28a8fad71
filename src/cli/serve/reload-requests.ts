import { setInterval as ticksOf } from 'node:timers/promises';
import { type ConfigFile, fingerprint } from '../../config/file/named-files.ts';
import type { Logger } from '../../log/logger.ts';
import type { Terminal } from '../command.ts';
import { durationOf } from '../duration-flag.ts';
import { type Flag, type FlagValues, isSet } from '../flags/flag.ts';
import type { Reloader } from './reloader.ts';

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
