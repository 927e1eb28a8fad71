import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { BcryptAnswer, BcryptQuestion } from './bcrypt-worker.ts';
import { createFairLine } from './load/fair-line.ts';

/** Who asks for a comparison. */
export interface LoginAsker {
  /** As `clientAddress`. */
  readonly client: string | null;
  /** As `connectionKey`. */
  readonly connection: unknown;
  /** The user that is named, known or not. */
  readonly user: string;
  /** Aborts when nobody waits for the answer any more. */
  readonly gone: AbortSignal;
}

/** Compares a password with a bcrypt hash. Null: it was not compared, as this connection or client wants too many. */
export type Bcrypt = (password: string, hash: string, asker: LoginAsker) => Promise<boolean | null>;

/** A client of HTTP/1.1 has one that waits, one of HTTP/2 may have more. All that wait are bounded by the connections. */
const maximumOfConnection = 8;

/**
 * Whoever gave up waiting is compared all the same, so that a good login that did not wait long enough is known when it comes
 * again. Of one client, and of all.
 */
const maximumLeft = { ofClient: 32, ofAll: 128 } as const;

interface Waiting extends LoginAsker {
  readonly password: string;
  readonly hash: string;
  readonly answer: PromiseWithResolvers<boolean | null>;
}

/** Creates a comparer that works in a thread of its own, one hash at a time. The thread starts when it is first needed. */
export function createBcrypt(): Bcrypt {
  const line = createFairLine<Waiting>(({ client, user, connection }) => [client, user, connection]);
  const compare = createThread();
  const left = new Set<Waiting>();
  let current: Waiting | null = null;

  async function run(): Promise<void> {
    for (current = line.next(); current !== null; current = line.next()) {
      const { password, hash, answer } = current;
      left.delete(current);
      await compare(password, hash).then(answer.resolve, answer.reject);
    }
  }

  function leave(waiting: Waiting): void {
    if (waiting === current) return;
    const ofClient = [...left].filter(({ client }) => client === waiting.client).length;
    if (ofClient < maximumLeft.ofClient && left.size < maximumLeft.ofAll) left.add(waiting);
    else if (line.remove(waiting)) waiting.answer.resolve(null);
  }

  return async (password, hash, asker) => {
    const waiting: Waiting = { ...asker, password, hash, answer: Promise.withResolvers() };
    if (asker.gone.aborted || line.waitingOf(waiting) >= maximumOfConnection) return null;
    const onGone = (): void => leave(waiting);
    asker.gone.addEventListener('abort', onGone, { once: true });
    line.add(waiting);
    if (current === null) void run();
    try {
      return await waiting.answer.promise;
    } finally {
      asker.gone.removeEventListener('abort', onGone);
      left.delete(waiting);
    }
  };
}

/** Compares in a thread; to be asked one at a time. Rejects when the thread has died; another is started then. */
function createThread(): (password: string, hash: string) => Promise<boolean> {
  let worker: Worker | null = null;
  let waiting = Promise.withResolvers<boolean>();

  function start(): Worker {
    const file = `./bcrypt-worker${extname(fileURLToPath(import.meta.url))}`;
    const started = new Worker(new URL(file, import.meta.url));
    started.on('message', ({ matches }: BcryptAnswer) => waiting.resolve(matches === true));
    started.on('error', (error) => {
      worker = null;
      waiting.reject(error);
    });
    return started;
  }

  return async (password, hash) => {
    waiting = Promise.withResolvers<boolean>();
    worker ??= start();
    // The thread holds the program only while somebody waits for it.
    worker.ref();
    worker.postMessage({ password, hash } satisfies BcryptQuestion);
    try {
      return await waiting.promise;
    } finally {
      worker?.unref();
    }
  };
}
