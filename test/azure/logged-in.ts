import assert from 'node:assert/strict';
import type { AzureCloud, AzureIdentity } from '../../src/config/authentication/authentication.ts';
import type { ServerConfig } from '../../src/config/config.ts';
import { createServerPoller, type PollerOptions, type ServerPoller } from '../../src/poll/server-poller.ts';
import { systemClock } from '../../src/poll/time/clock.ts';
import { type Pair, type PairOptions, startPair } from '../../src/simulator/pair.ts';
import { connect } from '../../src/sql/mssql-connection.ts';
import { applicationId, systemIdentityId, type TokenServer, tokenKey, userIdentityId } from './token-server.ts';

export const audience = 'https://database.windows.net';
export const running: AbortSignal = new AbortController().signal;

/** A pair that takes the tokens of the token server, with logins for its application and identities. */
export function startTokenPair(options: PairOptions = {}): Promise<Pair> {
  return startPair({
    scenario: 'healthy',
    tokens: { audience: `${audience}/`, publicKey: tokenKey },
    accounts: [
      { name: 'milink-application', applicationId },
      { name: 'milink-vm', applicationId: systemIdentityId },
      { name: 'milink-identity', applicationId: userIdentityId },
    ],
    ...options,
  });
}

export function cloudOf({ authorityHost }: TokenServer): AzureCloud {
  return { authorityHost, scope: `${audience}/.default`, isPublicAuthority: false };
}

export function managedInstance(pair: Pair, authentication: ServerConfig['authentication']): ServerConfig {
  const { host, port } = pair.managedInstance;
  const tls = {
    mode: 'encrypt',
    ca: pair.certificateAuthority,
    serverName: 'localhost',
    trustServerCertificate: false,
  } as const;
  return { name: 'mi-prod', host, port, authentication, tls };
}

/** A poller with the real driver and the real library of Azure. */
export function pollerOf(
  pair: Pair,
  authentication: AzureIdentity,
  options: Partial<PollerOptions> = {},
): ServerPoller {
  const server = managedInstance(pair, authentication);
  return createServerPoller({ server, connect, clock: systemClock, timeoutSeconds: 20, ...options });
}

/** Polls once; the poll must succeed. */
export async function polls(poller: ServerPoller): Promise<void> {
  const { outcome } = await poller.poll(running);
  assert.equal(outcome.kind, 'ok', outcome.kind === 'failed' ? JSON.stringify(outcome.failure) : '');
}

/** Polls once; gives why it failed. */
export async function failureOf(poller: ServerPoller): Promise<{ reason: string; message: string }> {
  const { outcome } = await poller.poll(running);
  assert.ok(outcome.kind === 'failed');
  return outcome.failure;
}
