import type { Terminal } from './command.ts';

/**
 * The process as a terminal. The first SIGTERM or SIGINT asks for an orderly end, a second one ends at once with the
 * exit code that shells give for the signal.
 */
export function processTerminal(process: NodeJS.Process): Terminal {
  const stop = new AbortController();
  const exitCodeOf = { SIGINT: 130, SIGTERM: 143 } as const;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stop.signal.aborted) process.exit(exitCodeOf[signal]);
      stop.abort();
    });
  }
  // A reader that went away (`| head`) is no fault of ours to report.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  return {
    writeOut: (text) => process.stdout.write(text),
    writeError: (text) => process.stderr.write(text),
    screenSize: () => {
      const { isTTY, columns, rows } = process.stdout;
      return isTTY ? { columns, rows } : null;
    },
    environment: process.env,
    stop: stop.signal,
    onReload: (listener) => process.on('SIGHUP', listener),
  };
}

/** Resolves when all that was written has left the process: what a pipe has not taken yet, an exit would cut off. */
export async function written({ stdout, stderr }: NodeJS.Process): Promise<void> {
  await Promise.all([stdout, stderr].map((stream) => new Promise((resolve) => stream.write('', resolve))));
}
