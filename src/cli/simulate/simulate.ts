import { readFile, writeFile } from 'node:fs/promises';
import type { Pair } from '../../simulator/pair.ts';
import { parseRecording, type ReplayedServer } from '../../simulator/replay/recording.ts';
import { type Replay, startReplay } from '../../simulator/replay/start-replay.ts';
import { type Command, CommandError, exitCodes, stopped, type Terminal } from '../command.ts';
import { type Flag, type FlagValues, flagValue, flagValueList, isSet, UsageError } from '../flags/flag.ts';
import {
  type ConfigFiles,
  serverEntry,
  simulatorConfigFileFlag,
  writeConfigFiles,
  writeSimulatorConfig,
} from './config-file.ts';
import {
  administratorOf,
  simulatorDelay,
  simulatorFlags,
  simulatorLogin,
  simulatorPlaces,
  startSimulator,
} from './flags.ts';

const caFileFlag: Flag = {
  name: 'simulator.ca-file',
  group: 'Simulation',
  value: 'PATH',
  help: 'Write the authority behind the TLS certificates of both servers to this file, for clients to trust.',
};

const replayFlag: Flag = {
  name: 'replay',
  group: 'Simulation',
  value: 'FILE',
  isRepeatable: true,
  help: 'Play back the servers in a file of `milink-exporter record`, in place of simulated ones; once for each file, at most two servers in all.',
};

/** Only the pair of simulated servers, for any TDS client. */
export const simulate: Command = {
  name: 'simulate',
  summary: 'Start a pair of simulated servers that speak TDS, joined by links',
  flags: [...simulatorFlags, caFileFlag, simulatorConfigFileFlag, replayFlag],
  run: runSimulate,
};

async function runSimulate(values: FlagValues, terminal: Terminal): Promise<number> {
  if (isSet(values, replayFlag)) return runReplay(values, terminal, (authority) => writeAuthority(values, authority));
  const pair = await startSimulator(values);
  try {
    await writeAuthority(values, pair.certificateAuthority);
    const login = simulatorLogin(values);
    const configured = await writeSimulatorConfig(values, pair, { login, environment: terminal.environment });
    terminal.writeOut(`${describePair(pair, login)}${configured}\n`);
    const stages = announceStages(pair, terminal.writeOut);
    await stopped(terminal.stop);
    stages.stop();
    return exitCodes.ok;
  } finally {
    await pair.close();
  }
}

async function writeAuthority(values: FlagValues, certificateAuthority: string): Promise<void> {
  if (!isSet(values, caFileFlag)) return;
  await writeFile(flagValue(values, caFileFlag), certificateAuthority).catch((error: unknown) => {
    throw new CommandError(`--${caFileFlag.name}: ${error instanceof Error ? error.message : error}`);
  });
}

/** Where the two servers listen and how to log in, in lines. */
export function describePair(pair: Pair, login: { readonly username: string; readonly password: string }): string {
  const { sqlServer, managedInstance } = pair;
  return [
    `SQL Server        ${sqlServer.host}:${sqlServer.port}`,
    `managed instance  ${managedInstance.host}:${managedInstance.port}`,
    `login             ${login.username}, password ${login.password}`,
    `administrator     ${administratorOf(login.username)}, the same password: docs/drill.md`,
    ...(pair.azure === null ? [] : [`Azure             ${pair.azure.origin}`]),
    '',
  ].join('\n');
}

/** The longest delay that a timer takes. */
const longestDelayMilliseconds = 2 ** 31 - 1;

interface StageAnnouncer {
  readonly stop: () => void;
}

/** Writes a line when a stage of the scenario begins, the present one at once. */
export function announceStages(pair: Pair, write: (text: string) => void): StageAnnouncer {
  let timer: NodeJS.Timeout;
  let announced: number | null = null;

  function announce(): void {
    const stage = pair.stage();
    if (stage.startedAtMilliseconds !== announced) {
      announced = stage.startedAtMilliseconds;
      write(`${clockTime(pair.now())}  stage ${stage.name}: ${stage.description}\n`);
    }
    const delayMilliseconds = Math.ceil(stage.endsAtMilliseconds - pair.now());
    timer = setTimeout(announce, Math.min(Math.max(1, delayMilliseconds), longestDelayMilliseconds));
  }

  announce();
  return { stop: () => clearTimeout(timer) };
}

/** The time of day, local, for lines that people read as they appear. */
export function clockTime(unixMilliseconds: number): string {
  return new Date(unixMilliseconds).toTimeString().slice(0, 8);
}

/** The two ends of a link. */
const mostServers = 2;

/** Listens as recorded servers until the program is told to stop. */
async function runReplay(
  values: FlagValues,
  terminal: Terminal,
  writeAuthority: (certificateAuthority: string) => Promise<void>,
): Promise<number> {
  const servers = (await Promise.all(flagValueList(values, replayFlag).map(readRecording))).flat();
  if (servers.length === 0 || servers.length > mostServers) {
    throw new UsageError(
      `--${replayFlag.name}: ${servers.length} servers are recorded there, and one or two can be played`,
    );
  }
  const login = simulatorLogin(values);
  const places = simulatorPlaces(values);
  const delayMilliseconds = simulatorDelay(values);
  const replay = await startReplay(servers, { login, places, delayMilliseconds }).catch((error: unknown) => {
    throw new CommandError(`the recorded servers can't listen: ${error instanceof Error ? error.message : error}`);
  });
  try {
    await writeAuthority(replay.certificateAuthority);
    const user = { login, environment: terminal.environment };
    const configured = await writeConfigFiles(values, user, {
      certificateAuthority: replay.certificateAuthority,
      config: (files) => replayConfig(replay, login.username, files),
    });
    terminal.writeOut(`${describeReplay(replay, login)}${configured}\n`);
    await stopped(terminal.stop);
    return exitCodes.ok;
  } finally {
    await replay.close();
  }
}

async function readRecording(path: string): Promise<readonly ReplayedServer[]> {
  try {
    return parseRecording(await readFile(path, 'utf8'));
  } catch (error) {
    throw new CommandError(`--${replayFlag.name}=${path}: ${error instanceof Error ? error.message : error}`);
  }
}

function describeReplay({ servers }: Replay, login: { readonly username: string; readonly password: string }): string {
  const rows = servers.map(({ engine, host, port }) => `${engine.replace('_', ' ').padEnd(18)}${host}:${port}`);
  return [...rows, `login             ${login.username}, password ${login.password}`, ''].join('\n');
}

/** A configuration for them, in lines. */
export function replayConfig({ servers }: Replay, username: string, files: ConfigFiles): string {
  const entries = servers.flatMap(({ host, port }, at) =>
    serverEntry({ name: `recorded-${at + 1}`, host, port, username }, files),
  );
  return ['# Recorded servers, as long as milink-exporter simulate plays them.', 'servers:', ...entries, ''].join('\n');
}
