import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Journal } from '../history/history.ts';
import { type Line, readLine } from '../history/line.ts';
import { linesOf, removeSegment, type Segment, segmentName, segmentsOf } from './segments.ts';

export interface JournalOptions {
  readonly directory: string;
  /** All files together never have more. */
  readonly sizeBytes: number;
  /** Files that were not written to for so long are removed. */
  readonly ageSeconds: number;
  /** What each file begins with, so that those before it may go. */
  readonly heading: (nowSeconds: number) => readonly string[];
  readonly nowSeconds: () => number;
  /** That it can't be written, and that it can again; not each time. */
  readonly onTrouble: (message: string | null) => void;
}

/** A journal that is written to until it is closed. */
interface OpenJournal extends Journal {
  readonly close: () => void;
}

/** So many files share the size. */
const shares = 16;
const longestSegmentSeconds = 86_400;

interface Open {
  readonly file: number;
  bytes: number;
  /** Without the heading. */
  own: number;
  readonly begunSeconds: number;
  /** The last write was cut short: what comes must not go on with its line. */
  isBroken: boolean;
}

/**
 * Appends lines to files of a directory. A line is with the operating system when `write` returns: a crash of this process
 * loses none, and leaves at most the last one broken off. The first write makes the directory, and a file of its own, so that nobody's last line is gone on with. What can't be
 * written is told and left out, and tried again with the next line: monitoring goes on.
 */
export function openJournal(options: JournalOptions): OpenJournal {
  const { directory, sizeBytes, heading, nowSeconds, onTrouble } = options;
  const shareBytes = Math.floor(sizeBytes / shares);
  let isTroubled = false;
  let open: Open | null = null;

  function begin(): Open {
    const now = nowSeconds();
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const file = openNew(directory, now);
    const text = heading(now)
      .map((line) => `${line}\n`)
      .join('');
    const begun: Open = { file, bytes: 0, own: 0, begunSeconds: now, isBroken: false };
    try {
      append(begun, text);
      prune(options, shareBytes + begun.bytes);
    } catch (error) {
      closeSync(file);
      throw error;
    }
    begun.own = 0;
    return begun;
  }

  function next(bytes: number): Open {
    if (open !== null) {
      const isFull = open.own > 0 && open.own + bytes > shareBytes;
      if (!isFull && nowSeconds() - open.begunSeconds < longestSegmentSeconds) return open;
      const { file } = open;
      open = null;
      closeSync(file);
    }
    open = begin();
    return open;
  }

  return {
    write: (lines) => {
      const text = lines.map((line) => `${line}\n`).join('');
      try {
        const segment = next(Buffer.byteLength(text));
        append(segment, text);
        if (isTroubled) onTrouble(null);
        isTroubled = false;
      } catch (error) {
        if (!isTroubled) onTrouble(error instanceof Error ? error.message : String(error));
        isTroubled = true;
      }
    },
    close: () => {
      if (open !== null) closeSync(open.file);
      open = null;
    },
  };
}

function append(segment: Open, text: string): void {
  const bytes = Buffer.from(segment.isBroken ? `\n${text}` : text);
  const isWhole = writeSync(segment.file, bytes) === bytes.length;
  segment.isBroken = !isWhole;
  segment.bytes += bytes.length;
  segment.own += bytes.length;
  if (!isWhole) throw new Error('the disk took a part of a line only: it is full');
}

/** Two exporters, or two starts within a millisecond, do not share a file. */
function openNew(directory: string, nowSeconds: number): number {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return openSync(join(directory, segmentName(nowSeconds + attempt / 1000)), 'ax', 0o600);
    } catch (error) {
      const isTaken = error instanceof Error && 'code' in error && error.code === 'EEXIST';
      if (!isTaken || attempt >= 1000) throw error;
    }
  }
}

/** Many starts make many small files. */
const maximumSegments = 1000;

/** Removes what is too old, and the oldest until there is room for so many bytes; never the newest. */
function prune({ directory, sizeBytes, ageSeconds, nowSeconds }: JournalOptions, roomBytes: number): void {
  const segments = segmentsOf(directory).slice(0, -1);
  let total = segments.reduce((sum, { bytes }) => sum + bytes, 0);
  let count = segments.length;
  const isTooOld = ({ writtenSeconds }: Segment): boolean => nowSeconds() - writtenSeconds > ageSeconds;
  for (const segment of segments) {
    if (!isTooOld(segment) && total + roomBytes <= sizeBytes && count < maximumSegments) continue;
    removeSegment(segment.path);
    total -= segment.bytes;
    count -= 1;
  }
}

/** What a directory holds. */
interface ReadJournal {
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
