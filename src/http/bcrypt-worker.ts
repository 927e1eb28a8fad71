import { parentPort } from 'node:worker_threads';
import bcrypt from 'bcryptjs';

/** A question to the worker: is this the password of the hash? */
export interface BcryptQuestion {
  readonly password: string;
  readonly hash: string;
}

/** Its answer; null when the hash can't be one. */
export interface BcryptAnswer {
  readonly matches: boolean | null;
}

// A thread of its own: a hash takes a tenth of a second and more, in which no poll and no scrape would go on.
parentPort?.on('message', ({ password, hash }: BcryptQuestion) => {
  const answer: BcryptAnswer = { matches: compare(password, hash) };
  parentPort?.postMessage(answer);
});

function compare(password: string, hash: string): boolean | null {
  try {
    return bcrypt.compareSync(password, hash);
  } catch {
    return null;
  }
}
