import { readFile } from 'node:fs/promises';
import { parseRecording, type ReplayedServer } from '../../simulator/replay/recording.ts';
import { type Replay, startReplay } from '../../simulator/replay/start-replay.ts';
import { CommandError, exitCodes, type Terminal } from '../command.ts';
import { type Flag, type FlagValues, flagValueList, UsageError } from '../flags/flag.ts';
import { stopped } from '../process/stopped.ts';
import { type ConfigFiles, serverEntry, writeConfigFiles } from './config-file.ts';
import { simulatorDelay, simulatorLogin, simulatorPlaces } from './flags.ts';

export const replayFlag: Flag = {
  name: 'replay',
  group: 'Simulation',
  value: 'FILE',
  isRepeatable: true,
  help: 'Play back the servers in a file of `milink-exporter record`, in place of simulated ones; once for each file, at most two servers in all.',
};

/** The two ends of a link. */
const mostServers = 2;

/** Listens as recorded servers until the program is told to stop. */
export async function runReplay(
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
    terminal.writeOut(`${describe(replay, login)}${configured}\n`);
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

function describe({ servers }: Replay, login: { readonly username: string; readonly password: string }): string {
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
