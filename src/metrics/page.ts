import { catalogue } from './catalogue.ts';
import { exporterFamilies } from './exporter-families.ts';
import type { ExporterMetrics } from './exporter-metrics.ts';
import { type ExposedFamily, endMark, expose, type Format } from './exposition.ts';
import type { Family, State } from './family.ts';
import { gzipMember, type OpenDeflate, openDeflate } from './gzip-member.ts';
import { acceptsGzip, negotiateFormat } from './negotiate.ts';

/** The headers of a request that decide on the form of the page. */
export interface PageRequest {
  readonly accept?: string | undefined;
  readonly acceptEncoding?: string | undefined;
}

/** A whole answer of /metrics. */
export interface PageAnswer {
  readonly contentType: string;
  readonly contentEncoding: 'gzip' | null;
  readonly body: Buffer;
}

/** /metrics without HTTP. */
export interface MetricsPage {
  readonly answer: (request: PageRequest) => Promise<PageAnswer>;
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

/**
 * Creates the page. What is about servers and links is rendered, and compressed, once per change of state and format, when
 * the first scrape after the change asks for it; each scrape adds the exporter's own few lines.
 */
export function createPage({ readState, metrics, families = catalogue }: PageOptions): MetricsPage {
  const rendered = new Map<Format, RenderedState>();

  function stateIn(format: Format): RenderedState {
    const state = readState();
    const former = rendered.get(format);
    if (former?.state === state) return former;
    const { text, ...counts } = expose(stateFamilies(families, state), format);
    metrics.pageRendered(format, counts);
    const current: RenderedState = { state, body: Buffer.from(text), deflated: null };
    rendered.set(format, current);
    return current;
  }

  return {
    answer: async ({ accept, acceptEncoding }) => {
      const { format, contentType } = negotiateFormat(accept);
      const state = stateIn(format);
      const own = await ownPart(metrics, format);
      if (!acceptsGzip(acceptEncoding)) {
        return { contentType, contentEncoding: null, body: Buffer.concat([state.body, own]) };
      }
      state.deflated ??= openDeflate(state.body);
      return { contentType, contentEncoding: 'gzip', body: await gzipMember(await state.deflated, own) };
    },
  };
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
