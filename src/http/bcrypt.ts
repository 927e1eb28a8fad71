import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { BcryptAnswer, BcryptQuestion } from './bcrypt-worker.ts';

/** Compares a password with a bcrypt hash. Null: too many wait already. */
export type Bcrypt = (password: string, hash: string) => Promise<boolean | null>;

/** Each takes a tenth of a second and more, one after another: whoever comes later would have given up by then. */
const maximumWaiting = 64;

/** Creates a comparer that works in a thread of its own, one hash at a time. The thread starts when it is first needed. */
export function createBcrypt(): Bcrypt {
  const waiting = new Map<number, PromiseWithResolvers<boolean | null>>();
  let worker: Worker | null = null;
  let lastId = 0;

  function start(): Worker {
    const file = `./bcrypt-worker${extname(fileURLToPath(import.meta.url))}`;
    const started = new Worker(new URL(file, import.meta.url));
    started.on('message', ({ id, matches }: BcryptAnswer) => {
      waiting.get(id)?.resolve(matches === true);
      waiting.delete(id);
      // The thread holds the program only while somebody waits for it.
      if (waiting.size === 0) started.unref();
    });
    started.on('error', (error) => {
      worker = null;
      for (const { reject } of waiting.values()) reject(error);
      waiting.clear();
    });
    return started;
  }

  return async (password, hash) => {
    if (waiting.size >= maximumWaiting) return null;
    worker ??= start();
    worker.ref();
    lastId += 1;
    const answer = Promise.withResolvers<boolean | null>();
    waiting.set(lastId, answer);
    worker.postMessage({ id: lastId, password, hash } satisfies BcryptQuestion);
    return answer.promise;
  };
}
