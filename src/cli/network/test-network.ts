import { randomBytes } from 'node:crypto';
import type { Config, ServerConfig } from '../../config/config.ts';
import { secretFromFile } from '../../config/secret/secret.ts';
import { exitCodeOfNetwork, type NetworkReport, networkJson, networkVerdict } from '../../network/report.ts';
import { networkLines } from '../../network/screen.ts';
import { isPlainHost } from '../../network/target.ts';
import { connectFailure } from '../../poll/login/connect-failure.ts';
import { systemClock } from '../../poll/time/clock.ts';
import { connect } from '../../sql/mssql-connection.ts';
import { renderLine } from '../../terminal/line.ts';
import { type Command, CommandError, type Terminal } from '../command.ts';
import { durationOf, type Flag, type FlagValues, flagValue, isSet, UsageError } from '../flags/flag.ts';
import { chosenServers, managedInstanceFlag, sqlServerFlag } from '../preflight.ts';
import { configFileFlag, loadConfigFile } from '../reading/config-file.ts';
import { screenOf } from '../terminal.ts';
import { planText, scriptText } from './plan.ts';
import { type NetworkTest, type Plan, testNetwork } from './run-test.ts';
import { lookFromHere } from './sights.ts';

const addressFlag: Flag = {
  name: 'sql-server.address',
  group: 'Servers',
  value: 'HOST[:PORT]',
  help: 'Where the managed instance reaches SQL Server. Default: as the link has it, else as the configuration has it.',
};
const loginFlags = {
  sqlServer: loginFlagsOf('sql-server', 'SQL Server'),
  managedInstance: loginFlagsOf('managed-instance', 'the managed instance'),
} as const;
const createEndpointFlag: Flag = {
  name: 'create-test-endpoint',
  group: 'Servers',
  help: 'Where SQL Server has no mirroring endpoint: make one for the test, with a certificate of two days, and remove both.',
};
const yesFlag: Flag = { name: 'yes', group: 'Output', help: 'Do not ask before jobs are made.' };
const printFlag: Flag = {
  name: 'print',
  group: 'Output',
  help: 'Make nothing: print the scripts, filled in, for somebody to run.',
};
const jsonFlag: Flag = {
  name: 'json',
  group: 'Output',
  help: 'Print JSON for programs; docs/network.md describes it.',
};
const limitFlag: Flag = {
  name: 'limit',
  group: 'Polling',
  value: 'DURATION',
  default: '3m',
  help: 'How long the job of one direction may take, 10s to 30m.',
};

const unknownExitCode = 3;
const pauseMilliseconds = 1000;

const notes = [
  'Makes one job of SQL Server Agent at each end, runs it once, reads its log and',
  'removes it, whatever happens; it needs a login that may do so (sysadmin), which',
  'is not the one that the exporter polls with: test_network in the configuration,',
  'or the flags. docs/network.md says what is made, SECURITY.md how it is undone.',
  '',
  'Exit codes:',
  '  0  passed: every place is reached, both ways',
  '  1  partly: what was tested is reached, and something could not be tested',
  '  2  failed: a place is not reached',
  '  3  nothing could be tested; also a mistake on the command line or in the',
  '     configuration, and no answer to the question',
];

/** Whether both ends reach each other, tried by themselves. Never runs in the daemon. */
export const testNetworkCommand: Command = {
  name: 'test-network',
  summary: 'Try the network between both ends of a link, each way, by jobs that are removed again',
  flags: [
    configFileFlag,
    sqlServerFlag,
    managedInstanceFlag,
    addressFlag,
    ...Object.values(loginFlags.sqlServer),
    ...Object.values(loginFlags.managedInstance),
    createEndpointFlag,
    limitFlag,
    yesFlag,
    printFlag,
    jsonFlag,
  ],
  notes,
  errorExitCode: unknownExitCode,
  run: runTestNetwork,
};

interface LoginFlags {
  readonly user: Flag;
  readonly passwordFile: Flag;
}

function loginFlagsOf(prefix: string, title: string): LoginFlags {
  return {
    user: { name: `${prefix}.user`, group: 'Servers', value: 'NAME', help: `The SQL login for the test at ${title}.` },
    passwordFile: {
      name: `${prefix}.password-file`,
      group: 'Servers',
      value: 'PATH',
      help: 'The file with its password.',
    },
  };
}

