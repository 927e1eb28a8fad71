import type { Response } from 'express';
import type { State } from '../../metrics/family.ts';
import type { MetricsPage } from '../../metrics/page.ts';
import { answerText } from '../answer.ts';
import type { Route } from '../route.ts';
import { scrapeSelection } from '../scrape-selection.ts';

/** How many scrapes are being answered, of all protocols, and how many may be; null: any number. */
export interface Scrapes {
  readonly maximum: number | null;
  underWay: number;
}

export interface MetricsRouteOptions {
  readonly page: MetricsPage;
  readonly scrapes: Scrapes;
  readonly readState: () => State;
}

/** The metrics, or a part of them, in the format and encoding that the scraper asks for. */
export function metricsRoute(path: string, { page, scrapes, readState }: MetricsRouteOptions): Route {
  return {
    path,
    handle: async (request, response) => {
      const serverNames = readState().servers.map(({ name }) => name);
      const selection = scrapeSelection(request.originalUrl, serverNames);
      if (typeof selection === 'string') return answerText(response, 400, selection);
      if (scrapes.maximum !== null && scrapes.underWay >= scrapes.maximum) return refuse(response, scrapes.maximum);
      scrapes.underWay += 1;
      response.once('close', () => {
        scrapes.underWay -= 1;
      });
      const { accept, 'accept-encoding': acceptEncoding } = request.headers;
      const { contentType, contentEncoding, body } = await page.answer({ accept, acceptEncoding, selection });
      response.setHeader('Content-Type', contentType);
      response.setHeader('Vary', 'Accept, Accept-Encoding');
      if (contentEncoding !== null) response.setHeader('Content-Encoding', contentEncoding);
      response.setHeader('Content-Length', body.length);
      response.end(body);
    },
  };
}

function refuse(response: Response, maximum: number): void {
  answerText(response, 503, `${maximum} scrapes are being answered, which is the limit of --web.max-requests\n`);
}
