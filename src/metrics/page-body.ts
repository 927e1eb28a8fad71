import { type Format, familyHead } from './exposition.ts';
import { joinDeflated, nothingDeflated, type OpenDeflate, openDeflate } from './gzip-member.ts';
import { type Plan, planOf, type Slot } from './page-slots.ts';
import { endOf, startOf } from './render-section.ts';
import type { Divided, Section, Sections } from './sections.ts';

/** The page of one state in one format, without what the exporter says of itself: the same objects for every scrape. */
export interface PageBody {
  /** A step for each piece that has changed. */
  readonly plain: () => Generator<void, readonly Buffer[], void>;
  readonly deflated: () => Promise<OpenDeflate>;
}

/** A piece of the page. Its bytes are copied together from the sections when they are asked for, and kept in one form. */
interface Piece {
  readonly slot: Slot | 'head';
  /** Of all lines in it: a piece of the same lines is the same. */
  readonly marks: Float64Array;
  readonly fill: () => Buffer;
  plain: Buffer | null;
  deflated: Promise<OpenDeflate> | null;
}

/** Creates what makes one page after another in one format: of each only the pieces that have changed since the one before. */
export function createBodies(divided: Divided, format: Format): (sections: Sections) => PageBody {
  const heads = divided.all.map(({ family }) => Buffer.from(familyHead(family, format)));
  const headPieces = heads.map(
    (head): Piece => ({ slot: 'head', marks: noMarks, fill: () => head, plain: head, deflated: null }),
  );
  let plan: Plan | null = null;
  let pieces: ReadonlyMap<Slot, Piece> = new Map();

  function spansOf(slot: Slot, sections: Sections): readonly Span[] {
    const span = (place: number, own: readonly Section[], head: Buffer | null): Span => {
      return { family: divided.all[place]?.place ?? 0, sections: own, head };
    };
    if (slot.kind === 'lines') return [span(slot.place, sectionsIn(slot, divided, sections), null)];
    return slot.places.map((place) =>
      span(place, sections[divided.all[place]?.scope ?? 'state'], heads[place] ?? nothing),
    );
  }

  function pieceOf(slot: Slot, sections: Sections): Piece {
    const fill = (): Buffer => joined(spansOf(slot, sections));
    const marks = marksOf(slot, divided, sections);
    const former = pieces.get(slot);
    // With the sections of now, so that those before can be forgotten.
    if (former !== undefined && areSameMarks(former.marks, marks)) return { ...former, fill };
    return { slot, marks, fill, plain: null, deflated: null };
  }

  return (sections) => {
    plan = planOf(plan, divided, sections);
    const { slots } = plan;
    const current = slots.map((slot) => pieceOf(slot, sections));
    pieces = new Map(slots.map((slot, index) => [slot, current[index] as Piece]));
    const inOrder = withHeads(current, headPieces);
    return {
      plain: () => plainOf(inOrder),
      deflated: async () => joinDeflated(await deflatedParts(inOrder)),
    };
  };
}

const nothing = Buffer.alloc(0);

/** The lines of one family in some sections, below its head where that is part of the piece. */
interface Span {
  readonly family: number;
  readonly sections: readonly Section[];
  readonly head: Buffer | null;
}

function bytesOf({ family, sections }: Span): number {
  let bytes = 0;
  for (const section of sections) bytes += endOf(section, family) - startOf(section, family);
  return bytes;
}

/** A head without lines is left out. Copied in one go: with hundreds of sections a view of each would cost more than its bytes. */
function joined(spans: readonly Span[]): Buffer {
  const shown = spans.filter((span) => bytesOf(span) > 0);
  const bytes = shown.reduce((sum, span) => sum + bytesOf(span) + (span.head?.length ?? 0), 0);
  const piece = Buffer.allocUnsafeSlow(bytes);
  let at = 0;
  for (const { family, sections, head } of shown) {
    if (head !== null) at += head.copy(piece, at);
    for (const section of sections) {
      const [start, end] = [startOf(section, family), endOf(section, family)];
      if (end > start) at += section.bytes.copy(piece, at, start, end);
    }
  }
  return piece;
}

const noMarks = new Float64Array();

function sectionsIn(slot: LinesSlot, divided: Divided, sections: Sections): readonly Section[] {
  return sections[divided.all[slot.place]?.scope ?? 'state'].slice(slot.from, slot.to);
}

type LinesSlot = Extract<Slot, { kind: 'lines' }>;

function marksOf(slot: Slot, divided: Divided, sections: Sections): Float64Array {
  const spans = (slot.kind === 'lines' ? [slot.place] : slot.places).map((at) => {
    const { scope, place } = divided.all[at] ?? noPlace;
    return { place, own: slot.kind === 'lines' ? sectionsIn(slot, divided, sections) : sections[scope] };
  });
  const marks = new Float64Array(spans.reduce((sum, { own }) => sum + own.length, 0));
  let index = 0;
  for (const { place, own } of spans) {
    for (const section of own) {
      marks[index] = section.marks[place] ?? 0;
      index += 1;
    }
  }
  return marks;
}

const noPlace = { scope: 'state', place: 0 } as const;

/** Marks are of one section and never used again: the same ones are those of the same lines in the same order. */
function areSameMarks(one: Float64Array, other: Float64Array): boolean {
  if (one.length !== other.length) return false;
  for (let index = 0; index < one.length; index += 1) if (one[index] !== other[index]) return false;
  return true;
}

/** The head of a family that is divided comes before its first piece: as long as the plan is good it has lines. */
function withHeads(pieces: readonly Piece[], heads: readonly Piece[]): readonly Piece[] {
  const headed = new Set<number>();
  return pieces.flatMap((piece) => {
    const { slot } = piece;
    if (slot === 'head' || slot.kind === 'families' || headed.has(slot.place)) return [piece];
    headed.add(slot.place);
    return [heads[slot.place] as Piece, piece];
  });
}

function* plainOf(pieces: readonly Piece[]): Generator<void, readonly Buffer[], void> {
  const all: Buffer[] = [];
  for (const piece of pieces) {
    if (piece.plain === null) {
      piece.plain = piece.fill();
      yield;
    }
    if (piece.plain.length > 0) all.push(piece.plain);
  }
  return all;
}

/** More would take the threads that files need: there are sixteen, of which what hangs keeps ten at most (src/early.js). */
const atATime = 3;

/** Some at a time: where the loop has much to do, each waits longer for its turn than it takes. */
async function deflatedParts(pieces: readonly Piece[]): Promise<readonly OpenDeflate[]> {
  const parts: OpenDeflate[] = [];
  // One iterator for all: who is done takes the next.
  const left = pieces.entries();
  const work = async (): Promise<void> => {
    for (const [index, piece] of left) parts[index] = await deflatedOf(piece);
  };
  await Promise.all(Array.from({ length: atATime }, work));
  return parts;
}

/** What is compressed is not kept plain besides, unless somebody asked for it. */
function deflatedOf(piece: Piece): Promise<OpenDeflate> | OpenDeflate {
  if (piece.deflated === null) {
    const plain = piece.plain ?? piece.fill();
    if (plain.length === 0) return nothingDeflated;
    piece.deflated = openDeflate(plain);
  }
  return piece.deflated;
}