async function runTestNetwork(values: FlagValues, terminal: Terminal): Promise<number> {
  const limitSeconds = limitOf(values);
  const address = addressOf(values);
  const loaded = await loadConfigFile(flagValue(values, configFileFlag), terminal);
  if (loaded === null) return unknownExitCode;
  const { config } = loaded;
  const servers = chosenServers(config, values);
  const isPrint = isSet(values, printFlag);
  const test: Omit<NetworkTest, 'agree'> = {
    sqlServer: withLogin(config, servers.sqlServer, loginFlags.sqlServer, values),
    managedInstance: withLogin(config, servers.managedInstance, loginFlags.managedInstance, values),
    ...{ connect, clock: systemClock, address, look: lookFromHere },
    // Making and removing a job writes to msdb: no matter of the seconds that a poll has.
    timeoutSeconds: Math.max(config.pollTimeoutSeconds, 30),
    runId: `${new Date().toISOString().replace(/[-:]|\.\d+/g, '')}-${randomBytes(4).toString('hex')}`,
    createsEndpoint: isSet(values, createEndpointFlag),
    waiting: waitingFor(terminal, limitSeconds),
  };
  const agree = async (plan: Plan): Promise<boolean> => {
    if (isPrint) terminal.writeOut(scriptText(plan, servers, limitSeconds));
    return isPrint ? false : agreed(plan, test, { values, terminal });
  };
  const report = await testNetwork({ ...test, agree }).catch(cannotAsk);
  if (report === null) return isPrint ? 0 : unknownExitCode;
  // Written when everything is removed: a reader that goes away, or a full disk, ends the program.
  print(report, values, terminal);
  return exitCodeOfNetwork[networkVerdict(report)];
}

function cannotAsk(error: unknown): never {
  const { reason, message } = connectFailure(error);
  throw new CommandError(`what to test could not be read: ${reason}: ${message}`);
}

interface Asking {
  readonly values: FlagValues;
  readonly terminal: Terminal;
}

/** Everything before the result goes to standard error, which nobody has to read to the end. */
async function agreed(plan: Plan, test: Omit<NetworkTest, 'agree'>, { values, terminal }: Asking): Promise<boolean> {
  terminal.writeError(planText(plan, test));
  if (isSet(values, yesFlag)) return true;
  if (terminal.ask === undefined) {
    terminal.writeError('milink-exporter: error: nobody can be asked: --yes agrees, --print shows the scripts\n');
    return false;
  }
  const answer = await terminal.ask('Make them now? [y/N] ');
  return /^y(?:es)?$/i.test(answer.trim());
}

function print(report: NetworkReport, values: FlagValues, terminal: Terminal): void {
  if (isSet(values, jsonFlag)) return void terminal.writeOut(`${networkJson(report)}\n`);
  const { width, hasColour } = screenOf(terminal);
  terminal.writeOut(
    `${networkLines(report, width)
      .map((each) => renderLine(each, hasColour))
      .join('\n')}\n`,
  );
}

function waitingFor({ stop, writeError, screenSize }: Terminal, limitSeconds: number): NetworkTest['waiting'] {
  const isSeen = screenSize() !== null;
  return {
    limitSeconds,
    monotonicSeconds: systemClock.monotonicSeconds,
    stop,
    pause: () =>
      new Promise((resolve) => {
        const timer = setTimeout(done, pauseMilliseconds);
        function done(): void {
          clearTimeout(timer);
          stop.removeEventListener('abort', done);
          resolve();
        }
        stop.addEventListener('abort', done, { once: true });
        if (stop.aborted) done();
      }),
    onProgress: (text) => {
      if (isSeen) writeError(`\r${text}\u001b[K`);
    },
  };
}

function limitOf(values: FlagValues): number {
  return durationOf(values, limitFlag, { least: 10_000, most: 1_800_000 }) / 1000;
}

function addressOf(values: FlagValues): NetworkTest['address'] {
  const text = flagValue(values, addressFlag);
  if (text === '') return { host: null, port: null };
  const [, host = '', port] = /^([^:]+|\[[^\]]+\])(?::(\d{1,5}))?$/.exec(text) ?? [];
  const plain = host.replace(/^\[|\]$/g, '');
  if (isPlainHost(plain) && (port === undefined || (Number(port) > 0 && Number(port) < 65_536))) {
    return { host: plain, port: port === undefined ? null : Number(port) };
  }
  throw new UsageError(
    `--${addressFlag.name}: "${text}" is not a host name or an address, with a port after a colon if it is not the endpoint's own`,
  );
}

/** The login for the test, never the one that polls: that one keeps the least rights. */
function withLogin(config: Config, server: ServerConfig, flags: LoginFlags, values: FlagValues): ServerConfig {
  const [user, path] = [flagValue(values, flags.user), flagValue(values, flags.passwordFile)];
  if ((user === '') !== (path === ''))
    throw new UsageError(`--${flags.user.name} and --${flags.passwordFile.name} belong together`);
  if (user !== '')
    return {
      ...server,
      authentication: { type: 'sql_login', username: user, password: secretFromFile(path) },
    };
  const configured = config.testNetwork?.find((each) => each.server === server.name);
  if (configured !== undefined) return { ...server, authentication: configured.authentication };
  throw new CommandError(
    `no login to test with at ${server.name}: give it in the configuration, under test_network, or with --${flags.user.name} and --${flags.passwordFile.name}`,
  );
}
