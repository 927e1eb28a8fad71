import type { AzureIdentity } from '../config/authentication/authentication.ts';
import { SecretError } from '../config/secret/secret.ts';
import { openIdentity } from './credential.ts';
import type { Token } from './token.ts';
import { TokenError, tokenErrorOf } from './token-error.ts';

/** Asks for a token. Throws TokenError, or SecretError when the identity's own secret can't be read. */
export type RequestToken = (identity: AzureIdentity, signal: AbortSignal) => Promise<Token>;

/** Asks Entra ID, or the machine's own token service. Not every kind of credential heeds `signal`. */
export const requestToken: RequestToken = async (identity, signal) => {
  let secrets: readonly string[] = [];
  let networkError: unknown = null;
  try {
    const opened = await openIdentity(identity, (error) => {
      networkError = error;
    });
    secrets = opened.secrets;
    const given = await opened.credential.getToken(identity.cloud.scope, { abortSignal: signal });
    // The types allow it; a credential of the chain may find nothing.
    if (given === null) throw new TokenError('no token was given');
    return { value: given.token, endTimestampSeconds: given.expiresOnTimestamp / 1000 };
  } catch (error) {
    throw error instanceof SecretError || error instanceof TokenError
      ? error
      : tokenErrorOf(error, { secrets, networkError });
  }
};
