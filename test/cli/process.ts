import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { after } from 'node:test';

const main = resolve(import.meta.dirname, '../../src/main.ts');

export interface Finished {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

/** A program in a process of its own. */
export interface Running {
  readonly process: ChildProcess;
  readonly out: () => string;
  readonly error: () => string;
  /**
   * Resolves to the first match in what was written to either stream so far or later. Rejects with what was written when
   * the program ends before, or when it goes on for two minutes without it.
   */
  readonly seen: (pattern: RegExp) => Promise<RegExpExecArray>;
  readonly finished: Promise<Finished>;
}

interface StartOptions {
  readonly cwd?: string;
  readonly env?: Record<string, string>;
}

/** A text that never comes is told before the runner gives the whole file up, without a word of what was written. */
const longestWaitMilliseconds = 120_000;

const running = new Set<ChildProcess>();
// A test that fails leaves its program behind, and with it the test file would never end. A bench has no tests to come after.
if (globalThis.process.env.NODE_TEST_CONTEXT !== undefined || globalThis.process.env.MILINK_TEST_PART !== undefined) {
  after(() => {
    for (const program of running) program.kill('SIGKILL');
  });
}

/** Starts the exporter as a user would. */
export function start(args: readonly string[], options: StartOptions = {}): Running {
  return startProgram(globalThis.process.execPath, [main, ...args], options);
}

/** Where the suite has Node keep what it compiled: a start costs half with it. */
const { PATH, NODE_COMPILE_CACHE } = globalThis.process.env;
const inherited = { PATH, ...(NODE_COMPILE_CACHE === undefined ? {} : { NODE_COMPILE_CACHE }) };

/** Starts any program. Nothing of this process' environment but PATH and the suite's cache is passed on. */
export function startProgram(program: string, args: readonly string[], options: StartOptions = {}): Running {
  const process = spawn(program, args, {
    cwd: options.cwd,
    env: { ...inherited, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(process);
  process.once('close', () => running.delete(process));
  const text = { out: '', error: '' };
  process.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text.out += chunk;
    process.emit('text');
  });
  process.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    text.error += chunk;
    process.emit('text');
  });
  const finished = once(process, 'close').then(([code]): Finished => ({ code, ...text }));
  return {
    process,
    out: () => text.out,
    error: () => text.error,
    seen: (pattern) => waitFor(pattern, { process, text, finished }),
    finished,
  };
}

/** Runs the exporter to its end. */
export function run(args: readonly string[], options: StartOptions = {}): Promise<Finished> {
  return start(args, options).finished;
}

async function waitFor(
  pattern: RegExp,
  {
    process,
    text,
    finished,
  }: Pick<Running, 'process' | 'finished'> & { readonly text: { readonly out: string; readonly error: string } },
): Promise<RegExpExecArray> {
  const { promise: ended, reject } = Promise.withResolvers<never>();
  const giveUp = (why: string): void => reject(new Error(`${why} ${pattern} was seen:\n${text.out}${text.error}`));
  finished.then(({ code }) => giveUp(`ended with ${code} before`));
  const timer = setTimeout(giveUp, longestWaitMilliseconds, 'two minutes went by before');
  // The program also ends when nobody waits for a text any more.
  ended.catch(() => undefined);
  try {
    for (;;) {
      const match = pattern.exec(text.out) ?? pattern.exec(text.error);
      if (match) return match;
      await Promise.race([once(process, 'text'), ended]);
    }
  } finally {
    clearTimeout(timer);
  }
}
