import { withoutTrailing } from '../model/without-trailing.ts';

/** Under which paths the exporter answers, and under which its own pages link to it. */
export interface WebPaths {
  /** Before the path of every route: empty, or `/prefix` without a slash at its end. */
  readonly routePrefix: string;
  /** Before every link of a page: empty, or as `routePrefix`, from which it differs behind a proxy that rewrites paths. */
  readonly linkPrefix: string;
  /** Where the metrics are, below the prefix: starts with a slash. */
  readonly telemetryPath: string;
  /** Where the exporter is reached from elsewhere, without a slash at its end; null: nobody has said. */
  readonly externalUrl: string | null;
}

export const defaultWebPaths: WebPaths = {
  routePrefix: '',
  linkPrefix: '',
  telemetryPath: '/metrics',
  externalUrl: null,
};

/** A path or URL that can't be used: the message says why and what is allowed. */
export class WebPathError extends Error {
  override readonly name = 'WebPathError';
}

/** The first parts of paths that belong to the exporter itself, so that the metrics can't be there. */
export const reservedNames: readonly string[] = ['-', 'config', 'sd', 'link', 'links', 'server', 'servers', 'debug'];

/** RFC 3986's unreserved characters: any other means something to a router or a proxy. */
const segmentPattern = /^(?!\.{1,2}$)[A-Za-z0-9._~-]+$/;

/**
 * The route prefix of a text like `/prefix`, `prefix/` or `/`; empty for the last.
 * @throws WebPathError
 */
export function parseRoutePrefix(text: string): string {
  const path = withoutTrailing(text.replace(/^\/+/, ''), '/');
  if (path === '') return '';
  checkSegments(text, path);
  return `/${path}`;
}

/**
 * The path of the metrics.
 * @throws WebPathError when it is not a path, or one of the exporter's own.
 */
export function parseTelemetryPath(text: string): string {
  if (!text.startsWith('/')) throw new WebPathError(`"${text}" does not start with a slash`);
  const path = text.slice(1);
  if (path === '') throw new WebPathError('"/" is the status page: give a path like /metrics');
  checkSegments(text, path);
  const [first = ''] = path.split('/');
  if (reservedNames.includes(first)) throw new WebPathError(`/${first} is taken by the exporter itself`);
  return text;
}

/**
 * A URL as the exporter is reached from elsewhere: its text and its path, both without a slash at the end.
 * @throws WebPathError. The message does not repeat the text, which may hold a password.
 */
export function parseExternalUrl(text: string): { readonly externalUrl: string; readonly path: string } {
  const url = URL.parse(text);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:'))
    throw new WebPathError('not a URL that starts with http:// or https://');
  if (url.username !== '' || url.password !== '') throw new WebPathError('a URL is seen by everybody: without a login');
  if (url.search !== '' || url.hash !== '') throw new WebPathError('a URL without ? and # is needed');
  const path = parseRoutePrefix(url.pathname);
  return { externalUrl: `${url.origin}${path}`, path };
}

function checkSegments(text: string, path: string): void {
  if (path.split('/').every((segment) => segmentPattern.test(segment))) return;
  throw new WebPathError(`"${text}" is not a path: letters, digits and . _ ~ - between single slashes`);
}
