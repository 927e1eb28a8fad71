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
  };
}
