import { nearest } from '../config/wording.ts';
import { type Command, exitCodes, type Terminal } from './command.ts';
import { demo } from './demo.ts';
import { isSet, UsageError } from './flag.ts';
import { commandHelp, helpFlag, programHelp, versionFlag } from './help.ts';
import { parseFlags } from './parse-flags.ts';
import { serve } from './serve.ts';
import { simulate } from './simulate.ts';
import { versionText } from './version.ts';

const commands: readonly Command[] = [serve, demo, simulate];

/** Runs the command that the arguments name, `serve` when they name none, and resolves to the exit code. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    const [first, ...rest] = args;
    const isNamed = first !== undefined && !first.startsWith('-');
    if (first === 'help' || (!isNamed && (first === '--help' || first === '-h'))) {
      terminal.writeOut(programHelp(commands, serve));
      return exitCodes.ok;
    }
    return await runCommand(isNamed ? findCommand(first) : serve, isNamed ? rest : args, terminal);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    terminal.writeError(`milink-exporter: error: ${error.message}, try --help\n`);
    return exitCodes.usage;
  }
}

async function runCommand(command: Command, args: readonly string[], terminal: Terminal): Promise<number> {
  const values = parseFlags(args, [...command.flags, helpFlag, versionFlag]);
  if (isSet(values, helpFlag)) {
    terminal.writeOut(commandHelp(command));
    return exitCodes.ok;
  }
  if (isSet(values, versionFlag)) {
    terminal.writeOut(versionText());
    return exitCodes.ok;
  }
  return command.run(values, terminal);
}

function findCommand(name: string): Command {
  const command = commands.find((candidate) => candidate.name === name);
  if (command) return command;
  const names = commands.map((candidate) => candidate.name);
  const guess = nearest(name, names);
  const hint = guess === null ? `the commands are ${names.join(', ')}` : `did you mean ${guess}?`;
  throw new UsageError(`unknown command "${name}": ${hint}`);
}
