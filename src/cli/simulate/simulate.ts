import { writeFile } from 'node:fs/promises';
import type { Pair } from '../../simulator/pair.ts';
import { type Command, CommandError, exitCodes, type Terminal } from '../command.ts';
import { type Flag, type FlagValues, flagValue, isSet } from '../flags/flag.ts';
import { stopped } from '../process/stopped.ts';
import { simulatorConfigFileFlag, writeSimulatorConfig } from './config-file.ts';
import { administratorOf, simulatorFlags, simulatorLogin, startSimulator } from './flags.ts';
import { replayFlag, runReplay } from './replay.ts';
import { announceStages } from './stage-announcer.ts';

const caFileFlag: Flag = {
  name: 'simulator.ca-file',
  group: 'Simulation',
  value: 'PATH',
  help: 'Write the authority behind the TLS certificates of both servers to this file, for clients to trust.',
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
