import { type Certificate, createCertificate } from '../../../src/simulator/certificate.ts';
import type { BatchEvent, BatchParameter, Login, Session } from '../../../src/simulator/session.ts';
import { startTdsServer, type TdsServer, type TdsServerOptions } from '../../../src/simulator/tds/server.ts';

/** What a scripted session answers to a batch, by its text. */
export type Script = (
  sql: string,
  parameters: readonly BatchParameter[],
  signal: AbortSignal,
) => AsyncIterable<BatchEvent> | Iterable<BatchEvent>;

export const userName = 'milink';
export const password = 'pässwörd-✓';

/** One certificate for all tests of a file: making it takes longer than the rest of a test. */
export const certificate: Certificate = await createCertificate({
  commonName: 'localhost',
  altNames: ['localhost', '127.0.0.1'],
});

/** Lets `milink` in; answers DONE to what a driver sends by itself after login, the script to everything else. */
export function scriptedLogin(script: Script, onClose: () => void = () => {}): Login {
  return (request) => {
    if (request.userName !== userName || request.password !== password) {
      const message = `Login failed for user '${request.userName}'.`;
      return { error: { number: 18456, state: 1, class: 14, message, line: 65536 } };
    }
    const session: Session = {
      database: request.database === '' ? 'master' : request.database,
      execute: (sql, parameters, signal) => events(sql, parameters, signal),
      close: onClose,
    };
    return session;
  };
  async function* events(...call: Parameters<Script>): AsyncGenerator<BatchEvent> {
    if (call[0].startsWith('set ')) yield { kind: 'done', rowCount: null };
    else yield* script(...call);
  }
}

/** A server on a free port of loopback. */
export function startScripted(script: Script, options: Partial<TdsServerOptions> = {}): Promise<TdsServer> {
  return startTdsServer({
    host: '127.0.0.1',
    port: 0,
    login: scriptedLogin(script),
    tls: certificate,
    productVersion: '16.0.4175.1',
    serverName: 'sql-prod-01',
    ...options,
  });
}
