import type { MetricsPage } from '../../metrics/page.ts';
import type { Route } from '../route.ts';

/** The metrics, in the format and encoding that the scraper asks for. */
export function metricsRoute(path: string, page: MetricsPage): Route {
  return {
    path,
    handle: async (request, response) => {
      const { accept, 'accept-encoding': acceptEncoding } = request.headers;
      const { contentType, contentEncoding, body } = await page.answer({ accept, acceptEncoding });
      response.setHeader('Content-Type', contentType);
      response.setHeader('Vary', 'Accept, Accept-Encoding');
      if (contentEncoding !== null) response.setHeader('Content-Encoding', contentEncoding);
      response.setHeader('Content-Length', body.length);
      response.end(body);
    },
  };
}
