import type { LoginAsker } from '../../src/http/bcrypt.ts';

/** Somebody who waits, the same client and connection each time unless given. */
export function oneAsker(asker: Partial<LoginAsker> = {}): LoginAsker {
  return { client: '10.0.0.1', connection: 1, user: 'alice', gone: new AbortController().signal, ...asker };
}
