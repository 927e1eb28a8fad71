import type { AzureLog } from '../../azure/poll/log.ts';
import type { Config } from '../../config/config.ts';
import { exitCodeOfSeverity } from '../../link/severity.ts';
import type { ServerState } from '../../model/server-state.ts';
import { expectedNames } from '../../poll/reading/shown-rows.ts';
import { viewPlans } from '../../poll/reading/view-schedule.ts';
import { pendingServer, polledServer } from '../../poll/server-loop.ts';
import { createServerPoller } from '../../poll/server-poller.ts';
import { systemClock } from '../../poll/time/clock.ts';
import { connect } from '../../sql/mssql-connection.ts';
import type { Command, Terminal } from '../command.ts';
import {
  type DurationRange,
  durationOf,
  type Flag,
  type FlagValues,
  flagValue,
  flagValueList,
  isSet,
  UsageError,
} from '../flags/flag.ts';
import { logFormatFlag, loggerOf, logLevelFlag } from '../flags/service.ts';
import { readAzureOnce } from '../reading/azure.ts';
import { configFileFlag, loadConfigFile } from '../reading/config-file.ts';
import { reportOf } from '../reading/report.ts';
import { clientFlags, probeOf, serviceUrl } from '../service/client.ts';
import { checkHistory } from './history.ts';
import { createOutput } from './output.ts';
import { checkUrl } from './url.ts';
import { watchLinks } from './watch.ts';

const linkFlag: Flag = {
  name: 'link',
  group: 'Output',
  value: 'NAME',
  isRepeatable: true,
  help: 'Show this link only: its name, or NAME/MANAGED_INSTANCE; may be repeated.',
};
const jsonFlag: Flag = { name: 'json', group: 'Output', help: 'Print JSON for programs; docs/check.md describes it.' };
const watchFlag: Flag = {
  name: 'watch',
  group: 'Output',
  value: 'INTERVAL',
  isValueOptional: true,
  help: 'Go on and refresh, 1s to 1h; without a value as often as poll_interval says. Ctrl-C ends.',
};
const timeoutFlag: Flag = {
  name: 'timeout',
  group: 'Polling',
  value: 'DURATION',
  help: 'Time limit for each server and for its slow view, 100ms to 10m. Default: poll_timeout of the configuration',
};
const urlFlag: Flag = {
  name: 'url',
  group: 'Web',
  value: 'URL',
  help: 'Show what this running exporter knows, such as http://exporter:10522, in place of polling: no login of a server is needed.',
};
const historyFlag: Flag = {
  name: 'history',
  group: 'Output',
  help: 'Show what happened and the service levels instead: from --url, or from history.path of the configuration.',
};
// The screen says what could not be polled; the log would tell it twice.
const checkLogLevelFlag: Flag = { ...logLevelFlag, default: 'error' };

/** Nothing can be said of any link: a wrong command line, a configuration that can't be used, an interruption. */
const unknownExitCode = exitCodeOfSeverity.unknown;

const notes = [
  'Exit codes, as monitoring plugins have them, for the worst link that is shown:',
  '  0  healthy    every link is healthy, and both of its ends were seen',
  '  1  degraded   seeding, partially healthy, an end not seen, a view not read, a',
  '                certificate that ends in 30 days, a configured database that is',
  '                not in the link',
  '  2  critical   split brain, missing, no primary, primary unreachable, seeding',
  '                failed, disconnected, suspended, not healthy, a certificate that',
  '                ends in 7 days or of which the other end holds an old copy',
  '  3  unknown    nothing is known of a link, or no link was seen; also a mistake',
  '                on the command line or in the configuration',
];

/** One look at every link, for people and for monitoring systems. Reads only; what it advises, people run. */
export const check: Command = {
  name: 'check',
  summary: 'Poll every server once and say what is wrong with which link, and what to do',
  flags: [
    configFileFlag,
    urlFlag,
    linkFlag,
    jsonFlag,
    watchFlag,
    historyFlag,
    timeoutFlag,
    checkLogLevelFlag,
    logFormatFlag,
    ...clientFlags,
  ],
  notes,
  errorExitCode: unknownExitCode,
  run: runCheck,
};

