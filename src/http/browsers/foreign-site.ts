import type { IncomingHttpHeaders } from 'node:http';
import { hostname } from 'node:os';
import type { NextFunction, Request, Response } from 'express';
import { answerText } from '../answer.ts';
import type { WebPaths } from '../web-paths.ts';
import { hostnameOf, isOwnHost } from './own-names.ts';
import { isSameOrigin } from './same-origin.ts';

const otherSite = 'a page of another site asked for this: ask for it on the page of the exporter\n';
const otherName =
  'this is not a name of the exporter that it knows: open it by its IP address, or start it with --web.external-url and the URL that you use\n';

/** Refuses what a browser asks for on behalf of another site, also of one that took on the exporter's address. */
export function foreignSiteGuard({ externalUrl }: Pick<WebPaths, 'externalUrl'>) {
  const external = externalUrl === null ? null : hostnameOf(new URL(externalUrl).host);
  const known = [hostname().toLowerCase(), ...(external === null ? [] : [external])];
  return (request: Request, response: Response, next: NextFunction): void => {
    // Nobody else's page may load an answer as a picture, a script or the like either.
    response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
    const { headers } = request;
    const refusal =
      !isSameOrigin(headers, externalUrl) && !isVisit(request)
        ? otherSite
        : isOfBrowser(headers) && !isProven(request, response) && !isOwnHost(hostOf(headers), known)
          ? otherName
          : null;
    if (refusal === null) next();
    else answerText(response, 403, refusal);
  };
}

/** A link on another site, for instance in Grafana, leads a person here: it is shown to that person only. */
function isVisit({ method, headers }: Request): boolean {
  const isRead = method === 'GET' || method === 'HEAD';
  return isRead && headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
}

/**
 * Accept-Language is the header to go by: browsers add it to every request (WHATWG Fetch, 4.6), over plain HTTP too; a
 * script can change it and can't take it away. Scrapers and command line tools have none. The others are said by browsers in
 * some requests only, or can be changed.
 */
function isOfBrowser(headers: IncomingHttpHeaders): boolean {
  const { 'accept-language': language, origin, referer, 'user-agent': agent = '' } = headers;
  if (language !== undefined || origin !== undefined || referer !== undefined) return true;
  if (Object.keys(headers).some((name) => name.startsWith('sec-fetch-') || name.startsWith('sec-ch-'))) return true;
  // PowerShell poses as one.
  return agent.startsWith('Mozilla/') && !agent.includes('PowerShell');
}

/** Who has logged in was asked for a password under this very name, and TLS has shown a certificate of it. */
function isProven({ socket }: Request, response: Response): boolean {
  return response.locals.isLoggedIn === true || ('encrypted' in socket && socket.encrypted === true);
}

function hostOf({ host, ':authority': authority }: IncomingHttpHeaders): string {
  return host ?? (typeof authority === 'string' ? authority : '');
}
