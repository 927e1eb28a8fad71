import { verify } from 'node:crypto';

/** What a server takes tokens by. */
export interface TokenTrust {
  /** As `https://database.windows.net`; a slash at its end does not matter. */
  readonly audience: string;
  /** PEM of the key that tokens are signed with, RSA. */
  readonly publicKey: string;
}

/** The application that a token is for, or the second sentence of the server's refusal. */
export type TokenCheck = { readonly applicationId: string } | { readonly refusal: string };

/** What servers say of a token that is not meant for them, or signed by somebody else. */
const notAccepted = 'The server is not currently configured to accept this token.';

/** Checks a token of Entra ID (RFC 7519, RS256): signature, audience, times. */
export function checkToken(token: string, trust: TokenTrust | null, nowSeconds: number): TokenCheck {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const claims = objectOf(payload);
  if (trust === null || claims === null || objectOf(header)?.alg !== 'RS256') return { refusal: notAccepted };
  const isSigned = verify('sha256', Buffer.from(`${header}.${payload}`), trust.publicKey, bytesOf(signature));
  if (!isSigned || withoutSlash(claims.aud) !== withoutSlash(trust.audience)) return { refusal: notAccepted };
  if (typeof claims.exp !== 'number' || claims.exp <= nowSeconds) return { refusal: 'Token is expired.' };
  if (typeof claims.nbf === 'number' && claims.nbf > nowSeconds) return { refusal: 'Token is not yet valid.' };
  return typeof claims.appid === 'string' ? { applicationId: claims.appid } : { refusal: notAccepted };
}

function objectOf(part: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(bytesOf(part).toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function bytesOf(part: string): Buffer {
  return Buffer.from(part, 'base64url');
}

function withoutSlash(audience: unknown): string {
  return String(audience).replace(/\/$/, '');
}
