import { execFile } from 'node:child_process';
import type { LoadedConfig } from '../../config/config.ts';
import type { Shard } from '../../config/shard/shard.ts';
import { openProtection, type Protection, type ProtectionLog, WebConfigError } from '../../http/protection.ts';
import type { Logger } from '../../log/logger.ts';
import { CommandError, exitCodes, stopped, type Terminal } from '../command.ts';
import { type FlagValues, flagValue, isSet } from '../flags/flag.ts';
import { loggerOf, shardValue } from '../flags/service.ts';
import { sizeHeapFor, sizeHeapForLinks } from '../process/heap-for.ts';
import { configCheckFlag, configFileFlag, loadConfigFile, loadConfigShard } from '../reading/config-file.ts';
import { version } from '../version.ts';
import type { Exporter } from './exporter.ts';
import { memoryRefusal, nodeFault } from './process-faults.ts';
import { autoReloadInterval, errorText, reloadOnRequest } from './reload.ts';
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
    exporter.onChange(() => sizeHeapForLinks(exporter.readState().links.length, process));
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

/** Null without a file; `refused` when it can't be used: every problem is then on standard error. */
async function openWebConfigFile(
  path: string | null,
  terminal: Terminal,
  log: ProtectionLog,
): Promise<Protection | null | 'refused'> {
  if (path === null) return null;
  try {
    return await openProtection(path, log);
  } catch (error) {
    if (!(error instanceof WebConfigError)) throw error;
    terminal.writeError(`${error.message}\n`);
    return 'refused';
  }
}

/** Says what is in the file, or what is wrong with it. True when it can be used, and without a file. */
async function checkWebConfigFile(path: string | null, terminal: Terminal): Promise<boolean> {
  if (path === null) return true;
  const lines: string[] = [];
  const silent = (): void => undefined;
  const warn: ProtectionLog['warn'] = (message, { key }) => void lines.push(`warning: ${path}: ${key}: ${message}\n`);
  const protection = await openWebConfigFile(path, terminal, { info: silent, error: silent, warn });
  if (protection === 'refused' || protection === null) return false;
  terminal.writeOut(`${lines.join('')}${path} is valid: ${webContents(protection)}\n`);
  return true;
}

function webContents({ initial: { config } }: Protection): string {
  const clients = config.tls?.clientAuth === 'NoClientCert' ? '' : ` with ${config.tls?.clientAuth}`;
  const tls = config.tls === null ? 'plain HTTP' : `TLS${clients}`;
  const { size } = config.users;
  return `${tls}, ${size === 0 ? 'no login' : `${size} user${size === 1 ? '' : 's'}`}`;
}

/** Two signs of life in each period, as sd_watchdog_enabled(3) advises. */
const signsInPeriod = 2;

/** A program that hangs itself must not be joined by others. */
const programLimitMilliseconds = 10_000;

/**
 * Tells systemd again and again that the event loop goes on, if the unit asks for that with WatchdogSec (NOTIFY_SOCKET and
 * WATCHDOG_USEC): a service whose loop stands still is restarted then. By the program `systemd-notify`, since Node.js has no
 * Unix datagram sockets; `onFailure` is called once if it does not work. Returns what ends it.
 */
function keepWatchdog(environment: Terminal['environment'], onFailure: (error: Error) => void): () => void {
  const { NOTIFY_SOCKET, WATCHDOG_USEC, WATCHDOG_PID = String(process.pid), PATH } = environment;
  const periodMilliseconds = Number(WATCHDOG_USEC) / 1000;
  // The variables are inherited: what was asked of a parent is not asked of this process.
  const isAsked = NOTIFY_SOCKET !== undefined && WATCHDOG_PID === String(process.pid) && periodMilliseconds > 0;
  if (!isAsked) return () => undefined;
  let isTold = false;
  const tell = (): void => {
    const options = {
      env: { NOTIFY_SOCKET, ...(PATH === undefined ? {} : { PATH }) },
      timeout: programLimitMilliseconds,
    };
    execFile('systemd-notify', ['WATCHDOG=1'], options, (error) => {
      if (error === null || isTold) return;
      isTold = true;
      onFailure(error);
    });
  };
  tell();
  const timer = setInterval(tell, periodMilliseconds / signsInPeriod);
  return () => clearInterval(timer);
}
