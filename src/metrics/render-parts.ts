import { type Exposition, exposeLines, type FamilyLines, type Format, familyHead, noLines } from './exposition.ts';
import type { Family, State } from './family.ts';
import { isSamePart, type Part, partsOf } from './parts.ts';

/** The lines of each family that are about one part. */
interface RenderedPart {
  readonly part: Part;
  readonly lines: readonly FamilyLines[];
}

/**
 * Creates a renderer that remembers what it wrote last and renders only the parts of a state that have changed since: of
 * hundreds of servers a few have been polled between two scrapes.
 */
export function createPartRenderer(families: readonly Family[], format: Format): (state: State) => Exposition {
  let known = new Map<string, RenderedPart>();

  return (state) => {
    const rendered = partsOf(state).map((part): RenderedPart => {
      const before = known.get(part.key);
      if (before !== undefined && isSamePart(before.part, part)) return before;
      return { part, lines: families.map((family) => (isOfParts(family) ? linesOf(family, part, format) : noLines)) };
    });
    known = new Map(rendered.map((each) => [each.part.key, each]));
    const written = families.map((family, index): readonly FamilyLines[] =>
      isOfParts(family) ? rendered.map(({ lines }) => lines[index] ?? noLines) : [linesOf(family, state, format)],
    );
    return {
      text: families.map((family, index) => textOf(family, written[index] ?? [], format)).join(''),
      series: total(written, 'series'),
      duplicates: total(written, 'duplicates'),
      notFinite: total(written, 'notFinite'),
    };
  };
}

/** Whether each series names what it is about: two parts can't both have it then. Of others all servers and links decide. */
function isOfParts({ labels }: Family): boolean {
  return labels.includes('server') || (labels.includes('link') && labels.includes('managed_instance'));
}

function linesOf(family: Family, state: State, format: Format): FamilyLines {
  const points = Iterator.from(family.samples(state)).map((sample) => ({ suffix: '', ...sample }));
  return exposeLines({ ...family, points }, format);
}

function textOf(family: Family, fragments: readonly FamilyLines[], format: Format): string {
  const text = fragments.map((fragment) => fragment.text).join('');
  return text === '' ? '' : familyHead(family, format) + text;
}

function total(written: readonly (readonly FamilyLines[])[], count: 'series' | 'duplicates' | 'notFinite'): number {
  return written.reduce((sum, fragments) => fragments.reduce((inner, lines) => inner + lines[count], sum), 0);
}
