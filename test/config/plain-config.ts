import { X509Certificate } from 'node:crypto';
import type { Authentication } from '../../src/config/authentication/authentication.ts';
import type { Config, TlsConfig } from '../../src/config/config.ts';
import { readSecret, Secret } from '../../src/config/secret/secret.ts';

/** A configuration as plain data: secrets by their value, authorities by their subject. */
export async function plain({ servers, azure, testNetwork, ...rest }: Config): Promise<unknown> {
  const plainServers = servers.map(async ({ authentication, tls, ...server }) => ({
    ...server,
    login: await plainLogin(authentication),
    tls: { ...tls, ca: tls.ca === null ? null : new X509Certificate(tls.ca).subject },
  }));
  return {
    ...rest,
    ...(testNetwork === undefined ? {} : { testNetwork: await revealed(testNetwork) }),
    ...(azure === undefined ? {} : { azure: await revealed(azure) }),
    servers: await Promise.all(plainServers),
  };
}

/** A SQL login as `username/password`; of others what is not secret, and the secrets by their value. */
async function plainLogin(authentication: Authentication): Promise<unknown> {
  if (authentication.type === 'sql_login')
    return `${authentication.username}/${await readSecret(authentication.password)}`;
  return revealed(authentication);
}

async function revealed(value: unknown): Promise<unknown> {
  if (value instanceof Secret) return (await readSecret(value)).slice(0, 27);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return Promise.all(value.map(revealed));
  return Object.fromEntries(
    await Promise.all(Object.entries(value).map(async ([key, part]) => [key, await revealed(part)])),
  );
}

/** The defaults of `tls`. */
export const verified: TlsConfig = { mode: 'encrypt', ca: null, serverName: null, trustServerCertificate: false };
