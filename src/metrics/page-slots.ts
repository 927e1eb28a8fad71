import { endOf, startOf } from './render-section.ts';
import type { Divided, Section, Sections } from './sections.ts';

/** A piece of the page: some small families whole, with their heads, or of a large one the lines of some sections. */
export type Slot =
  | { readonly kind: 'families'; readonly places: readonly number[] }
  | { readonly kind: 'lines'; readonly place: number; readonly from: number; readonly to: number };

/** How a page is divided into pieces, as long as its families are about as large. */
export interface Plan {
  readonly slots: readonly Slot[];
  /** Bytes of each family when this was made. */
  readonly sizes: readonly number[];
  readonly counts: string;
}

/** What is compressed at a time: smaller pieces compress worse, of larger ones more is compressed again in vain. */
const pieceBytes = 48 * 1024;

/** The former plan where it still does. */
export function planOf(former: Plan | null, divided: Divided, sections: Sections): Plan {
  const sizes = divided.all.map(({ scope, place }) => bytesOf(sections[scope], place));
  const counts = Object.values(sections)
    .map((all) => all.length)
    .join(' ');
  if (former?.counts === counts && sizes.every((size, index) => isNear(former.sizes[index] ?? 0, size))) return former;
  return { slots: slotsOf(divided, sections, sizes), sizes, counts };
}

function isNear(planned: number, size: number): boolean {
  return size <= 2 * planned + pieceBytes && size >= planned / 4;
}

function bytesOf(sections: readonly Section[], place: number): number {
  let bytes = 0;
  for (const section of sections) bytes += endOf(section, place) - startOf(section, place);
  return bytes;
}

function slotsOf(divided: Divided, sections: Sections, sizes: readonly number[]): readonly Slot[] {
  const slots: Slot[] = [];
  let places: number[] = [];
  let bytes = 0;
  const close = (): void => {
    if (places.length > 0) slots.push({ kind: 'families', places });
    [places, bytes] = [[], 0];
  };
  for (const [place, { scope }] of divided.all.entries()) {
    const size = sizes[place] ?? 0;
    if (size < pieceBytes) {
      if (bytes + size > pieceBytes) close();
      places.push(place);
      bytes += size;
      continue;
    }
    close();
    const count = sections[scope].length;
    const step = Math.max(1, Math.ceil((count * pieceBytes) / size));
    for (let from = 0; from < count; from += step) slots.push({ kind: 'lines', place, from, to: from + step });
  }
  close();
  return slots;
}
