import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { resolve } from 'node:path';
import type { Context, Located } from '../value/mapping.ts';
import { show } from '../value/wording.ts';
import { readTextFile, relativeHint, TextFileError } from './text-file.ts';

const begin = '-----BEGIN CERTIFICATE-----';
const end = '-----END CERTIFICATE-----';

/** The certificates of a PEM text (RFC 7468), each with its marks, in its order; whatever else it holds is left out. */
export function certificateBlocks(text: string): readonly string[] {
  const blocks: string[] = [];
  let at = text.indexOf(begin);
  while (at >= 0) {
    // Base64 has no hyphen: the first one is the end of this certificate, or it is none.
    const dash = text.indexOf('-', at + begin.length);
    const isWhole = dash >= 0 && text.startsWith(end, dash);
    if (isWhole) blocks.push(text.slice(at, dash + end.length));
    at = text.indexOf(begin, isWhole ? dash + end.length : at + 1);
  }
  return blocks;
}

/** What a PEM file of a client holds, each block as it stands there. */
interface ClientPem {
  /** The client's own first, then those above it. */
  readonly certificates: readonly string[];
  /** Null: there is none. */
  readonly privateKey: string | null;
}

const keyMark = /-----(BEGIN|END) ((?:[A-Z]{1,20} )?PRIVATE KEY)-----/g;

/** The blocks of a PEM text, wherever they stand in it; what is around them is dropped. */
export function readClientPem(text: string): ClientPem {
  return { certificates: certificateBlocks(text), privateKey: firstKey(text) };
}

/** The block that starts first and has an end of its kind. */
function firstKey(text: string): string | null {
  const starts = new Map<string, number>();
  const ends = new Map<string, number>();
  for (const { 0: mark, 1: side, 2: kind = '', index } of text.matchAll(keyMark)) {
    if (side === 'BEGIN' && !starts.has(kind)) starts.set(kind, index);
    if (side === 'END' && starts.has(kind) && !ends.has(kind)) ends.set(kind, index + mark.length);
  }
  const [first] = [...starts].filter(([kind]) => ends.has(kind)).sort(([, one], [, other]) => one - other);
  return first === undefined ? null : text.slice(first[1], ends.get(first[0]));
}

/** A bundle of all public authorities is a quarter of this. */
const maximumSizeBytes = 1024 * 1024;

/** The certificates of the PEM file that a `ca_file` names; null where it is absent, or reported here. */
export async function readAuthorities(
  given: Located | null,
  { folder, report }: Pick<Context, 'folder' | 'report'>,
): Promise<string | null> {
  if (given?.node.kind !== 'scalar' || typeof given.node.value !== 'string') return null;
  const path = given.node.value;
  try {
    return certificatesIn(await readTextFile(resolve(folder, path), maximumSizeBytes));
  } catch (error) {
    if (!(error instanceof TextFileError)) throw error;
    report(given.path, given.line, `${show(path)}: ${error.message}${relativeHint(path, error.message)}`);
    return null;
  }
}

/** The certificates of a PEM text and nothing else of it, as a private key in the same file. */
function certificatesIn(text: string): string {
  const blocks = certificateBlocks(text);
  if (blocks.length === 0) throw new TextFileError('the file holds no PEM certificate (-----BEGIN CERTIFICATE-----)');
  for (const [index, block] of blocks.entries()) {
    if (!isCertificate(block))
      throw new TextFileError(`the file's certificate ${index + 1} of ${blocks.length} is damaged`);
  }
  return `${blocks.join('\n')}\n`;
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).subject !== null;
  } catch {
    return false;
  }
}

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
