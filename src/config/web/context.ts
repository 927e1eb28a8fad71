import { stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { onFile, readTextFile, TextFileError } from '../file/text-file.ts';
import type { ConfigProblem, Report } from '../value/problem.ts';
import { unknownWebKeyMessage } from './unknown-key.ts';

/** The state of a file on disk, by its absolute path: another one means that the file may hold something else. */
export type FileStamps = ReadonlyMap<string, string>;

/** What the readers of the file's parts share. */
export interface WebContext {
  readonly report: Report;
  /** Says of a place what works but is not what its writer may think. */
  readonly warn: Report;
  /** The text of a file that the web configuration names. Throws `TextFileError`. */
  readonly readFile: (path: string) => Promise<string>;
}

/** A context and what it collects. */
export interface Collected {
  readonly context: WebContext;
  readonly problems: readonly ConfigProblem[];
  readonly warnings: readonly ConfigProblem[];
  readonly stamps: FileStamps;
}

/** A bundle of all public authorities is a quarter of this. */
const maximumSizeBytes = 1024 * 1024;

/** Relative paths start at the folder of the web configuration file, `file`. */
export function collectingContext(file: string): Collected {
  const problems: ConfigProblem[] = [];
  const warnings: ConfigProblem[] = [];
  const stamps = new Map<string, string>();
  const into = (list: ConfigProblem[]): Report =>
    Object.assign(
      (path: string, line: number | null, message: string) => void list.push({ file, path, line, message }),
      {
        unknownKey: unknownWebKeyMessage,
      },
    );
  const readFile = async (path: string): Promise<string> => {
    const absolute = resolve(dirname(file), path);
    // Before the reading: a file that changes in between is then seen to have changed.
    stamps.set(absolute, (await stampOf(absolute)) ?? 'not seen');
    return readTextFile(absolute, maximumSizeBytes);
  };
  return { context: { report: into(problems), warn: into(warnings), readFile }, problems, warnings, stamps };
}

/** Never rejects: a file that can't be looked at has a stamp too. Null when its file system does not answer. */
export async function stampOf(path: string): Promise<string | null> {
  try {
    const { dev, ino, size, mtimeNs, ctimeNs } = await onFile(path, () => stat(path, { bigint: true }));
    return [dev, ino, size, mtimeNs, ctimeNs].join(':');
  } catch (error) {
    if (error instanceof TextFileError) return null;
    return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  }
}
