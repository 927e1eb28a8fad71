import { once } from 'node:events';
import type { Flag, FlagValues } from './flags/flag.ts';
import type { Runtime } from './process/runtime.ts';

/** What a command may use of the process it runs in: given, so that tests can run commands without one. */
export interface Terminal {
  readonly writeOut: (text: string) => void;
  readonly writeError: (text: string) => void;
  /** The size of the screen that standard output is now; null when it is no terminal. */
  readonly screenSize: () => { readonly columns: number; readonly rows: number } | null;
  /** Asks whoever sits at the terminal; absent where nobody does. Empty when the input ends. */
  readonly ask?: (question: string) => Promise<string>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Aborts on SIGTERM or SIGINT: the command then ends in order. */
  readonly stop: AbortSignal;
  /** Has the one listener called at each SIGHUP, also for one that came before. The daemon only gets any. */
  readonly onReload: (listener: () => void) => void;
  readonly runtime: Runtime;
}

/** A subcommand. `run` resolves to the exit code. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  readonly flags: readonly Flag[];
  /** What stands for its words in the help text, where it takes words beside flags. */
  readonly words?: string;
  /** Lines of at most 80 characters below the flags in the help text. */
  readonly notes?: readonly string[];
  /** The exit code for a failure and for a wrong command line, where they are not 1 and 2. */
  readonly errorExitCode?: number;
  readonly run: (values: FlagValues, terminal: Terminal) => Promise<number>;
}

/** 0 done, 1 failed, 2 the command line was wrong. */
export const exitCodes = { ok: 0, failed: 1, usage: 2 } as const;

/** A command that can't do its work: its message is for the user, the exit code is 1. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/** Resolves when the program is told to stop. */
export async function stopped(stop: AbortSignal): Promise<void> {
  if (!stop.aborted) await once(stop, 'abort');
}
