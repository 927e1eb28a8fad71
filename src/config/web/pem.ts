import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { certificateBlocks } from '../certificates/blocks.ts';

/** A PEM text that can't be used. The message completes `the certificate`, `the key` and the like, and holds nothing of it. */
export class PemError extends Error {
  override readonly name = 'PemError';
}

/** The certificates of a text, in its order, and nothing else of it. Throws PemError when there is none or a damaged one. */
export function certificatesOf(text: string): X509Certificate[] {
  const blocks = certificateBlocks(text);
  if (blocks.length === 0) throw new PemError('holds no PEM certificate (-----BEGIN CERTIFICATE-----)');
  return blocks.map((block, index) => {
    try {
      return new X509Certificate(block);
    } catch {
      throw new PemError(`is damaged: number ${index + 1} of ${blocks.length} certificates can't be read`);
    }
  });
}

/** The private key of a text. Throws PemError. */
export function privateKeyOf(text: string): KeyObject {
  if (/-----BEGIN ENCRYPTED PRIVATE KEY-----|Proc-Type: 4,ENCRYPTED/.test(text)) {
    throw new PemError('is protected by a passphrase, and nobody is there to type it: store it without one');
  }
  try {
    return createPrivateKey(text);
  } catch {
    throw new PemError('holds no PEM private key (-----BEGIN PRIVATE KEY-----) that can be read');
  }
}
