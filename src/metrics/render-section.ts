import { exposeLines } from './exposition.ts';
import type { Family, State } from './family.ts';

/** What was written of one part of a state: the lines of some families, one family after another, held once as bytes. */
export interface RenderedSection {
  readonly bytes: Buffer;
  /** Where the lines of each family end in `bytes`. */
  readonly ends: Uint32Array;
  /** A number for each family's lines here: the same as in a former rendering of the same section means the same bytes. */
  readonly marks: Float64Array;
  readonly series: number;
  readonly duplicates: number;
  readonly notFinite: number;
}

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
 * was written of the same part before, `former`, what says the same keeps its mark: most lines do after a poll, and what is
 * made of them is kept then.
 */
export function createSectionWriter(): SectionWriter {
  const scratch = createScratch();
  return function* write(families, state, former) {
    const ends = new Uint32Array(families.length);
    const marks = new Float64Array(families.length);
    const counts = { series: 0, duplicates: 0, notFinite: 0 };
    let end = 0;
    for (const [index, family] of families.entries()) {
      const { text, series, duplicates, notFinite } = exposeLines({ ...family, points: family.samples(state) }, 'text');
      const start = end;
      end += scratch.append(text, start);
      ends[index] = end;
      marks[index] = formerMark(former, index, scratch.bytes(start, end)) ?? ++latestMark;
      counts.series += series;
      counts.duplicates += duplicates;
      counts.notFinite += notFinite;
      yield;
    }
    return { bytes: scratch.copy(end), ends, marks, ...counts };
  };
}

/** Null: these lines are new. */
function formerMark(former: RenderedSection | undefined, family: number, lines: Buffer): number | null {
  if (former === undefined) return null;
  const [start, end] = linesOf(former, family);
  if (end - start !== lines.length) return null;
  return lines.compare(former.bytes, start, end) === 0 ? (former.marks[family] ?? null) : null;
}

interface Scratch {
  /** Returns how many bytes the text is. */
  readonly append: (text: string, at: number) => number;
  readonly bytes: (start: number, end: number) => Buffer;
  /** Of the first so many bytes. */
  readonly copy: (end: number) => Buffer;
}

/** Grows with the largest section. */
function createScratch(): Scratch {
  let scratch = Buffer.allocUnsafeSlow(64 * 1024);
  return {
    append: (text, at) => {
      if (text === '') return 0;
      const most = at + text.length * longestUnit;
      if (most > scratch.length) {
        const former = scratch;
        scratch = Buffer.allocUnsafeSlow(most * 2);
        former.copy(scratch, 0, 0, at);
      }
      return scratch.write(text, at);
    },
    bytes: (start, end) => scratch.subarray(start, end),
    copy: (end) => {
      const bytes = Buffer.allocUnsafeSlow(end);
      scratch.copy(bytes, 0, 0, end);
      return bytes;
    },
  };
}

/** Where the lines of a family are, the family given by its place. */
export function linesOf({ ends }: RenderedSection, family: number): readonly [start: number, end: number] {
  return [family === 0 ? 0 : (ends[family - 1] ?? 0), ends[family] ?? 0];
}
