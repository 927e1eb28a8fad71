import { resolve } from 'node:path';
import type { Config, HistoryConfig, ServerConfig } from '../../config/config.ts';
import { defaultHistory } from '../../config/history.ts';
import { secretOf } from '../../config/secret/secret.ts';
import { formatListenAddress, type ListenAddress } from '../../http/listen-address.ts';
import type { Pair } from '../../simulator/pair.ts';
import type { End } from '../../simulator/pair-end.ts';
import { type Command, CommandError, exitCodes, stopped, type Terminal } from '../command.ts';
import { durationOf, type Flag, type FlagValues, flagValue, isSet } from '../flags/flag.ts';
import { listenAddresses, listenAddressFlag, logFormatFlag, loggerOf, logLevelFlag } from '../flags/service.ts';
import { type Exporter, startExporter } from '../serve/exporter.ts';
import { simulatedAzureConfig } from './azure.ts';
import { simulatorConfigFileFlag, writeSimulatorConfig } from './config-file.ts';
import { simulatorFlags, simulatorLogin, startSimulator } from './flags.ts';
import { announceStages, clockTime, describePair } from './simulate.ts';

const pollIntervalFlag: Flag = {
  name: 'poll-interval',
  group: 'Polling',
  value: 'DURATION',
  default: '2s',
  help: 'How often the exporter polls the simulated servers, 100ms to 1m.',
};

const historyPathFlag: Flag = {
  name: 'history.path',
  group: 'Polling',
  value: 'DIRECTORY',
  help: 'Keep what happened in this directory too, as history.path of the configuration does.',
};

// Only this machine can reach the demo unless it is told otherwise.
const demoListenAddressFlag: Flag = { ...listenAddressFlag, default: '127.0.0.1:10522' };
// The demo's own lines tell the story; the log would tell it twice.
const demoLogLevelFlag: Flag = { ...logLevelFlag, default: 'error' };

/** The exporter at work on a living simulated link. */
export const demo: Command = {
  name: 'demo',
  summary: 'Show the exporter at work on a simulated link: no SQL Server, no Azure',
  flags: [
    ...simulatorFlags,
    simulatorConfigFileFlag,
    pollIntervalFlag,
    historyPathFlag,
    demoListenAddressFlag,
    demoLogLevelFlag,
    logFormatFlag,
  ],
  run: runDemo,
};

async function runDemo(values: FlagValues, terminal: Terminal): Promise<number> {
  const addresses = listenAddresses(values, demoListenAddressFlag);
  const pollIntervalSeconds = intervalOf(values);
  const pair = await startSimulator(values);
  try {
    const login = simulatorLogin(values);
    const config = { ...demoConfig(pair, pollIntervalSeconds, login), history: historyOf(values) };
    const logger = loggerOf(values, terminal, demoLogLevelFlag);
    const exporter = await startExporter({ config, sources: addresses, logger }).catch(cannotStart);
    const configured = await writeSimulatorConfig(values, pair, { login, environment: terminal.environment });
    terminal.writeOut(`${describePair(pair, login)}${describeExporter(exporter.addresses)}${configured}\n`);
    const stages = announceStages(pair, terminal.writeOut);
    announceVerdicts(exporter, terminal.writeOut);
    await stopped(terminal.stop);
    stages.stop();
    await exporter.stop();
    return exitCodes.ok;
  } finally {
    await pair.close();
  }
}

function historyOf(values: FlagValues): HistoryConfig {
  const path = isSet(values, historyPathFlag) ? resolve(flagValue(values, historyPathFlag)) : null;
  return { ...defaultHistory, path };
}

function cannotStart(error: unknown): never {
  throw new CommandError(error instanceof Error ? error.message : String(error));
}

function intervalOf(values: FlagValues): number {
  return durationOf(values, pollIntervalFlag, { least: 100, most: 60_000 }) / 1000;
}

/** However often it polls: a busy machine takes longer than usual, above all for the first polls. */
const leastPollTimeoutSeconds = 2;

/** The configuration of the demo: what a user would write for a real pair, as data. */
export function demoConfig(
  pair: Pair,
  pollIntervalSeconds: number,
  login: { readonly username: string; readonly password: string },
): Config {
  const server = (name: string, end: End): ServerConfig => ({
    name,
    host: end.host,
    port: end.port,
    authentication: { type: 'sql_login', username: login.username, password: secretOf(login.password) },
    tls: { mode: 'encrypt', ca: pair.certificateAuthority, serverName: 'localhost', trustServerCertificate: false },
  });
  const names = ['sql-prod-01', 'mi-prod'] as const;
  return {
    pollIntervalSeconds,
    pollTimeoutSeconds: Math.max(pollIntervalSeconds, leastPollTimeoutSeconds),
    views: {},
    ...simulatedAzureConfig(pair),
    servers: [server(names[0], pair.sqlServer), server(names[1], pair.managedInstance)],
    links: pair.topology.links.map(({ name, databases }) => ({
      name,
      managedInstance: 'mi-prod',
      servers: [...names],
      databases: databases.map((database) => database.name),
    })),
  };
}

function describeExporter(addresses: readonly ListenAddress[]): string {
  const url = (address: ListenAddress): string =>
    `http://${formatListenAddress({ ...address, host: address.host ?? 'localhost' })}`;
  return addresses
    .map((address) => `metrics           ${url(address)}/metrics\nstatus            ${url(address)}/\n`)
    .join('');
}

/** Writes a line when the verdict on a link changes, from the first one that rests on a poll of each of its servers. */
function announceVerdicts(exporter: Exporter, write: (text: string) => void): void {
  const known = new Map<string, string>();
  exporter.onChange(() => {
    for (const { name, managedInstance, verdict, findings, unseen } of exporter.readState().links) {
      if (unseen.some(({ why }) => why === 'pending')) continue;
      const key = JSON.stringify([name, managedInstance]);
      if (known.get(key) === verdict) continue;
      known.set(key, verdict);
      const why = findings[0] === undefined ? '' : `: ${findings[0].text}`;
      write(`${clockTime(Date.now())}    ${name}/${managedInstance} is ${verdict}${why}\n`);
    }
  });
}
