import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { readTextFile, TextFileError } from './text-file.ts';
import type { YamlNode } from './yaml-tree.ts';

/** A file that a configuration is made of. */
export interface ConfigFile {
  /** Absolute. */
  readonly path: string;
  /** See `fingerprint`: of the content that was loaded; null when it was not kept. */
  readonly fingerprint: string | null;
}

/** The files that a configuration names, each once: by the keys that end in `_file`. */
export function namedFiles(root: YamlNode, folder: string): readonly ConfigFile[] {
  return [...new Set(pathsIn(root))].map((path) => ({ path: resolve(folder, path), fingerprint: null }));
}

function pathsIn(node: YamlNode): readonly string[] {
  if (node.kind === 'list') return node.items.flatMap(pathsIn);
  if (node.kind === 'scalar') return [];
  return node.entries.flatMap(({ key, value }) => {
    if (value.kind !== 'scalar') return pathsIn(value);
    return key?.endsWith('_file') && typeof value.value === 'string' ? [value.value] : [];
  });
}

/** As large as the largest file that the configuration may be or name. */
const maximumSizeBytes = 1024 * 1024;

/** What tells a text from another one, and nothing else of it. */
export function fingerprintOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** What tells one content of a file from another, or why the file can't be read. */
export async function fingerprint(path: string): Promise<string> {
  try {
    return createHash('sha256')
      .update(await readTextFile(path, maximumSizeBytes))
      .digest('hex');
  } catch (error) {
    if (error instanceof TextFileError) return error.message;
    throw error;
  }
}
