import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';
import { hostname } from 'node:os';
import type { NextFunction, Request, Response } from 'express';
import { answerText } from '../route.ts';
import type { WebPaths } from '../web-paths.ts';

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

/**
 * Ends of names that no registry of the public DNS gives to anybody: RFC 6761 and 8375, ICANN's decision on `internal`
 * (2024), the list of RFC 6762 appendix G; `svc` is Kubernetes'.
 */
const privateEnds: ReadonlySet<string> = new Set([
  'localhost',
  'local',
  'internal',
  'intranet',
  'private',
  'corp',
  'home',
  'lan',
  'localdomain',
  'svc',
]);

/**
 * Whether only a site of one's own can be behind this Host: an address, which is no name that could change; a name of one
 * word or of a private end, which nobody can register; or one of the exporter's `known` names. DNS rebinding needs a name
 * whose addresses the attacker decides.
 */
export function isOwnHost(host: string, known: readonly string[]): boolean {
  const name = hostnameOf(host);
  if (name === null) return false;
  if (isIP(name) !== 0 || known.includes(name)) return true;
  const labels = name.split('.');
  return labels.length === 1 || privateEnds.has(labels.at(-1) ?? '') || name.endsWith('.home.arpa');
}

/** The name or address of a Host header, without port, brackets and a last dot; null when it is neither. */
function hostnameOf(host: string): string | null {
  const url = URL.parse(`http://${host}/`);
  if (url === null || url.username !== '' || url.password !== '' || url.pathname !== '/') return null;
  return url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
}

/**
 * Whether a request that does something comes from a page of this exporter, or from no browser at all. Browsers say where a
 * request comes from in Sec-Fetch-Site (W3C Fetch Metadata; over plain HTTP only on loopback) and in Origin with every POST
 * (WHATWG Fetch 3.2); other programs send neither, and no page of another site can make them.
 */
export function isSameOrigin(headers: IncomingHttpHeaders, externalUrl: string | null): boolean {
  const { 'sec-fetch-site': site, origin, host = headers[':authority'] } = headers;
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  if (origin === undefined) return true;
  const url = URL.parse(origin);
  if (url === null) return false;
  // Behind a proxy the Host may be another than the reader's.
  if (externalUrl !== null && url.origin === new URL(externalUrl).origin) return true;
  return typeof host === 'string' && url.host === host.toLowerCase();
}
