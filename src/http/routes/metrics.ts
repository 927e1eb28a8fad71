import type { State } from '../../metrics/family.ts';
import type { MetricsPage } from '../../metrics/page.ts';
import { type Selection, wholePage } from '../../metrics/selection.ts';
import type { Untaken } from '../load/answers.ts';
import { answerParts, answerText, type Route } from '../route.ts';

interface MetricsRouteOptions {
  readonly page: MetricsPage;
  readonly untaken: Untaken;
  readonly readState: () => State;
}

/** The metrics, or a part of them, in the format and encoding that the scraper asks for. */
export function metricsRoute(path: string, { page, untaken, readState }: MetricsRouteOptions): Route {
  return {
    path,
    turn: 'scrape',
    handle: async (request, response) => {
      const serverNames = readState().servers.map(({ name }) => name);
      const selection = scrapeSelection(request.originalUrl, serverNames);
      if (typeof selection === 'string') return answerText(response, 400, selection);
      const { accept, 'accept-encoding': acceptEncoding } = request.headers;
      const { contentType, contentEncoding, body } = await page.answer({ accept, acceptEncoding, selection });
      response.setHeader('Content-Type', contentType);
      response.setHeader('Vary', 'Accept, Accept-Encoding');
      if (contentEncoding !== null) response.setHeader('Content-Encoding', contentEncoding);
      answerParts(response, untaken, body);
    },
  };
}

/** What `collect[]` may ask for, as of node_exporter and mysqld_exporter. */
const parts = ['servers', 'exporter'] as const;

/** More names than this don't help whoever misspelt one. */
const maximumListedNames = 20;

/**
 * The part of the page that a scrape's URL asks for, or what is wrong with it. `server` and `collect[]` may be repeated; with
 * a server the exporter's own metrics are left out, as they belong to none. Other parameters mean nothing here.
 */
function scrapeSelection(url: string, serverNames: readonly string[]): Selection | string {
  const query = new URLSearchParams(url.split('?')[1] ?? '');
  const [servers, collected] = [query.getAll('server'), query.getAll('collect[]')];
  if (servers.length === 0 && collected.length === 0) return wholePage;
  const unknown = servers.find((name) => !serverNames.includes(name));
  if (unknown !== undefined) return `unknown server ${JSON.stringify(unknown)}: ${known(serverNames)}\n`;
  const wrong = collected.find((part) => !parts.some((each) => each === part));
  if (wrong !== undefined) return `unknown collect[] ${JSON.stringify(wrong)}: use ${parts.join(' or ')}\n`;
  return {
    servers: servers.length === 0 ? null : servers,
    hasState: servers.length > 0 || collected.length === 0 || collected.includes('servers'),
    hasOwn: collected.includes('exporter'),
  };
}

function known(names: readonly string[]): string {
  if (names.length === 0) return 'this exporter polls no server';
  if (names.length > maximumListedNames) return `none of the ${names.length} servers has this name; /sd lists them`;
  return `the servers are ${names.map((name) => JSON.stringify(name)).join(', ')}`;
}
