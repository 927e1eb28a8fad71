import { type Line, readLine } from '../history/line.ts';
import { linesOf, segmentsOf } from './segments.ts';

/** What a directory holds. */
export interface ReadJournal {
  /** Oldest first; read as they are asked for. */
  readonly lines: Iterable<Line>;
  /** How many lines could not be read: broken off, or of another version. Known after the last one. */
  readonly unreadable: () => number;
}

/** Reads a directory of `history.path`. Throws what node:fs throws where there is none or it can't be read. */
export function readJournal(directory: string): ReadJournal {
  const segments = segmentsOf(directory);
  let unreadable = 0;
  function* all(): Generator<Line> {
    for (const { path } of segments) {
      for (const text of linesOf(path)) {
        const line = text === '' ? null : readLine(text);
        if (line !== null) yield line;
        else if (text !== '') unreadable += 1;
      }
    }
  }
  return { lines: all(), unreadable: () => unreadable };
}
