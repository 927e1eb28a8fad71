import { catalogue } from './catalogue.ts';
import type { ExporterMetrics } from './exporter-metrics.ts';
import { type ExposedFamily, endMark, expose, type Format } from './exposition.ts';
import type { Family, State } from './family.ts';
import { createFormerPages } from './former-pages.ts';
import { gzipMember, type OpenDeflate, openDeflate } from './gzip-member.ts';
import { acceptsGzip, negotiateFormat } from './negotiate.ts';
import { createScrapeRhythm } from './scrape-rhythm.ts';
import { createSelectedStates, type Selection, wholePage } from './selection.ts';
import { createShownPages, type StateBody } from './shown-pages.ts';

/** What of a request decides on the page and its form. */
export interface PageRequest {
  readonly accept?: string | undefined;
  readonly acceptEncoding?: string | undefined;
  /** The whole page unless given. */
  readonly selection?: Selection;
}

/** A whole answer of /metrics. */
export interface PageAnswer {
  readonly contentType: string;
  readonly contentEncoding: 'gzip' | null;
  /** To be sent one after the other. The large ones are the same objects in every answer of a state. */
  readonly body: readonly Buffer[];
}

/** /metrics without HTTP. */
export interface MetricsPage {
  readonly answer: (request: PageRequest) => Promise<PageAnswer>;
  /**
   * To be called after a change of state: renders and compresses ahead, in the forms that scrapes ask for, so that the next
   * scrape finds the page ready. Without it that scrape renders. Never rejects: a defect is left to the scrape, which shows it.
   */
  readonly prepare: () => Promise<void>;
}

/** A page that knows who scrapes it. */
export interface AwaitedPage extends MetricsPage {
  /** To be called at once after each change of state: without it no page is shown whose state has passed. */
  readonly stateChanged: () => void;
  /** To be called after a reload: no page of before is shown any more. */
  readonly reloaded: () => void;
  /** In how many seconds a scrape of the whole page is expected, by those before; null: nobody knows. */
  readonly scrapeExpectedInSeconds: () => number | null;
}

export interface PageOptions {
  /** The present state: the same object until something changes, since that is how a change is seen. */
  readonly readState: () => State;
  readonly metrics: ExporterMetrics;
  /** The state families: the same array until others are to be shown. The catalogue unless given. */
  readonly readFamilies?: () => readonly Family[];
  /** Seconds that only ever go forward; without them no scrape is expected. */
  readonly monotonicSeconds?: () => number;
  /** In force; 15 unless given. */
  readonly pollIntervalSeconds?: () => number;
}

/** The page of some servers, or of none. It is compressed when first asked for, once. */
interface SelectedPage {
  readonly families: readonly Family[];
  readonly body: Buffer;
  deflated: Promise<OpenDeflate> | null;
}

/** What scrapes ask for in one format, and the number of changes since the last of them. */
interface Demand {
  readonly isGzip: boolean;
  readonly idleChanges: number;
}

/** A format is kept ready over this many rounds of polls without a scrape: two minutes and more at common intervals. */
const readyRounds = 10;

/**
 * Creates the page. What is about servers and links is rendered at most once per change of state, and of it only what has
 * changed; each scrape adds the exporter's own few lines.
 */
export function createPage(options: PageOptions): AwaitedPage {
  const { readState, metrics, readFamilies = () => catalogue } = options;
  const { monotonicSeconds = () => 0, pollIntervalSeconds = () => 15 } = options;
  const rhythm = createScrapeRhythm();
  const former = createFormerPages<StateBody>({ monotonicSeconds, pollIntervalSeconds });
  const onRendered = metrics.pageRendered;
  const shown = createShownPages({ readState, readFamilies, onRendered, former, monotonicSeconds });
  const demands = new Map<Format, Demand>();
  const selections = createSelectedStates<SelectedPage>();

  /** A part of the state, rendered once per change of that part. */
  function selected({ hasState, servers }: Selection, format: Format): SelectedPage {
    const families = readFamilies();
    const names = hasState ? (servers ?? []) : null;
    return selections.of(format, { state: readState(), servers: names, families }, (state) => {
      const { text } = expose(stateFamilies(families, state), format);
      return { families, body: Buffer.from(text), deflated: null };
    });
  }

  async function prepareFormat(format: Format, { isGzip, idleChanges }: Demand): Promise<void> {
    demands.set(format, { isGzip, idleChanges: idleChanges + 1 });
    if (idleChanges >= readyRounds * readState().servers.length) return;
    await shown.made(format, isGzip);
  }

  async function stateBody(format: Format, isGzip: boolean, selection: Selection): Promise<StateBody> {
    if (!selection.hasState || selection.servers !== null) {
      const page = selected(selection, format);
      if (!isGzip) return { plain: [page.body] };
      page.deflated ??= openDeflate(page.body);
      return { deflated: await page.deflated };
    }
    demands.set(format, { isGzip, idleChanges: 0 });
    rhythm.note(monotonicSeconds());
    return shown.now(format, isGzip);
  }

  function stateChanged(): void {
    try {
      former.changed(readState());
    } catch {
      // The next scrape shows it, and nothing of before.
      former.forget();
    }
  }

  return {
    answer: async ({ accept, acceptEncoding, selection = wholePage }) => {
      const { format, contentType } = negotiateFormat(accept);
      const state = await stateBody(format, acceptsGzip(acceptEncoding), selection);
      const own = selection.hasOwn ? await ownPart(metrics, format) : Buffer.from(endMark[format]);
      return 'plain' in state
        ? { contentType, contentEncoding: null, body: [...state.plain, own] }
        : { contentType, contentEncoding: 'gzip', body: gzipMember(state.deflated, own) };
    },
    prepare: async () => {
      await Promise.allSettled([...demands].map(([format, demand]) => prepareFormat(format, demand)));
    },
    stateChanged,
    reloaded: former.forget,
    scrapeExpectedInSeconds: () => rhythm.expectedInSeconds(monotonicSeconds()),
  };
}

/** A state's families, ready to be written. */
export function* stateFamilies(families: readonly Family[], state: State): Generator<ExposedFamily> {
  for (const { name, help, type, labels, samples } of families) {
    yield { name, help, type, labels, points: samples(state) };
  }
}

async function ownPart(metrics: ExporterMetrics, format: Format): Promise<Buffer> {
  return Buffer.from((await metrics.text(format)) + endMark[format]);
}
