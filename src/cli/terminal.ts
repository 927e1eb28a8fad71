import { createInterface } from 'node:readline/promises';
import type { Terminal } from './command.ts';
import type { Runtime } from './process/runtime.ts';

/** The process' signals, those included that came before anybody listened (src/early.js). */
interface SignalSource {
  readonly listen: (listener: (signal: NodeJS.Signals) => void) => void;
}

const exitCodeOf: Readonly<Record<string, number>> = { SIGINT: 130, SIGTERM: 143 };

/**
 * The process as a terminal. The first SIGTERM or SIGINT asks for an orderly end, a second one ends at once with the
 * exit code that shells give for the signal.
 */
export function processTerminal(process: NodeJS.Process, signals: SignalSource, runtime: Runtime): Terminal {
  const stop = new AbortController();
  const { request, onReload } = reloadRequests();
  signals.listen((signal) => {
    if (signal === 'SIGHUP') request();
    else if (stop.signal.aborted) endProcess(process, exitCodeOf[signal] ?? 1);
    else stop.abort();
  });
  // A reader that went away (`| head`) is no fault of ours to report.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  // Whoever read the log has gone, or its disk is full: what is polled and served goes on without it.
  process.stderr.on('error', () => undefined);
  return {
    writeOut: (text) => process.stdout.write(text),
    writeError: (text) => process.stderr.write(text),
    screenSize: () => {
      const { isTTY, columns, rows } = process.stdout;
      return isTTY ? { columns, rows } : null;
    },
    ...(process.stdin.isTTY && process.stderr.isTTY
      ? { ask: (question: string) => ask(process, question, stop.signal) }
      : {}),
    environment: process.env,
    stop: stop.signal,
    onReload,
    runtime,
  };
}

/** On standard error: the answer that a command was asked for goes to standard output alone. */
async function ask({ stdin, stderr }: NodeJS.Process, question: string, signal: AbortSignal): Promise<string> {
  const reader = createInterface({ input: stdin, output: stderr });
  try {
    return await reader.question(question, { signal });
  } catch {
    return '';
  } finally {
    reader.close();
  }
}

/** Keeps a request that comes before there is a listener: one is enough, as each reads the whole file. */
function reloadRequests(): { readonly request: () => void; readonly onReload: Terminal['onReload'] } {
  let isPending = false;
  let listener: (() => void) | null = null;
  return {
    request: () => {
      if (listener) listener();
      else isPending = true;
    },
    onReload: (added) => {
      listener = added;
      if (isPending) added();
      isPending = false;
    },
  };
}

/** Resolves when all that was written has left the process: what a pipe has not taken yet, an exit would cut off. */
export async function written({ stdout, stderr }: NodeJS.Process): Promise<void> {
  await Promise.all([stdout, stderr].map((stream) => new Promise((resolve) => stream.write('', resolve))));
}

/** What a thread of Node's pool may be busy with for ever, as `getActiveResourcesInfo` names it: files, and names. */
const ofPool = /^(?:FSReq|FileHandle|GetAddrInfo|GetNameInfo)/;

type EndingProcess = Pick<NodeJS.Process, 'env' | 'execPath' | 'pid' | 'kill' | 'execve' | 'getActiveResourcesInfo'> & {
  readonly exit: (code: number) => never;
};

/**
 * Ends the process with the exit code, whatever its threads wait for: `exit` would wait for a thread that a dead share or
 * a silent resolver keeps, and a service manager would have to kill the process. Another program in the place of this one
 * ends all threads, and has the exit code that was asked for.
 */
export function endProcess(process: EndingProcess, exitCode: number): never {
  if (!process.getActiveResourcesInfo().some((resource) => ofPool.test(resource))) process.exit(exitCode);
  const { NODE_OPTIONS: _, ...env } = process.env;
  try {
    process.execve?.(process.execPath, [process.execPath, '-e', `process.exitCode = ${exitCode}`], env);
  } catch {
    // Not on Windows, and not where Node's permissions allow no other program.
  }
  process.kill(process.pid, 'SIGKILL');
  return process.exit(exitCode);
}

/** A screen is never wider: people read it in a terminal of 80 columns, and paste it into tickets. */
const maximumColumns = 80;
const minimumColumns = 60;

/** How wide lines may be, and whether they may have colours. */
export function screenOf({ screenSize, environment }: Terminal): {
  readonly width: number;
  readonly hasColour: boolean;
} {
  const size = screenSize();
  const isPlain = size === null || environment.TERM === 'dumb' || (environment.NO_COLOR ?? '') !== '';
  // Some terminals do not know their size and say 0.
  const columns = size?.columns || maximumColumns;
  return { width: Math.min(maximumColumns, Math.max(minimumColumns, columns)), hasColour: !isPlain };
}
