import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { dirname, isAbsolute, resolve } from 'node:path';
import { createLanes, StuckError } from '../../threads/lanes.ts';
import type { YamlNode } from './yaml-tree.ts';

/** A file that can't be used. The message starts with `the file` and names neither the path nor anything inside. */
export class TextFileError extends Error {
  override readonly name = 'TextFileError';
}

/**
 * How long a file system may be silent. A share that is gone keeps what looks at a file for as long as it likes, in a thread
 * of the pool: one folder takes one of them, and all together take `filePlaces`.
 */
const [silentMilliseconds, filePlaces] = [5000, 6];

const inLane = createLanes({ places: filePlaces, limitMilliseconds: silentMilliseconds });

/**
 * Does `work` on the file, one at a time of each folder. Rejects with TextFileError when its file system keeps silent, and
 * at once while it is known to.
 */
export async function onFile<Value>(path: string, work: () => Promise<Value>): Promise<Value> {
  try {
    return await inLane(dirname(resolve(path)), work);
  } catch (error) {
    if (!(error instanceof StuckError)) throw error;
    throw new TextFileError("the file can't be read: its file system does not answer, as of a share that is gone");
  }
}

const missing = 'the file does not exist';

const reasonByCode = new Map([
  ['ENOENT', missing],
  ['EACCES', 'the file is not readable: allow the user that runs milink-exporter to read it'],
  ['EPERM', 'the file is not readable: allow the user that runs milink-exporter to read it'],
  ['EISDIR', 'the file is a folder'],
  ['ENOTDIR', `${missing}: a part of its path is not a folder`],
  ['ELOOP', 'the file is a symbolic link that leads back to itself'],
  ['ENAMETOOLONG', `${missing}: its path is too long`],
  ['ERR_INVALID_ARG_VALUE', `${missing}: its path contains a NUL character`],
]);

/** Completes the message about a path of the configuration that leads nowhere. */
export function relativeHint(path: string, message: string): string {
  if (isAbsolute(path) || !message.startsWith(missing)) return '';
  return ": a relative path starts at the configuration file's folder";
}

/**
 * The text of a regular file of at most `maximumSizeBytes`, without a byte order mark. Throws `TextFileError` when it is
 * missing, unreadable, not a regular file, too large, not UTF-8, or on a file system that does not answer.
 */
export async function readTextFile(path: string, maximumSizeBytes: number): Promise<string> {
  const bytes = await onFile(path, () => readBytes(path, maximumSizeBytes));
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new TextFileError('the file is not UTF-8 text');
  }
}

async function readBytes(path: string, maximumSizeBytes: number): Promise<Uint8Array> {
  try {
    // Without O_NONBLOCK the opening of a named pipe would wait for a writer, for ever.
    await using file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    return await readRegularFile(file, maximumSizeBytes);
  } catch (error) {
    if (error instanceof TextFileError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'no error code';
    throw new TextFileError(reasonByCode.get(code) ?? `the file can't be read (${code})`);
  }
}

async function readRegularFile(file: FileHandle, maximumSizeBytes: number): Promise<Uint8Array> {
  const status = await file.stat();
  if (status.isDirectory()) throw new TextFileError('the file is a folder');
  if (!status.isFile()) throw new TextFileError('the file is not a regular file');
  // One byte more than allowed: the size that stat gives may be old, or 0 as under /proc.
  const buffer = new Uint8Array(maximumSizeBytes + 1);
  let sizeBytes = 0;
  while (sizeBytes < buffer.length) {
    const { bytesRead } = await file.read(buffer, sizeBytes, buffer.length - sizeBytes);
    if (bytesRead === 0) return buffer.subarray(0, sizeBytes);
    sizeBytes += bytesRead;
  }
  throw new TextFileError(`the file is larger than ${maximumSizeBytes / 1024} KiB`);
}

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
