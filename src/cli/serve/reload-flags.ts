import { durationOf } from '../duration-flag.ts';
import { type Flag, type FlagValues, isSet } from '../flags/flag.ts';

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
