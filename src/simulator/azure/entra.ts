import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';

/** The application that may read the simulated Azure. Nothing real: the secret is known to everybody. */
export const simulatedApplication = {
  tenantId: '22222222-3333-4444-8555-666666666666',
  clientId: '66666666-7777-8888-9999-000000000001',
  clientSecret: 'milink-demo',
} as const;

const lifetimeSeconds = 3600;

/** Gives tokens for an application's secret, as Entra ID does, and knows those that it gave. */
export interface Entra {
  /** Null for a path that is none of its. */
  readonly answer: (request: IncomingMessage, url: URL) => Promise<{ status: number; body: string } | null>;
  /** Why a token is not taken, in Azure's words; null for one that is. */
  readonly refusal: (token: string, nowSeconds: number) => string | null;
  readonly given: () => number;
}

export function createEntra(audience: string, nowSeconds: () => number): Entra {
  const ends = new Map<string, number>();
  const give = (scope: string): { status: number; body: string } => {
    // In the form of a JSON Web Token, so that whoever hides tokens has one to hide.
    const parts = [{ alg: 'none' }, { aud: scope, jti: randomBytes(8).toString('hex') }].map((part) => encode(part));
    const token = [...parts, randomBytes(24).toString('base64url')].join('.');
    for (const [old, end] of ends) if (end <= nowSeconds()) ends.delete(old);
    ends.set(token, scope === `${audience}/.default` ? nowSeconds() + lifetimeSeconds : 0);
    return json(200, { token_type: 'Bearer', expires_in: lifetimeSeconds, access_token: token });
  };
  let given = 0;
  return {
    answer: async (request, url) => {
      const [, tenant, ...rest] = url.pathname.split('/');
      if (tenant !== simulatedApplication.tenantId) return null;
      if (rest.join('/') === 'v2.0/.well-known/openid-configuration') return json(200, metadata(url, tenant));
      if (request.method !== 'POST' || rest.join('/') !== 'oauth2/v2.0/token') return null;
      const form = new URLSearchParams(await text(request));
      const { clientId, clientSecret } = simulatedApplication;
      if (form.get('client_id') !== clientId || form.get('client_secret') !== clientSecret) {
        return json(401, {
          error: 'invalid_client',
          error_description: 'AADSTS7000215: Invalid client secret provided.',
        });
      }
      given += 1;
      return give(
        form
          .get('scope')
          ?.split(' ')
          .find((scope) => scope.endsWith('/.default')) ?? '',
      );
    },
    refusal: (token, now) => {
      const end = ends.get(token);
      if (end === undefined || end === 0) return 'The access token is invalid.';
      return end > now ? null : 'The access token expiry UTC time has passed.';
    },
    given: () => given,
  };
}

function metadata({ origin }: URL, tenant: string): object {
  return {
    issuer: `${origin}/${tenant}/v2.0`,
    authorization_endpoint: `${origin}/${tenant}/oauth2/v2.0/authorize`,
    token_endpoint: `${origin}/${tenant}/oauth2/v2.0/token`,
    jwks_uri: `${origin}/${tenant}/discovery/v2.0/keys`,
  };
}

function json(status: number, body: object): { status: number; body: string } {
  return { status, body: JSON.stringify(body) };
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
