import type { IncomingHttpHeaders } from 'node:http';

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
