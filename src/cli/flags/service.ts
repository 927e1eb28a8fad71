import type { Shard } from '../../config/shard/shard.ts';
import { type ListenAddress, parseListenAddress } from '../../http/listen-address.ts';
import { createLogger, type Logger, logFormats, logLevels } from '../../log/logger.ts';
import type { Terminal } from '../command.ts';
import { type Flag, type FlagValues, flagValue, flagValueList, isSet, UsageError, wholeNumber } from './flag.ts';

/** The exporter's port: 10522, after 5022, the port of the link's endpoints. */
export const defaultListenAddress = ':10522';

export const listenAddressFlag: Flag = {
  name: 'web.listen-address',
  group: 'Web',
  value: 'ADDRESS',
  isRepeatable: true,
  default: defaultListenAddress,
  help: 'Address to serve /metrics on; may be repeated. Port 0 takes a free one.',
};

export const logLevelFlag: Flag = {
  name: 'log.level',
  group: 'Logging',
  value: 'LEVEL',
  choices: logLevels,
  default: 'info',
  help: 'Log only messages of this severity or above.',
};

export const logFormatFlag: Flag = {
  name: 'log.format',
  group: 'Logging',
  value: 'FORMAT',
  choices: logFormats,
  default: 'logfmt',
  help: 'Form of the log lines on standard error.',
};

/** Throws UsageError for an address that can't be one. */
export function listenAddresses(values: FlagValues, flag: Flag = listenAddressFlag): readonly ListenAddress[] {
  return flagValueList(values, flag).map((text) => addressOf(text, flag));
}

/** Throws UsageError, naming the flag. */
export function addressOf(text: string, flag: Flag): ListenAddress {
  try {
    return parseListenAddress(text);
  } catch (error) {
    throw new UsageError(`--${flag.name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The log that the flags ask for; `levelFlag` carries another default level. */
export function loggerOf(values: FlagValues, terminal: Terminal, levelFlag: Flag = logLevelFlag): Logger {
  const [level, format] = [flagValue(values, levelFlag), flagValue(values, logFormatFlag)];
  const logger = createLogger({
    level: logLevels.find((known) => known === level) ?? 'info',
    format: logFormats.find((known) => known === format) ?? 'logfmt',
    write: terminal.writeError,
  });
  terminal.runtime.onWarning(({ message, fields }) => logger.warn(message, fields));
  return logger;
}

/** Names and counting are those of kube-state-metrics. */
const shardFlag: Flag = {
  group: 'Sharding',
  name: 'shard',
  value: 'ORDINAL',
  default: '0',
  help: 'Poll only this shard of the servers, counted from 0; with --total-shards.',
};

const totalShardsFlag: Flag = {
  group: 'Sharding',
  name: 'total-shards',
  value: 'COUNT',
  default: '1',
  help: 'Divide the servers into so many shards; both ends of a link are in the same one.',
};

export const shardFlags: readonly Flag[] = [shardFlag, totalShardsFlag];

/** Far more exporters than there are links anywhere. */
const maximumShards = 1024;

/** Throws UsageError for a shard that can't be: one flag without the other would poll too much, or a part twice. */
export function shardValue(values: FlagValues): Shard {
  const [given, missing] = isSet(values, shardFlag) ? [shardFlag, totalShardsFlag] : [totalShardsFlag, shardFlag];
  if (isSet(values, given) && !isSet(values, missing)) {
    throw new UsageError(`--${given.name} needs --${missing.name} beside it`);
  }
  const total = wholeNumber(values, totalShardsFlag, { minimum: 1, maximum: maximumShards });
  return { ordinal: wholeNumber(values, shardFlag, { minimum: 0, maximum: total - 1 }), total };
}
