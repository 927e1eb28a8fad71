import { parseDuration } from '../config/duration.ts';
import { type Flag, type FlagValues, flagValue, isSet, UsageError } from './flag.ts';

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
  const text = flagValue(values, autoReloadIntervalFlag);
  const milliseconds = parseDuration(text);
  if (milliseconds === null || milliseconds < 1000 || milliseconds > 3_600_000) {
    throw new UsageError(`--${autoReloadIntervalFlag.name}: "${text}" is not a duration from 1s to 1h`);
  }
  return isSet(values, enableAutoReloadFlag) ? milliseconds : null;
}
