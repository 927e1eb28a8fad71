import { createRequire } from 'node:module';
import type { TokenCredential, TokenCredentialOptions } from '@azure/identity';
import type { AzureIdentity, ServicePrincipal } from '../config/authentication/authentication.ts';
import { readClientPem } from '../config/file/pem.ts';
import { readSecret, SecretError, secretFromFile } from '../config/secret/secret.ts';
import { TokenError, tokenErrorOf } from './token-error.ts';
import type { Token } from './token-source.ts';

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

/** What asks for a token, and the secrets that its errors must not show. */
interface OpenedIdentity {
  readonly credential: TokenCredential;
  readonly secrets: readonly string[];
}

/** The next poll asks again: more retries would take the time in which the cause could be told. */
const retryOptions = { maxRetries: 1, retryDelayInMs: 500, maxRetryDelayInMs: 500 };

/** Told of each request that got no answer: the library's own errors may leave that out. */
type OnNetworkError = (error: unknown) => void;

type Options = TokenCredentialOptions & {
  readonly disableInstanceDiscovery: boolean;
  readonly tlsOptions?: { readonly ca: string };
};

/**
 * Reads what the identity proves itself with, now, and makes a credential of it: one that is kept would go on with a
 * secret that has been replaced. Throws SecretError.
 */
async function openIdentity(identity: AzureIdentity, onNetworkError: OnNetworkError): Promise<OpenedIdentity> {
  const library = loadLibrary();
  const options = optionsOf(identity, onNetworkError);
  switch (identity.type) {
    case 'managed_identity': {
      const id = identity.clientId === null ? {} : { clientId: identity.clientId };
      return { credential: new library.ManagedIdentityCredential({ ...id, retryOptions }), secrets: [] };
    }
    case 'service_principal':
      return openPrincipal(identity, options);
    case 'workload_identity': {
      const { tenantId, clientId, tokenFile } = identity;
      // As WorkloadIdentityCredential does, whose own reading of the file nothing bounds.
      const assertion = await readSecret(secretFromFile(tokenFile, 'token'));
      const { ClientAssertionCredential } = library;
      const credential = new ClientAssertionCredential(tenantId, clientId, async () => assertion, options);
      return { credential, secrets: [assertion] };
    }
    case 'azure_default': {
      const id =
        identity.clientId === null
          ? {}
          : { managedIdentityClientId: identity.clientId, workloadIdentityClientId: identity.clientId };
      return { credential: new library.DefaultAzureCredential({ ...options, ...id }), secrets: [] };
    }
  }
}

/** The copy that the driver has loaded: the package's ES modules would be a second one, of 17 MiB (docs/decisions/0011). */
function loadLibrary(): typeof import('@azure/identity') {
  return createRequire(import.meta.url)('@azure/identity');
}

async function openPrincipal(
  { tenantId, clientId, proof }: ServicePrincipal,
  options: Options,
): Promise<OpenedIdentity> {
  const { ClientCertificateCredential, ClientSecretCredential } = loadLibrary();
  if (proof.kind === 'secret') {
    const secret = await readSecret(proof.secret);
    return { credential: new ClientSecretCredential(tenantId, clientId, secret, options), secrets: [secret] };
  }
  const pem = readClientPem(await readSecret(proof.pem));
  // Each block on lines of its own: OpenSSL finds no key on the line where a certificate ends, as `cat` may leave it.
  const certificate = [...pem.certificates, pem.privateKey ?? ''].join('\n');
  const password = proof.password === null ? null : await readSecret(proof.password);
  const key = { certificate, ...(password === null ? {} : { certificatePassword: password }) };
  const credential = new ClientCertificateCredential(tenantId, clientId, key, options);
  return { credential, secrets: [certificate, pem.privateKey ?? '', ...(password === null ? [] : [password])] };
}

function optionsOf({ cloud }: AzureIdentity, onNetworkError: OnNetworkError): Options {
  return {
    authorityHost: cloud.authorityHost,
    // An authority that is not Microsoft's would be asked about at Microsoft's, where nobody knows it.
    disableInstanceDiscovery: !cloud.isPublicAuthority,
    retryOptions,
    ...(cloud.authorityCa === undefined ? {} : { tlsOptions: { ca: cloud.authorityCa } }),
    additionalPolicies: [{ policy: telling(onNetworkError), position: 'perRetry' }],
  };
}

type Policy = NonNullable<TokenCredentialOptions['additionalPolicies']>[number]['policy'];

function telling(onNetworkError: OnNetworkError): Policy {
  return {
    name: 'milink-network-errors',
    sendRequest: async (request, next) => {
      try {
        return await next(request);
      } catch (error) {
        onNetworkError(error);
        throw error;
      }
    },
  };
}
