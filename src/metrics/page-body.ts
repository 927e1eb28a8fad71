import { areSame } from '../link/is-equal.ts';
import { type Format, familyHead } from './exposition.ts';
import { joinDeflated, nothingDeflated, type OpenDeflate, openDeflate } from './gzip-member.ts';
import { type Plan, planOf, type Slot } from './page-slots.ts';
import { linesOf } from './render-section.ts';
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
  readonly sections: readonly Section[];
  readonly fill: () => Buffer;
  plain: Buffer | null;
  deflated: Promise<OpenDeflate> | null;
}

/** Creates what makes one page after another in one format: of each only the pieces that have changed since the one before. */
export function createBodies(divided: Divided, format: Format): (sections: Sections) => PageBody {
  const heads = divided.all.map(({ family }) => Buffer.from(familyHead(family, format)));
  const headPieces = heads.map(
    (head): Piece => ({ slot: 'head', sections: [], fill: () => head, plain: head, deflated: null }),
  );
  let plan: Plan | null = null;
  let pieces: ReadonlyMap<Slot, Piece> = new Map();

  function linesIn(place: number, sections: readonly Section[]): readonly Buffer[] {
    const own = divided.all[place]?.place ?? 0;
    return sections.flatMap((section) => {
      const [start, end] = linesOf(section, own);
      return end > start ? [section.bytes.subarray(start, end)] : [];
    });
  }

  function pieceOf(slot: Slot, sections: Sections): Piece {
    const own = sectionsIn(slot, divided, sections);
    const former = pieces.get(slot);
    if (former !== undefined && areSame(former.sections, own)) return former;
    const fill = (): Buffer =>
      Buffer.concat(
        slot.kind === 'lines'
          ? linesIn(slot.place, own)
          : slot.places.flatMap((place) => {
              const lines = linesIn(place, sections[divided.all[place]?.scope ?? 'state']);
              return lines.length === 0 ? [] : [heads[place] ?? nothing, ...lines];
            }),
      );
    return { slot, sections: own, fill, plain: null, deflated: null };
  }

  return (sections) => {
    plan = planOf(plan, divided, sections);
    const { slots } = plan;
    const current = slots.map((slot) => pieceOf(slot, sections));
    pieces = new Map(slots.map((slot, index) => [slot, current[index] as Piece]));
    const inOrder = withHeads(current, headPieces);
    return {
      plain: () => plainOf(inOrder),
      deflated: async () => {
        const parts: OpenDeflate[] = [];
        // One after another: more at a time would take the threads that names and files need.
        for (const piece of inOrder) parts.push(await deflatedOf(piece));
        return joinDeflated(parts);
      },
    };
  };
}

const nothing = Buffer.alloc(0);

function sectionsIn(slot: Slot, divided: Divided, sections: Sections): readonly Section[] {
  if (slot.kind === 'families') return slot.scopes.flatMap((scope) => sections[scope]);
  return sections[divided.all[slot.place]?.scope ?? 'state'].slice(slot.from, slot.to);
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

/** What is compressed is not kept plain besides, unless somebody asked for it. */
function deflatedOf(piece: Piece): Promise<OpenDeflate> | OpenDeflate {
  if (piece.deflated === null) {
    const plain = piece.plain ?? piece.fill();
    if (plain.length === 0) return nothingDeflated;
    piece.deflated = openDeflate(plain);
  }
  return piece.deflated;
}
