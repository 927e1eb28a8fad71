import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { checkToken, type TokenTrust } from '../../src/simulator/entra-token.ts';
import { applicationId, signed, tokenKey } from '../azure/token-server.ts';

const now = 1_800_000_000;
const trust: TokenTrust = { audience: 'https://database.windows.net/', publicKey: tokenKey };
const claims = { aud: 'https://database.windows.net', appid: applicationId, nbf: now, exp: now + 3600 };
const notAccepted = 'The server is not currently configured to accept this token.';
const token = signed(claims);
const [header, , signature] = token.split('.');

test('a token that is in order names its application', () => {
  assert.deepEqual(checkToken(token, trust, now), { applicationId });
  assert.deepEqual(checkToken(token, trust, now + 3599), { applicationId });
});

const another = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ type: 'spki', format: 'pem' });

for (const [name, given, refusal, options] of [
  ['has ended', token, 'Token is expired.', { nowSeconds: now + 3600 }],
  ['has not begun', token, 'Token is not yet valid.', { nowSeconds: now - 1 }],
  ['never ends', signed({ aud: claims.aud, appid: applicationId }), 'Token is expired.', {}],
  ['is for another audience', signed({ ...claims, aud: 'https://management.azure.com' }), notAccepted, {}],
  ['names no application', signed({ aud: claims.aud, exp: claims.exp }), notAccepted, {}],
  ['was changed', `${header}.${signed({ ...claims, appid: 'x' }).split('.')[1]}.${signature}`, notAccepted, {}],
  ['was signed by another', token, notAccepted, { trust: { ...trust, publicKey: another.toString() } }],
  ['is given to a server that takes none', token, notAccepted, { trust: null }],
  ['is none', 'opaque', notAccepted, {}],
  ['is empty', '', notAccepted, {}],
] as const) {
  test(`a token that ${name} is refused`, () => {
    const { nowSeconds = now, trust: used = trust } = options as { nowSeconds?: number; trust?: TokenTrust | null };
    assert.deepEqual(checkToken(given, used, nowSeconds), { refusal });
  });
}
