import { inSteps, type Steps } from '../steps/steps.ts';
import type { Exposition, Format } from './exposition.ts';
import type { Family, State } from './family.ts';
import type { Era, FormerPages } from './former-pages.ts';
import { inOneBlock, type OpenDeflate } from './gzip-member.ts';
import { createBodies, type PageBody } from './page-body.ts';
import { createSectionRenderer, divide, type SectionRenderer, type Sections } from './sections.ts';

/** A page without what the exporter says of itself, in the form that is asked for. */
export type StateBody = { readonly plain: readonly Buffer[] } | { readonly deflated: OpenDeflate };

/** The whole page of a state in one format. Each form is made once, when it is first asked for. */
interface ShownPage {
  readonly plain: () => Promise<readonly Buffer[]>;
  readonly deflated: () => Promise<OpenDeflate>;
}

export interface ShownPagesOptions {
  readonly readState: () => State;
  readonly readFamilies: () => readonly Family[];
  readonly onRendered: (format: Format, counts: Omit<Exposition, 'text'>) => void;
  readonly former: FormerPages<StateBody>;
  readonly monotonicSeconds: () => number;
}

/** The whole page. Both reject with what reading the state or a family throws. */
export interface ShownPages {
  /** Of the present state; while a large one is made, that of the state before it, for a moment. */
  readonly now: (format: Format, isGzip: boolean) => Promise<StateBody>;
  /** Of the present state. */
  readonly made: (format: Format, isGzip: boolean) => Promise<StateBody>;
}

interface Kept {
  readonly era: Era;
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

export function createShownPages(options: ShownPagesOptions): ShownPages {
  const { readState, readFamilies, onRendered, former, monotonicSeconds } = options;
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
    const last = kept.get(format);
    return last?.era.state === readState() && last.families === readFamilies() ? last : null;
  }

  async function make(format: Format): Promise<Kept> {
    const last = present(format);
    if (last !== null) return last;
    const [state, families] = [readState(), readFamilies()];
    const era = former.eraOf(state);
    if (rendering?.families !== families) rendering = startRendering(families);
    const current = rendering;
    const sections = await inSteps('render', sectionsOf(state, current));
    const page = shownPage(current.bodies[format](sections));
    onRendered(format, countsOf(sections));
    const made = { era, families, page };
    kept.set(format, made);
    return made;
  }

  async function keptOf(format: Format): Promise<Kept> {
    const last = present(format);
    if (last !== null) return last;
    // One at a time: they share the sections.
    const made = running.then(
      () => make(format),
      () => make(format),
    );
    running = made;
    return made;
  }

  async function made(format: Format, isGzip: boolean): Promise<StateBody> {
    const startSeconds = monotonicSeconds();
    const { era, families, page } = await keptOf(format);
    const body = isGzip ? { deflated: await page.deflated() } : { plain: await page.plain() };
    const tookSeconds = monotonicSeconds() - startSeconds;
    former.finished(keyOf(format, isGzip), { era, families, body, bytes: plainBytes(body), tookSeconds });
    return body;
  }

  return {
    now: async (format, isGzip) => {
      former.eraOf(readState());
      const passed = former.shown(keyOf(format, isGzip), readFamilies());
      const making = made(format, isGzip);
      if (passed === null) return making;
      // The scrape that waits for it shows the defect.
      making.catch(() => undefined);
      return passed;
    },
    made,
  };
}

function keyOf(format: Format, isGzip: boolean): string {
  return `${format} ${isGzip ? 'gzip' : 'plain'}`;
}

function plainBytes(body: StateBody): number {
  return 'deflated' in body ? body.deflated.sizeBytes : body.plain.reduce((sum, { length }) => sum + length, 0);
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
      deflated ??= body.deflated().then(inOneBlock);
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
