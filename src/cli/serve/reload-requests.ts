import { setInterval as ticksOf } from 'node:timers/promises';
import type { Logger } from '../../log/logger.ts';
import type { Terminal } from '../command.ts';
import { autoReload } from './auto-reload.ts';
import type { Reloader } from './reloader.ts';

export interface ReloadRequests {
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
