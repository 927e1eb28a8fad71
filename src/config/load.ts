import { dirname, resolve } from 'node:path';
import { readAzure } from './azure/read.ts';
import type { Config, ConfigWarning, KnownFamilies, LoadedConfig } from './config.ts';
import { configText } from './file/config-text.ts';
import { parseYaml } from './file/document.ts';
import { fingerprintOf, namedFiles, readTextFile, TextFileError } from './file/text-file.ts';
import type { YamlMapping } from './file/yaml-tree.ts';
import { readHistory } from './history.ts';
import { defaultLimits, readLimits } from './limits.ts';
import { readLinks } from './links.ts';
import { readMetrics } from './metrics.ts';
import { topSchema } from './schema.ts';
import { readServers } from './server/server.ts';
import { type Shard, shardOf, wholeShard } from './shard/shard.ts';
import { readTestLogins } from './test-network.ts';
import { parseDuration } from './value/duration.ts';
import { type Context, type Environment, type Mapping, readMapping } from './value/mapping.ts';
import { ConfigError, type ConfigProblem, inLineOrder, type Report } from './value/problem.ts';
import { readViews } from './views.ts';
import { linkWarnings, serverWarnings } from './warnings.ts';

/** Thousands of servers fit in; a larger file is a mistake in the path. */
const maximumSizeBytes = 1024 * 1024;

export interface LoadOptions {
  /** Where passwords may come from beside files; `process.env` unless given. */
  readonly env?: Environment;
  /** The part of the servers to keep; all of them unless given. */
  readonly shard?: Shard;
  /** The families there are; absent: any name is taken for one. */
  readonly families?: KnownFamilies;
}

/**
 * Reads and checks the configuration file and the files that it names. Throws `ConfigError` with every problem found;
 * a file that isn't YAML is reported alone, as nothing more can be said of it.
 */
export async function loadConfig(path: string, options: LoadOptions = {}): Promise<LoadedConfig> {
  const problems: ConfigProblem[] = [];
  const warnings: ConfigWarning[] = [];
  const report: Report = (place, line, message) => problems.push({ file: path, path: place, line, message });
  const warn = (warning: ConfigWarning): unknown => warnings.push(warning);
  const text = await readText(path, report);
  const root = text === null ? null : parseYaml(text, report);
  if (text === null || root === null) throw new ConfigError(inLineOrder(problems));
  const { env = process.env, shard = wholeShard, families } = options;
  const folder = dirname(resolve(path));
  const whole = await readConfig(root, { folder, env, report, warn, ...(families && { families }) });
  for (const warning of [...serverWarnings(whole.servers), ...linkWarnings(whole)]) warn(warning);
  const config = shardOf(whole, shard, { report, warn });
  if (problems.length > 0) throw new ConfigError(inLineOrder(problems));
  return deepFreeze({
    config,
    warnings,
    serversOfOtherShards: whole.servers.length - config.servers.length,
    text: configText(root, config),
    files: [{ path: resolve(path), fingerprint: fingerprintOf(text) }, ...namedFiles(root, folder)],
  });
}

async function readText(path: string, report: Report): Promise<string | null> {
  try {
    return await readTextFile(path, maximumSizeBytes);
  } catch (error) {
    if (!(error instanceof TextFileError)) throw error;
    report('', null, error.message);
    return null;
  }
}

async function readConfig(root: YamlMapping, context: Context): Promise<Config> {
  const { report } = context;
  const top = readMapping(topSchema, { path: '', line: root.line, node: root }, report);
  reportWithoutServers(root, report);
  const servers = await readServers(top, readLimits(top.given('limits'), defaultLimits, context), context);
  const names = servers.map(({ name }) => name).filter((name) => name !== '');
  const links = readLinks(top, names, report);
  const testNetwork = await readTestLogins(top, names, context);
  const times = readTimes(top, report);
  const azure = await readAzure(top.given('azure'), context);
  const metrics = readMetrics(top.given('metrics'), context);
  const history = top.given('history');
  return {
    ...times,
    views: readViews(top, top.reported('poll_interval') ? 0 : times.pollIntervalSeconds, report),
    servers,
    ...(azure === null ? {} : { azure }),
    ...(testNetwork.length === 0 ? {} : { testNetwork }),
    links,
    ...(metrics === null ? {} : { metrics }),
    ...(history === null ? {} : { history: readHistory(history, context) }),
  };
}

/** Without a server something else has to be there to look at. */
function reportWithoutServers({ entries, line }: YamlMapping, report: Report): void {
  const has = (name: string): boolean => entries.some(({ key }) => key === name);
  if (!has('servers') && !has('azure')) report('servers', line, `missing: give ${topSchema.servers.doc}, or azure`);
}

const shortestMilliseconds = { poll_interval: 1000, poll_timeout: 100 } as const;
const longestIntervalMilliseconds = 3_600_000;

type Times = Pick<Config, 'pollIntervalSeconds' | 'pollTimeoutSeconds'>;

/** A timeout that is not given is never longer than the interval: whoever writes `poll_interval: 5s` means to poll. */
function readTimes(top: Mapping<{ poll_interval: string; poll_timeout: string }>, report: Report): Times {
  const interval = parseDuration(top.values.poll_interval) ?? 0;
  const timeout = parseDuration(top.values.poll_timeout) ?? 0;
  const givenInterval = top.given('poll_interval');
  const givenTimeout = top.given('poll_timeout');
  if (interval < shortestMilliseconds.poll_interval || interval > longestIntervalMilliseconds) {
    report('poll_interval', givenInterval?.line ?? null, `${top.values.poll_interval} is out of range: use 1s to 1h`);
  }
  if (givenTimeout !== null && timeout < shortestMilliseconds.poll_timeout) {
    report(
      givenTimeout.path,
      givenTimeout.line,
      `${top.values.poll_timeout} is out of range: use 100ms to the poll_interval`,
    );
  } else if (givenTimeout !== null && timeout > interval && !top.reported('poll_interval')) {
    report(
      givenTimeout.path,
      givenTimeout.line,
      `${top.values.poll_timeout} is longer than the poll_interval, ${top.values.poll_interval}: polls would overlap`,
    );
  }
  return { pollIntervalSeconds: interval / 1000, pollTimeoutSeconds: Math.min(timeout, interval) / 1000 };
}

/** Nobody changes a configuration by accident: a new one is loaded instead. */
function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) deepFreeze(part);
  }
  return value;
}
