import type { LoadedConfig } from '../../config/config.ts';
import type { Shard } from '../../config/shard/shard.ts';
import type { Logger } from '../../log/logger.ts';
import { CommandError, exitCodes, type Terminal } from '../command.ts';
import { type FlagValues, flagValue, isSet } from '../flags/flag.ts';
import { shardValue } from '../flags/shard.ts';
import { sizeHeapFor } from '../process/heap-for.ts';
import { stopped } from '../process/stopped.ts';
import { configCheckFlag, configFileFlag, loadConfigFile, loadConfigShard } from '../reading/config-file.ts';
import { loggerOf } from '../service/flags.ts';
import { version } from '../version.ts';
import type { Exporter } from './exporter.ts';
import { memoryRefusal, nodeFault } from './process-faults.ts';
import { autoReloadInterval, errorText, reloadOnRequest } from './reload-requests.ts';
import { keepWatchdog } from './watchdog.ts';
import { checkWebConfigFile, openWebConfigFile } from './web-config-file.ts';
import { webFlagValues } from './web-flags.ts';

/** Polls and serves until it is told to stop, or checks its files. Resolves to the exit code. */
export async function runServe(values: FlagValues, terminal: Terminal): Promise<number> {
  const refusal = memoryRefusal(process);
  if (refusal !== null) throw new CommandError(refusal);
  const path = flagValue(values, configFileFlag);
  const isCheck = isSet(values, configCheckFlag);
  const web = webFlagValues(values, terminal);
  const shard = shardValue(values);
  const intervalMilliseconds = autoReloadInterval(values);
  const loaded = await loadConfigFile(path, terminal, shard);
  if (isCheck) {
    if (loaded !== null) terminal.writeOut(checkReport(path, loaded));
    const isWebGood = await checkWebConfigFile(web.configFile, terminal);
    return loaded !== null && isWebGood ? exitCodes.ok : exitCodes.failed;
  }
  if (loaded === null) return exitCodes.failed;
  sizeHeapFor(loaded.config.servers.length, process);
  const logger = loggerOf(values, terminal);
  logger.info('starting milink-exporter', {
    version,
    node: process.version,
    config: path,
    ...shardFields(shard, loaded),
  });
  const fault = nodeFault(process.versions.node);
  if (fault !== null) logger.warn('faulty Node.js', { node: process.version, fault });
  for (const warning of loaded.warnings) logger.warn(warning.message, { file: path, key: warning.path });
  const protection = await openWebConfigFile(web.configFile, terminal, logger);
  if (protection === 'refused') return exitCodes.failed;
  if (terminal.stop.aborted) {
    logger.info('stopped before it had started');
    return exitCodes.ok;
  }
  // Not before: --config.check and a file with errors need none of what polls and serves.
  const { startExporter } = await import('./exporter.ts');
  const starting = startExporter({
    config: loaded.config,
    configSource: { path, loaded, load: () => loadConfigShard(path, terminal, shard) },
    sources: web.sources,
    logger,
    web: { ...web, protection },
    hidesExporterMetrics: web.hidesExporterMetrics,
    hasDebugView: web.hasDebugView,
    shard,
  });
  reloadOnRequest(starting, { logger, terminal, intervalMilliseconds });
  return runUntilStopped(starting, logger, terminal);
}

async function runUntilStopped(
  starting: Promise<Exporter>,
  logger: Logger,
  { stop, environment }: Terminal,
): Promise<number> {
  try {
    const exporter = await starting;
    const endWatchdog = keepWatchdog(environment, ({ message }) =>
      logger.warn('systemd can not be told that the program goes on: it will restart it', { error: message }),
    );
    await stopped(stop);
    endWatchdog();
    logger.info('stopping');
    await exporter.stop();
    logger.info('stopped');
    return exitCodes.ok;
  } catch (error) {
    logger.error('cannot start', { error: errorText(error) });
    return exitCodes.failed;
  }
}

function shardFields(shard: Shard, { config, serversOfOtherShards }: LoadedConfig): Record<string, number> {
  if (shard.total === 1) return {};
  const servers = config.servers.length;
  return { shard: shard.ordinal, total_shards: shard.total, servers, other_servers: serversOfOtherShards };
}

function checkReport(path: string, { config, warnings, serversOfOtherShards }: LoadedConfig): string {
  const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;
  const lines = warnings.map((warning) => `warning: ${path}: ${warning.path}: ${warning.message}\n`);
  const others = serversOfOtherShards === 0 ? '' : ` (${serversOfOtherShards} more in other shards)`;
  return `${lines.join('')}${path} is valid: ${count(config.servers.length, 'server')}${others}, ${count(config.links.length, 'expected link')}\n`;
}
