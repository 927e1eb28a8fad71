import { createHmac, timingSafeEqual } from 'node:crypto';
import { md4 } from './md4.ts';
import type { NtlmAuthenticate } from './message.ts';

const proofSizeBytes = 16;
const lmResponseSizeBytes = 24;

/**
 * Whether whoever answered the challenge knows the password: NTLM version 2, as in MS-NLMP 3.3.2. The NT response is
 * looked at when it has its client part, else the LM response, which version 2 fills too.
 */
export function provesPassword(answer: NtlmAuthenticate, challenge: Uint8Array, password: string): boolean {
  const key = responseKey(answer, password);
  const { lmResponse, ntResponse } = answer;
  if (ntResponse.length > lmResponseSizeBytes) return isProof(ntResponse, key, challenge);
  return lmResponse.length === lmResponseSizeBytes && isProof(lmResponse, key, challenge);
}

/** NTOWFv2: the user in upper case, the domain as the client gave it. */
function responseKey({ userName, domain }: NtlmAuthenticate, password: string): Buffer {
  const hash = md4(Buffer.from(password, 'utf16le'));
  return hmacMd5(hash, Buffer.from(`${userName.toUpperCase()}${domain}`, 'utf16le'));
}

/** Both responses are HMAC-MD5 of the challenge and what follows the first sixteen bytes. */
function isProof(response: Buffer, key: Buffer, challenge: Uint8Array): boolean {
  const expected = hmacMd5(key, Buffer.concat([challenge, response.subarray(proofSizeBytes)]));
  return timingSafeEqual(expected, response.subarray(0, proofSizeBytes));
}

function hmacMd5(key: Buffer, data: Buffer): Buffer {
  return createHmac('md5', key).update(data).digest();
}
