import { X509Certificate } from 'node:crypto';
import { resolve } from 'node:path';
import type { Context } from '../context.ts';
import { readTextFile, relativeHint, TextFileError } from '../file/text-file.ts';
import type { Located } from '../value/mapping.ts';
import { show } from '../value/wording.ts';
import { certificateBlocks } from './blocks.ts';

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
