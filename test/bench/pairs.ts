import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** One simulated server, as an exporter is told of it. */
export interface PairEnd {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  /** The file of its authority, in the folder of the configuration. */
  readonly ca: string;
}

export interface PairsStarted {
  readonly ends: readonly PairEnd[];
}

/** What is said to the processes of simulated servers; answered by `PairsStarted` and by a number. */
export type PairsRequest =
  | {
      readonly kind: 'start';
      readonly first: number;
      readonly count: number;
      readonly databases: number;
      readonly account: { readonly name: string; readonly password: string };
      readonly folder: string;
    }
  | { readonly kind: 'connections' };

/** Simulated servers in two processes, as many as there are processors at least. */
export interface Pairs {
  readonly ends: () => readonly PairEnd[];
  /** Starts more, until there are so many pairs. */
  readonly grow: (pairs: number) => Promise<void>;
  /** How many connections are open to all of them. */
  readonly connections: () => Promise<number>;
  readonly close: () => Promise<void>;
}

const processes = 2;

export function startPairs(options: Omit<Extract<PairsRequest, { kind: 'start' }>, 'kind' | 'first' | 'count'>): Pairs {
  const children = Array.from({ length: processes }, () => fork(join(import.meta.dirname, 'pairs-process.ts')));
  const ends: PairEnd[] = [];
  return {
    ends: () => ends,
    grow: async (pairs) => {
      const first = ends.length / 2;
      const share = Math.ceil((pairs - first) / processes);
      const started = await Promise.all(
        children.map((child, index) => {
          const begin = Math.min(first + index * share, pairs);
          const count = Math.min(share, pairs - begin);
          return ask<PairsStarted>(child, { ...options, kind: 'start', first: begin, count });
        }),
      );
      ends.push(...started.flatMap((each) => each.ends));
    },
    connections: async () => {
      const counts = await Promise.all(children.map((child) => ask<number>(child, { kind: 'connections' })));
      return counts.reduce((sum, count) => sum + count, 0);
    },
    close: async () => {
      const ended = children.map((child) => once(child, 'exit'));
      for (const child of children) child.disconnect();
      await Promise.all(ended);
    },
  };
}

async function ask<Answer>(child: ChildProcess, request: PairsRequest): Promise<Answer> {
  const answered = once(child, 'message', { signal: endOf(child) });
  child.send(request);
  const [answer] = await answered;
  return answer as Answer;
}

function endOf(child: ChildProcess): AbortSignal {
  const ended = new AbortController();
  child.once('exit', () => ended.abort(new Error('a process of simulated servers has ended')));
  return ended.signal;
}
