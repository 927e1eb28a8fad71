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

/** Grows with the largest section, and is written to by one after another. */
let scratch = Buffer.allocUnsafeSlow(64 * 1024);

/** Most bytes that one UTF-16 code unit takes in UTF-8. */
const longestUnit = 3;

let latestMark = 0;

/**
 * Writes the lines of these families. They are the same in both formats: no state family is a histogram. `former`: what was
 * written of the same part before; most lines say the same after a poll, and what is made of them is kept then.
 */
export function renderSection(
  families: readonly Family[],
  state: State,
  former: RenderedSection | undefined,
): RenderedSection {
  const ends = new Uint32Array(families.length);
  const marks = new Float64Array(families.length);
  const counts = { series: 0, duplicates: 0, notFinite: 0 };
  let end = 0;
  for (const [index, family] of families.entries()) {
    const { text, series, duplicates, notFinite } = exposeLines({ ...family, points: family.samples(state) }, 'text');
    const start = end;
    end += append(text, start);
    ends[index] = end;
    marks[index] = formerMark(former, index, start, end) ?? ++latestMark;
    counts.series += series;
    counts.duplicates += duplicates;
    counts.notFinite += notFinite;
  }
  const bytes = Buffer.allocUnsafeSlow(end);
  scratch.copy(bytes, 0, 0, end);
  return { bytes, ends, marks, ...counts };
}

/** Null: these lines are new. */
function formerMark(former: RenderedSection | undefined, family: number, start: number, end: number): number | null {
  if (former === undefined) return null;
  const [formerStart, formerEnd] = linesOf(former, family);
  if (formerEnd - formerStart !== end - start) return null;
  const isSame = scratch.compare(former.bytes, formerStart, formerEnd, start, end) === 0;
  return isSame ? (former.marks[family] ?? null) : null;
}

function append(text: string, at: number): number {
  if (text === '') return 0;
  const most = at + text.length * longestUnit;
  if (most > scratch.length) {
    const former = scratch;
    scratch = Buffer.allocUnsafeSlow(most * 2);
    former.copy(scratch, 0, 0, at);
  }
  return scratch.write(text, at);
}

/** Where the lines of a family are, the family given by its place. */
export function linesOf({ ends }: RenderedSection, family: number): readonly [start: number, end: number] {
  return [family === 0 ? 0 : (ends[family - 1] ?? 0), ends[family] ?? 0];
}