async function runCheck(values: FlagValues, terminal: Terminal): Promise<number> {
  const intervalSeconds = secondsOf(values, watchFlag, { least: 1000, most: 3_600_000 });
  const timeoutSeconds = secondsOf(values, timeoutFlag, { least: 100, most: 600_000 });
  const isJson = isSet(values, jsonFlag);
  const output = createOutput(terminal, isJson);
  const names = flagValueList(values, linkFlag);
  const { stop } = terminal;
  const isHistory = isSet(values, historyFlag);
  if (isHistory && isSet(values, watchFlag))
    throw new UsageError('--history shows what was: it does not go with --watch');
  if (isSet(values, urlFlag)) {
    const url = serviceUrl(flagValue(values, urlFlag), urlFlag);
    const probe = await probeOf(values, { url, timeoutSeconds: timeoutSeconds ?? 10, ownCertificate: null });
    if (isHistory) {
      await checkHistory({ from: { probe }, names, output, isJson });
      return 0;
    }
    const watched = isSet(values, watchFlag) ? (intervalSeconds ?? 15) : null;
    return checkUrl({ probe, names, output, isJson, intervalSeconds: watched, stop });
  }
  const path = flagValue(values, configFileFlag);
  const loaded = await loadConfigFile(path, terminal);
  if (loaded === null) return unknownExitCode;
  const log = loggerOf(values, terminal, checkLogLevelFlag);
  for (const warning of loaded.warnings) log.warn(warning.message, { file: path, key: warning.path });
  const { config } = loaded;
  if (isHistory) {
    const nowSeconds = systemClock.nowSeconds();
    await checkHistory({ from: { config, nowSeconds }, names, output, isJson });
    return 0;
  }
  const options = {
    config,
    timeoutSeconds: timeoutSeconds ?? config.pollTimeoutSeconds,
    names,
    output,
    stop,
    log,
  };
  return isSet(values, watchFlag)
    ? watchLinks({ ...options, intervalSeconds: intervalSeconds ?? config.pollIntervalSeconds })
    : checkOnce(options);
}

/** Null when the flag was not given, or without a value. */
function secondsOf(values: FlagValues, flag: Flag, range: DurationRange): number | null {
  const text = values.get(flag.name)?.at(-1);
  if (text === undefined || (flag.isValueOptional && text === 'true')) return null;
  return durationOf(values, flag, range) / 1000;
}

interface CheckOptions {
  readonly config: Config;
  readonly timeoutSeconds: number;
  readonly names: readonly string[];
  readonly output: ReturnType<typeof createOutput>;
  readonly stop: AbortSignal;
  readonly log: AzureLog;
}

async function checkOnce({ config, timeoutSeconds, names, output, stop, log }: CheckOptions): Promise<number> {
  const andAzure = config.azure === undefined ? '' : ', and reading Azure';
  output.announce(`polling ${config.servers.length} servers, at most ${timeoutSeconds} s${andAzure} ...`);
  const [servers, azure] = await Promise.all([
    pollOnce(config, timeoutSeconds, stop),
    config.azure === undefined ? null : readAzureOnce(config.azure, { log, stop }),
  ]);
  if (stop.aborted) {
    // A poll that was cut short says nothing of a server.
    output.announce(null);
    return unknownExitCode;
  }
  const report = reportOf({ servers, azure }, { config, names, isStrict: true }, systemClock.nowSeconds());
  output.write(report);
  return exitCodeOfSeverity[report.severity];
}

/** Every server at once, each within the time limit: both ends of a link are best seen at the same instant. */
export function pollOnce(
  { servers, views, links }: Config,
  timeoutSeconds: number,
  stop: AbortSignal,
): Promise<readonly ServerState[]> {
  const clock = systemClock;
  const plans = viewPlans({ views, pollTimeoutSeconds: timeoutSeconds });
  const expected = expectedNames(links);
  return Promise.all(
    servers.map(async (server) => {
      const poller = createServerPoller({ server, connect, clock, timeoutSeconds, plans, expected });
      const result = await poller.poll(stop);
      poller.close();
      return polledServer(pendingServer(server), result, clock.nowSeconds());
    }),
  );
}
