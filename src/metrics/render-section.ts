import { exposeLines } from './exposition.ts';
import type { Family, Plain, State } from './family.ts';

/** What was written of one part of a state: the lines of some families, one family after another, held once as bytes. */
export interface RenderedSection {
  readonly bytes: Buffer;
  /** Where the lines of each family end in `bytes`. */
  readonly ends: Uint32Array;
  /** A number for each family's lines here: the same as in a former rendering of the same section means the same bytes. */
  readonly marks: Float64Array;
  /** What each family's lines were made of, where that is known. */
  readonly bases: readonly (readonly Plain[] | null)[];
  /** For each family in turn: how many series, how many were left out as duplicates, and as no number. */
  readonly counts: Uint32Array;
  readonly series: number;
  readonly duplicates: number;
  readonly notFinite: number;
}

const countsPerFamily = 3;

/** Writes sections, one after another: not for two at a time. A step for each family. */
export type SectionWriter = (
  families: readonly Family[],
  state: State,
  former: RenderedSection | undefined,
) => Generator<void, RenderedSection, void>;

/** Most bytes that one UTF-16 code unit takes in UTF-8. */
const longestUnit = 3;

let latestMark = 0;

/**
 * Creates what writes the lines of some families. They are the same in both formats: no state family is a histogram. Of what
 * was written of the same part before, `former`, what is made of the same is taken as it is, and what says the same keeps
 * its mark: most lines do after a poll, and what is made of them is kept then.
 */
export function createSectionWriter(): SectionWriter {
  const scratch = createScratch();
  return function* write(families, state, former) {
    const ends = new Uint32Array(families.length);
    const marks = new Float64Array(families.length);
    const counts = new Uint32Array(families.length * countsPerFamily);
    const bases: (readonly Plain[] | null)[] = [];
    let end = 0;
    for (const [index, family] of families.entries()) {
      const basis = family.basis?.(state) ?? null;
      const kept = former !== undefined && basis !== null && isSameBasis(former.bases[index], basis) ? former : null;
      const start = end;
      if (kept === null) {
        const lines = exposeLines({ ...family, points: family.samples(state) }, 'text');
        counts.set([lines.series, lines.duplicates, lines.notFinite], index * countsPerFamily);
        end += scratch.append(lines.text, start);
        marks[index] = formerMark(former, index, scratch.bytes(start, end)) ?? ++latestMark;
      } else {
        const at = index * countsPerFamily;
        counts.set(kept.counts.subarray(at, at + countsPerFamily), at);
        end += scratch.take(kept.bytes, startOf(kept, index), endOf(kept, index), start);
        marks[index] = kept.marks[index] ?? 0;
      }
      ends[index] = end;
      // The former list where it says the same: it is with what lives long already.
      bases.push(kept?.bases[index] ?? basis);
      yield;
    }
    const [series, duplicates, notFinite] = [total(counts, 0), total(counts, 1), total(counts, 2)];
    return { bytes: scratch.copy(end), ends, marks, bases, counts, series, duplicates, notFinite };
  };
}

function total(counts: Uint32Array, which: number): number {
  let sum = 0;
  for (let at = which; at < counts.length; at += countsPerFamily) sum += counts[at] ?? 0;
  return sum;
}

function isSameBasis(former: readonly Plain[] | null | undefined, basis: readonly Plain[]): boolean {
  if (former === undefined || former === null || former.length !== basis.length) return false;
  for (let index = 0; index < basis.length; index += 1) if (!Object.is(former[index], basis[index])) return false;
  return true;
}

/** Null: these lines are new. */
function formerMark(former: RenderedSection | undefined, family: number, lines: Buffer): number | null {
  if (former === undefined) return null;
  const [start, end] = [startOf(former, family), endOf(former, family)];
  if (end - start !== lines.length) return null;
  return lines.compare(former.bytes, start, end) === 0 ? (former.marks[family] ?? null) : null;
}

interface Scratch {
  /** Returns how many bytes the text is. */
  readonly append: (text: string, at: number) => number;
  /** As `append`, of bytes that are written already. */
  readonly take: (from: Buffer, start: number, end: number, at: number) => number;
  readonly bytes: (start: number, end: number) => Buffer;
  /** Of the first so many bytes. */
  readonly copy: (end: number) => Buffer;
}

/** Grows with the largest section. */
function createScratch(): Scratch {
  let scratch = Buffer.allocUnsafeSlow(64 * 1024);
  const grow = (most: number, used: number): void => {
    if (most <= scratch.length) return;
    const former = scratch;
    scratch = Buffer.allocUnsafeSlow(most * 2);
    former.copy(scratch, 0, 0, used);
  };
  return {
    append: (text, at) => {
      if (text === '') return 0;
      grow(at + text.length * longestUnit, at);
      return scratch.write(text, at);
    },
    take: (from, start, end, at) => {
      grow(at + end - start, at);
      return from.copy(scratch, at, start, end);
    },
    bytes: (start, end) => scratch.subarray(start, end),
    copy: (end) => {
      const bytes = Buffer.allocUnsafeSlow(end);
      scratch.copy(bytes, 0, 0, end);
      return bytes;
    },
  };
}

/** Where the lines of a family begin, the family given by its place. Of every family of every section for each page. */
export function startOf({ ends }: Pick<RenderedSection, 'ends'>, family: number): number {
  return family === 0 ? 0 : (ends[family - 1] ?? 0);
}

export function endOf({ ends }: Pick<RenderedSection, 'ends'>, family: number): number {
  return ends[family] ?? 0;
}
