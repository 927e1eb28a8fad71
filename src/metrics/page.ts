import { catalogue } from './catalogue.ts';
import { exporterFamilies } from './exporter-families.ts';
import type { ExporterMetrics } from './exporter-metrics.ts';
import { type ExposedFamily, endMark, expose, type Format } from './exposition.ts';
import type { Family, State } from './family.ts';
import { gzipMember, type OpenDeflate, openDeflate } from './gzip-member.ts';
import { acceptsGzip, negotiateFormat } from './negotiate.ts';
import { createPartRenderer } from './render-parts.ts';
import { createSelectedStates } from './selected-states.ts';
import { type Selection, wholePage } from './selection.ts';

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

export interface PageOptions {
  /** The present state: the same object until something changes, since that is how a change is seen. */
  readonly readState: () => State;
  readonly metrics: ExporterMetrics;
  /** The state families; the catalogue unless given. */
  readonly families?: readonly Family[];
}

/** The state part in one format. It is compressed when first asked for, once. */
interface RenderedState {
  readonly state: State;
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
 * Creates the page. What is about servers and links is rendered at most once per change of state and format, and of it only
 * what has changed; each scrape adds the exporter's own few lines.
 */
export function createPage({ readState, metrics, families = catalogue }: PageOptions): MetricsPage {
  const rendered = new Map<Format, RenderedState>();
  const renderers = {
    text: createPartRenderer(families, 'text'),
    openmetrics: createPartRenderer(families, 'openmetrics'),
  } satisfies Record<Format, unknown>;
  const demands = new Map<Format, Demand>();
  const selections = createSelectedStates<RenderedState>();

  function stateIn(format: Format): RenderedState {
    const state = readState();
    const former = rendered.get(format);
    if (former?.state === state) return former;
    const { text, ...counts } = renderers[format](state);
    metrics.pageRendered(format, counts);
    const current: RenderedState = { state, body: Buffer.from(text), deflated: null };
    rendered.set(format, current);
    return current;
  }

  /** A part of the state, rendered once per change of that part. */
  function selected({ hasState, servers }: Selection, format: Format): RenderedState {
    return selections.of(format, { state: readState(), servers: hasState ? (servers ?? []) : null }, (state) => {
      const { text } = expose(stateFamilies(families, state), format);
      return { state, body: Buffer.from(text), deflated: null };
    });
  }

  async function prepareFormat(format: Format, { isGzip, idleChanges }: Demand): Promise<void> {
    demands.set(format, { isGzip, idleChanges: idleChanges + 1 });
    if (idleChanges >= readyRounds * readState().servers.length) return;
    const state = stateIn(format);
    if (isGzip) await deflatedOf(state);
  }

  return {
    answer: async ({ accept, acceptEncoding, selection = wholePage }) => {
      const { format, contentType } = negotiateFormat(accept);
      const isGzip = acceptsGzip(acceptEncoding);
      const isShared = selection.hasState && selection.servers === null;
      if (isShared) demands.set(format, { isGzip, idleChanges: 0 });
      const state = isShared ? stateIn(format) : selected(selection, format);
      const own = selection.hasOwn ? await ownPart(metrics, format) : Buffer.from(endMark[format]);
      if (!isGzip) return { contentType, contentEncoding: null, body: [state.body, own] };
      return { contentType, contentEncoding: 'gzip', body: await gzipMember(await deflatedOf(state), own) };
    },
    prepare: async () => {
      await Promise.allSettled([...demands].map(([format, demand]) => prepareFormat(format, demand)));
    },
  };
}

function deflatedOf(state: RenderedState): Promise<OpenDeflate> {
  state.deflated ??= openDeflate(state.body);
  return state.deflated;
}

/** A state's families, ready to be written. */
export function* stateFamilies(families: readonly Family[], state: State): Generator<ExposedFamily> {
  for (const { name, help, type, labels, samples } of families) {
    const points = Iterator.from(samples(state)).map((sample) => ({ suffix: '', ...sample }));
    yield { name, help, type, labels, points };
  }
}

async function ownPart(metrics: ExporterMetrics, format: Format): Promise<Buffer> {
  const { text } = expose(await exporterFamilies(metrics.registry), format);
  return Buffer.from(text + endMark[format]);
}
