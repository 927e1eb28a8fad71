import { createHash } from 'node:crypto';
import type { WebPaths } from '../web-paths.ts';

/** The paths of the pages for people, without the route prefix. What a page is about is in its query. */
export const pagePaths = {
  links: '/',
  link: '/link',
  server: '/server',
  servers: '/servers',
  debug: '/debug',
} as const;

/** The addresses of the pages: names of any characters fit into a query, and no proxy takes `/` or `..` in them apart. */
export interface Places {
  readonly links: (page?: number) => string;
  readonly link: (link: LinkIdentity) => string;
  readonly servers: (page?: number) => string;
  readonly server: (name: string) => string;
  readonly debug: (name: string) => string;
  /** What was read of Azure of one managed instance. */
  readonly debugAzure: (instance: AzureIdentity) => string;
  /** Any other place of the exporter, by its path without the prefix. */
  readonly other: (path: string) => string;
}

export interface LinkIdentity {
  readonly name: string;
  /** Empty when no end can tell. */
  readonly managedInstance: string;
}

export interface AzureIdentity {
  readonly subscription: string;
  /** Short name. */
  readonly name: string;
}

/** The parameters of the pages that are about something. */
export const namesOf = {
  link: ({ name, managedInstance }: LinkIdentity) => ({ name, managed_instance: managedInstance }),
  server: (name: string) => ({ name }),
  debug: (name: string) => ({ server: name }),
  debugAzure: ({ subscription, name }: AzureIdentity) => ({ subscription, managed_instance: name }),
} as const;

export function placesUnder({ linkPrefix }: Pick<WebPaths, 'linkPrefix'>): Places {
  const place = (path: string, query: Readonly<Record<string, string>> = {}): string => {
    const text = queryText(query);
    return `${linkPrefix}${path}${text === '' ? '' : `?${text}`}`;
  };
  const numbered = (page = 1): Readonly<Record<string, string>> => (page === 1 ? {} : { page: String(page) });
  return {
    links: (page) => place(pagePaths.links, numbered(page)),
    link: (link) => place(pagePaths.link, namesOf.link(link)),
    servers: (page) => place(pagePaths.servers, numbered(page)),
    server: (name) => place(pagePaths.server, namesOf.server(name)),
    debug: (name) => place(pagePaths.debug, namesOf.debug(name)),
    debugAzure: (instance) => place(pagePaths.debug, namesOf.debugAzure(instance)),
    other: (path) => place(path),
  };
}

/** Proxies and Node refuse addresses of more than a few thousand characters: longer names are given by a digest of them. */
const longestQuery = 2000;

function queryText(names: Readonly<Record<string, string>>): string {
  const text = new URLSearchParams(names).toString();
  return text.length <= longestQuery ? text : new URLSearchParams({ digest: digestOf(names) }).toString();
}

function digestOf(names: Readonly<Record<string, string>>): string {
  // A query can't hold half of a surrogate pair.
  const texts = Object.entries(names).map(([key, name]) => [key, name.toWellFormed()]);
  return createHash('sha256').update(JSON.stringify(texts)).digest('hex');
}

/** Whether an address is about what has these names, by the parameters that `placesUnder` writes. An absent one is empty. */
export function isAbout(query: URLSearchParams, names: Readonly<Record<string, string>>): boolean {
  const digest = query.get('digest');
  if (digest !== null) return digest === digestOf(names);
  return Object.entries(names).every(([key, name]) => name.toWellFormed() === (query.get(key) ?? ''));
}

/** The query of a request's address; the address is of another's making, so nothing in it is taken for granted. */
export function queryOf(url: string): URLSearchParams {
  const start = url.indexOf('?');
  return new URLSearchParams(start === -1 ? '' : url.slice(start + 1));
}
