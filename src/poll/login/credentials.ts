import { createHash } from 'node:crypto';
import { type RequestToken, requestToken } from '../../azure/request-token.ts';
import { TokenError } from '../../azure/token-error.ts';
import { createTokenSource } from '../../azure/token-source.ts';
import { type Authentication, isAzureIdentity } from '../../config/authentication/authentication.ts';
import { readSecret, type Secret, SecretError } from '../../config/secret/secret.ts';
import type { Credentials } from '../../sql/connection.ts';
import { untilAborted } from '../../threads/abort-signals.ts';
import type { Clock } from '../time/clock.ts';

/** What one server's logins prove themselves with, read or asked for at each login. */
export interface CredentialSource {
  /** Rejects with SecretError or TokenError, at the latest when `signal` aborts. */
  readonly read: (signal: AbortSignal) => Promise<Credentials>;
  /** Called in each poll: renews what would end before long, in the background, until what `limit` gives aborts. */
  readonly renew: (limit: () => AbortSignal) => void;
  /** The server refused them: the next login proves itself anew. */
  readonly forget: () => void;
  /** Whether a password is there now that is another one than was read last. Never rejects: false when it can't be read. */
  readonly hasChanged: (signal: AbortSignal) => Promise<boolean>;
}

/** The credentials of a server's authentication. Tokens are asked for with `request`, @azure/identity's unless given. */
export function createCredentialSource(
  authentication: Authentication,
  clock: Clock,
  request: RequestToken = requestToken,
): CredentialSource {
  if (!isAzureIdentity(authentication)) {
    const { password, ...login } = authentication;
    let lastDigest: string | null = null;
    return {
      read: async (signal) => {
        const value = await readPassword(password, signal);
        lastDigest = digestOf(value);
        return { ...login, password: value };
      },
      hasChanged: async (signal) => {
        if (lastDigest === null) return false;
        return readPassword(password, signal).then((value) => digestOf(value) !== lastDigest, no);
      },
      ...{ renew: ignore, forget: ignore },
    };
  }
  const source = createTokenSource({
    request: (signal) => untilAborted(request(authentication, signal), signal, tokenLate()),
    nowSeconds: clock.nowSeconds,
  });
  return {
    read: async (signal) => ({ type: 'token', token: await source.get(signal) }),
    renew: (limit) => void source.renew(limit()),
    forget: source.forget,
    // What a token is made from is looked at each time that one is asked for.
    hasChanged: async () => false,
  };
}

function ignore(): void {}

const no = (): boolean => false;

/** A password that was refused is not kept to compare others with it. */
function digestOf(password: string): string {
  return createHash('sha256').update(password).digest('base64');
}

/** The file behind a secret may be on a share that hangs, or a pipe: the time limit holds for it too. */
function readPassword(secret: Secret, signal: AbortSignal): Promise<string> {
  const late = new SecretError({ what: 'password' }, 'it could not be read within the time limit of a poll');
  return untilAborted(readSecret(secret), signal, late);
}

function tokenLate(): TokenError {
  return new TokenError('no token was given within the time limit of a poll');
}
