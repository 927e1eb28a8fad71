import { nearest } from '../config/value/wording.ts';
import { type Command, CommandError, exitCodes, type Terminal } from './command.ts';
import { isSet, UsageError } from './flags/flag.ts';
import { type CommandEntry, commandHelp, helpFlag, programHelp, versionFlag } from './flags/help.ts';
import { parseFlags } from './flags/parse.ts';
import { versionText } from './version.ts';

/** What runs when no command is named. */
const fallback: CommandEntry = {
  name: 'serve',
  summary: 'Poll the configured servers and serve their metrics',
  load: async () => (await import('./serve/serve.ts')).serve,
};

/** The commands: each is loaded when it is called, since the most of a short one's time is what it loads. */
const commands: readonly CommandEntry[] = [
  fallback,
  {
    name: 'init',
    summary: 'Write a configuration of ten lines to begin with, where there is none',
    load: async () => (await import('./init.ts')).init,
  },
  {
    name: 'check',
    summary: 'Poll every server once and say what is wrong with which link, and what to do',
    load: async () => (await import('./check/check.ts')).check,
  },
  {
    name: 'explain',
    summary: 'Say what an error number, or a piece of its text, means for a link, and what to do',
    load: async () => (await import('./explain.ts')).explain,
  },
  {
    name: 'healthcheck',
    summary: 'Ask a running exporter whether it is healthy, for containers without a shell',
    load: async () => (await import('./service/healthcheck.ts')).healthcheck,
  },
  {
    name: 'grants',
    summary: "Print the script that gives a server's login what it needs, and what it lacks now",
    load: async () => (await import('./grants.ts')).grants,
  },
  {
    name: 'record',
    summary: 'Write what the views of a server return, without its names, to attach to an issue',
    load: async () => (await import('./record.ts')).record,
  },
  {
    name: 'preflight',
    summary: 'Say what stands in the way of a link, or of its failover, and what to do',
    load: async () => (await import('./preflight.ts')).preflight,
  },
  {
    name: 'test-network',
    summary: 'Try the network between both ends of a link, each way, by jobs that are removed again',
    load: async () => (await import('./network/test-network.ts')).testNetworkCommand,
  },
  {
    name: 'demo',
    summary: 'Show the exporter at work on a simulated link: no SQL Server, no Azure',
    load: () => fromSimulator(async () => (await import('./simulate/demo.ts')).demo),
  },
  {
    name: 'simulate',
    summary: 'Start a pair of simulated servers that speak TDS, joined by links',
    load: () => fromSimulator(async () => (await import('./simulate/simulate.ts')).simulate),
  },
];

/** Runs the command that the arguments name, `serve` when they name none, and resolves to the exit code. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  let errorExitCode: number | null = null;
  try {
    const [first, ...rest] = args;
    const isNamed = first !== undefined && !first.startsWith('-');
    const isHelp = first === 'help' || (!isNamed && (first === '--help' || first === '-h'));
    if (isHelp) {
      terminal.writeOut(await helpText(first === 'help' ? rest[0] : undefined));
      return exitCodes.ok;
    }
    const command = await (isNamed ? findCommand(first) : fallback).load();
    errorExitCode = command.errorExitCode ?? null;
    return await runCommand(command, isNamed ? rest : args, terminal);
  } catch (error) {
    const exitCode = reportError(error, terminal);
    return errorExitCode ?? exitCode;
  }
}

/** Of `help COMMAND` that of the command. @throws UsageError for a command that is not there */
async function helpText(name: string | undefined): Promise<string> {
  const isOfAll = name === undefined || name.startsWith('-') || name === 'help';
  return isOfAll ? programHelp(commands, await fallback.load()) : commandHelp(await findCommand(name).load());
}

function reportError(error: unknown, terminal: Terminal): number {
  if (error instanceof UsageError) {
    terminal.writeError(`milink-exporter: error: ${error.message}, try --help\n`);
    return exitCodes.usage;
  }
  const message = error instanceof Error ? error.message : String(error);
  const kind = error instanceof CommandError ? '' : 'unexpected: please report this: ';
  terminal.writeError(`milink-exporter: error: ${kind}${message}\n`);
  return exitCodes.failed;
}

async function runCommand(command: Command, args: readonly string[], terminal: Terminal): Promise<number> {
  const values = parseFlags(args, [...command.flags, helpFlag, versionFlag], command.words !== undefined, (word) =>
    commands.some(({ name }) => name === word)
      ? `"${word}" is a command of its own: one at a time`
      : `unexpected argument "${word}"`,
  );
  if (isSet(values, helpFlag)) {
    terminal.writeOut(commandHelp(command));
    return exitCodes.ok;
  }
  if (isSet(values, versionFlag)) {
    terminal.writeOut(versionText());
    return exitCodes.ok;
  }
  if (terminal.runtime.refusal !== null) throw new CommandError(terminal.runtime.refusal);
  return command.run(values, terminal);
}

/** The image for production is built without the simulator. */
async function fromSimulator(load: () => Promise<Command>): Promise<Command> {
  try {
    return await load();
  } catch (error) {
    // Any other module that is missing is a defect of the installation.
    const isLeftOut =
      error instanceof Error &&
      'code' in error &&
      error.code === 'ERR_MODULE_NOT_FOUND' &&
      /^Cannot find module '[^']*[/\\]simulator[/\\]/.test(error.message);
    if (!isLeftOut) throw error;
    throw new CommandError(
      'this image has no simulated servers: build one that has (docker build --build-arg SIMULATOR=with), or run "npx milink-exporter demo"',
    );
  }
}

function findCommand(name: string): CommandEntry {
  const command = commands.find((candidate) => candidate.name === name);
  if (command) return command;
  const names = commands.map((candidate) => candidate.name);
  const guess = nearest(name, names);
  if (name === 'version') throw new UsageError('unknown command "version": use --version');
  const hint = guess === null ? `the commands are ${names.join(', ')}` : `did you mean ${guess}?`;
  throw new UsageError(`unknown command "${name}": ${hint}`);
}
