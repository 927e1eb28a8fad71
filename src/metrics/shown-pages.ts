import { inSteps, type Steps } from '../steps/steps.ts';
import type { Exposition, Format } from './exposition.ts';
import type { Family, State } from './family.ts';
import type { OpenDeflate } from './gzip-member.ts';
import { createBodies, type PageBody } from './page-body.ts';
import { createSectionRenderer, divide, type SectionRenderer, type Sections } from './sections.ts';

/** The whole page of a state in one format. Each form is made once, when it is first asked for. */
export interface ShownPage {
  readonly plain: () => Promise<readonly Buffer[]>;
  readonly deflated: () => Promise<OpenDeflate>;
}

export interface ShownPagesOptions {
  readonly readState: () => State;
  readonly readFamilies: () => readonly Family[];
  readonly onRendered: (format: Format, counts: Omit<Exposition, 'text'>) => void;
}

/** The pages of the present state. */
export interface ShownPages {
  /** Rejects with what reading the state or a family throws. */
  readonly of: (format: Format) => Promise<ShownPage>;
}

interface Kept {
  readonly state: State;
  readonly families: readonly Family[];
  readonly page: ShownPage;
}

/** What renders the families in force, and the sections that it made last. */
interface Rendering {
  readonly families: readonly Family[];
  readonly renderer: SectionRenderer;
  readonly bodies: Readonly<Record<Format, (sections: Sections) => PageBody>>;
  last: { readonly state: State; readonly sections: Sections } | null;
}

export function createShownPages({ readState, readFamilies, onRendered }: ShownPagesOptions): ShownPages {
  const kept = new Map<Format, Kept>();
  let rendering: Rendering | null = null;
  let running: Promise<unknown> = Promise.resolve();

  function* sectionsOf(state: State, current: Rendering): Steps<Sections> {
    if (current.last?.state === state) return current.last.sections;
    const { sections } = yield* current.renderer.render(state);
    current.last = { state, sections };
    return sections;
  }

  function present(format: Format): Kept | null {
    const former = kept.get(format);
    return former?.state === readState() && former.families === readFamilies() ? former : null;
  }

  async function make(format: Format): Promise<ShownPage> {
    const former = present(format);
    if (former !== null) return former.page;
    const [state, families] = [readState(), readFamilies()];
    if (rendering?.families !== families) rendering = startRendering(families);
    const current = rendering;
    const sections = await inSteps('render', sectionsOf(state, current));
    const page = shownPage(current.bodies[format](sections));
    onRendered(format, countsOf(sections));
    kept.set(format, { state, families, page });
    return page;
  }

  return {
    of: async (format) => {
      const former = present(format);
      if (former !== null) return former.page;
      // One at a time: they share the sections.
      const made = running.then(
        () => make(format),
        () => make(format),
      );
      running = made;
      return made;
    },
  };
}

function startRendering(families: readonly Family[]): Rendering {
  const divided = divide(families);
  const bodies = { text: createBodies(divided, 'text'), openmetrics: createBodies(divided, 'openmetrics') };
  return { families, renderer: createSectionRenderer(divided), bodies, last: null };
}

function shownPage(body: PageBody): ShownPage {
  let plain: Promise<readonly Buffer[]> | null = null;
  let deflated: Promise<OpenDeflate> | null = null;
  return {
    plain: () => {
      plain ??= inSteps('join', body.plain());
      return plain;
    },
    deflated: () => {
      deflated ??= body.deflated();
      return deflated;
    },
  };
}

function countsOf(sections: Sections): Omit<Exposition, 'text'> {
  const all = Object.values(sections).flat();
  const total = (count: 'series' | 'duplicates' | 'notFinite'): number =>
    all.reduce((sum, section) => sum + section[count], 0);
  return { series: total('series'), duplicates: total('duplicates'), notFinite: total('notFinite') };
}
