import type { Format } from './exposition.ts';

/** What to answer with: which text, and the Content-Type header that says so. */
export interface Negotiated {
  readonly format: Format;
  readonly contentType: string;
}

interface Clause {
  readonly value: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly quality: number;
}

const text004: Negotiated = { format: 'text', contentType: 'text/plain; version=0.0.4; charset=utf-8' };

/** Headers are short; what is longer than this isn't read further. */
const maximumClauses = 64;

/**
 * Picks the format for an Accept header as Prometheus sends it: the clause with the highest weight that names one of our
 * formats, the first of equals. Text 0.0.4 is also the last resort, as Prometheus' "Scrape protocol content negotiation" says.
 */
export function negotiateFormat(accept: string | undefined): Negotiated {
  const clauses = parseClauses(accept ?? '');
  const byWeight = clauses.filter(({ quality }) => quality > 0).sort((a, b) => b.quality - a.quality);
  for (const clause of byWeight) {
    const answer = answerTo(clause);
    if (answer) return answer;
  }
  return text004;
}

/** Whether the answer is compressed: gzip must be named (or `*`), not refused with q=0, and not liked less than identity. */
export function acceptsGzip(acceptEncoding: string | undefined): boolean {
  const clauses = parseClauses(acceptEncoding ?? '');
  const qualityOf = (...names: readonly string[]): number | undefined =>
    clauses.find(({ value }) => names.includes(value))?.quality;
  const gzip = qualityOf('gzip', 'x-gzip') ?? qualityOf('*') ?? 0;
  return gzip > 0 && gzip >= (qualityOf('identity') ?? 0);
}

function answerTo({ value, parameters }: Clause): Negotiated | null {
  const version = parameters.get('version');
  if (value === 'application/openmetrics-text' || value === 'application/*') {
    const isOurs = version === undefined || version === '1.0.0';
    return isOurs
      ? { format: 'openmetrics', contentType: `application/openmetrics-text; ${version1(parameters)}` }
      : null;
  }
  if (value === 'text/plain' && version === '1.0.0') {
    return { format: 'text', contentType: `text/plain; ${version1(parameters)}` };
  }
  if (value === 'text/plain') return version === undefined || version === '0.0.4' ? text004 : null;
  return value === 'text/*' || value === '*/*' ? text004 : null;
}

/**
 * From version 1.0.0 on the answer names the escaping of metric names. Ours need none, so that both `allow-utf-8` and
 * `underscores` (the default) are true of them; `dots` and `values` would change underscores and can't be claimed.
 */
function version1(parameters: ReadonlyMap<string, string>): string {
  const escaping = parameters.get('escaping') === 'allow-utf-8' ? 'allow-utf-8' : 'underscores';
  return `version=1.0.0; charset=utf-8; escaping=${escaping}`;
}

function parseClauses(header: string): readonly Clause[] {
  return splitOutsideQuotes(header, ',')
    .slice(0, maximumClauses)
    .map((text) => {
      const [value = '', ...rest] = splitOutsideQuotes(text, ';').map((part) => part.trim());
      const parameters = new Map(rest.map(parseParameter));
      return { value: value.toLowerCase(), parameters, quality: parseQuality(parameters.get('q')) };
    })
    .filter(({ value }) => value !== '');
}

function parseParameter(text: string): readonly [string, string] {
  const [name = '', ...rest] = text.split('=');
  const value = rest.join('=').trim();
  return [name.trim().toLowerCase(), value.replace(/^"(.*)"$/s, '$1').replace(/\\(.)/gs, '$1')];
}

/** RFC 9110, 12.4.2: 0 to 1, 1 when absent. A weight that isn't one is taken as refusal of its clause. */
function parseQuality(text: string | undefined): number {
  if (text === undefined) return 1;
  return /^(?:0(?:\.\d*)?|1(?:\.0*)?)$/.test(text) ? Number(text) : 0;
}

function splitOutsideQuotes(text: string, separator: ',' | ';'): readonly string[] {
  const parts: string[] = [];
  let start = 0;
  let isQuoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (isQuoted && character === '\\') index += 1;
    else if (character === '"') isQuoted = !isQuoted;
    else if (character === separator && !isQuoted) {
      parts.push(text.slice(start, index));
      start = index + 1;
    }
  }
  return [...parts, text.slice(start)];
}
