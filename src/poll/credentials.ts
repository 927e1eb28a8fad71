import { type RequestToken, requestToken } from '../azure/request-token.ts';
import { TokenError } from '../azure/token-error.ts';
import { createTokenSource } from '../azure/token-source.ts';
import { type Authentication, isAzureIdentity } from '../config/authentication/authentication.ts';
import { readSecret, type Secret, SecretError } from '../config/secret.ts';
import type { Credentials } from '../sql/connection.ts';
import { untilAborted } from '../sql/until-aborted.ts';
import type { Clock } from './clock.ts';

/** What one server's logins prove themselves with, read or asked for at each login. */
export interface CredentialSource {
  /** Rejects with SecretError or TokenError, at the latest when `signal` aborts. */
  readonly read: (signal: AbortSignal) => Promise<Credentials>;
  /** Called in each poll: renews what would end before long, in the background. */
  readonly renew: (signal: AbortSignal) => void;
  /** The server refused them: the next login proves itself anew. */
  readonly forget: () => void;
}

/** The credentials of a server's authentication. Tokens are asked for with `request`, @azure/identity's unless given. */
export function createCredentialSource(
  authentication: Authentication,
  clock: Clock,
  request: RequestToken = requestToken,
): CredentialSource {
  if (!isAzureIdentity(authentication)) {
    const { password, ...login } = authentication;
    const read = async (signal: AbortSignal): Promise<Credentials> => ({
      ...login,
      password: await readPassword(password, signal),
    });
    return { read, renew: ignore, forget: ignore };
  }
  const source = createTokenSource({
    request: (signal) => untilAborted(request(authentication, signal), signal, tokenLate()),
    nowSeconds: clock.nowSeconds,
  });
  return {
    read: async (signal) => ({ type: 'token', token: await source.get(signal) }),
    renew: (signal) => void source.renew(signal),
    forget: source.forget,
  };
}

function ignore(): void {}

/** The file behind a secret may be on a share that hangs, or a pipe: the time limit holds for it too. */
function readPassword(secret: Secret, signal: AbortSignal): Promise<string> {
  const late = new SecretError({ what: 'password' }, 'it could not be read within the time limit of a poll');
  return untilAborted(readSecret(secret), signal, late);
}

function tokenLate(): TokenError {
  return new TokenError('no token was given within the time limit of a poll');
}
