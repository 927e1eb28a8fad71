import { createInterface } from 'node:readline/promises';
import type { Terminal } from '../command.ts';
import { endProcess } from '../process/end-process.ts';
import type { Runtime } from '../process/runtime.ts';

/** The process' signals, those included that came before anybody listened (src/early.js). */
export interface SignalSource {
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
