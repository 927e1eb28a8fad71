import type { State } from '../../metrics/family.ts';
import type { MetricsPage } from '../../metrics/page.ts';
import { answerParts, answerText } from '../answer.ts';
import type { Untaken } from '../load/untaken.ts';
import type { Route } from '../route.ts';
import { scrapeSelection } from '../scrape-selection.ts';

export interface MetricsRouteOptions {
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
