import { closeSync, fstatSync, lstatSync, openSync, readdirSync, readSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';

/** One file of the directory. */
export interface Segment {
  readonly path: string;
  readonly bytes: number;
  /** When it was last written to, Unix seconds. */
  readonly writtenSeconds: number;
}

const namePattern = /^milink-history-[0-9TZ.-]{1,40}\.jsonl$/;

/** A name that sorts by time. */
export function segmentName(nowSeconds: number): string {
  return `milink-history-${new Date(nowSeconds * 1000).toISOString().replaceAll(':', '-')}.jsonl`;
}

/** The files of a directory, oldest first. Anything else in it is left alone. Throws what node:fs throws. */
export function segmentsOf(directory: string): readonly Segment[] {
  return readdirSync(directory)
    .filter((name) => namePattern.test(name))
    .sort()
    .flatMap((name) => {
      const path = join(directory, name);
      const stat = lstatSync(path, { throwIfNoEntry: false });
      if (stat === undefined || !stat.isFile()) return [];
      return [{ path, bytes: stat.size, writtenSeconds: stat.mtimeMs / 1000 }];
    });
}

/** Removes a file that may have gone already: another exporter may use the directory. */
export function removeSegment(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

const pieceBytes = 1024 * 1024;
/** A longer line is none of ours. */
const longestLine = 64 * 1024;

/** The lines of a file, piece by piece; what is broken off at its end comes too. Throws what node:fs throws. */
export function* linesOf(path: string): Generator<string> {
  const file = openSync(path, 'r');
  try {
    // A pipe or a device in its place would be waited for.
    if (!fstatSync(file).isFile()) return;
    const piece = Buffer.alloc(pieceBytes);
    const decoder = new TextDecoder();
    let rest = '';
    for (;;) {
      const bytes = readSync(file, piece, 0, pieceBytes, null);
      const lines = (rest + decoder.decode(piece.subarray(0, bytes), { stream: bytes > 0 })).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
      if (rest.length > longestLine) rest = '';
      if (bytes === 0) break;
    }
    if (rest !== '') yield rest;
  } finally {
    closeSync(file);
  }
}
