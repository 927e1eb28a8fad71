import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** A process of its own, with a channel to it. */
export interface Child {
  readonly process: ChildProcess;
  /** Lines on standard error so far, and the latest of them. */
  readonly lines: () => { readonly count: number; readonly latest: readonly string[] };
  /** Resolves to the first match among the lines. Rejects when the process ends before. */
  readonly seen: (pattern: RegExp) => Promise<RegExpExecArray>;
  /** Resolves to the exit code, null after a signal. */
  readonly ended: Promise<number | null>;
}

const keptLines = 200;

/** Starts Node.js with a channel; what it writes is counted and forgotten. */
export function startChild(args: readonly string[], env: Record<string, string> = {}): Child {
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let [count, latest, rest] = [0, [] as string[], ''];
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    count += lines.length;
    latest = [...latest, ...lines].slice(-keptLines);
    child.emit('lines');
  });
  const ended = once(child, 'close').then(([code]): number | null => code);
  const seen = async (pattern: RegExp): Promise<RegExpExecArray> => {
    for (;;) {
      const match = pattern.exec(latest.join('\n'));
      if (match !== null) return match;
      const end = await Promise.race([once(child, 'lines').then(() => null), ended.then((code) => `${code}`)]);
      if (end !== null) throw new Error(`ended with ${end} before ${pattern} was seen:\n${latest.join('\n')}`);
    }
  };
  return { process: child, lines: () => ({ count, latest }), seen, ended };
}
