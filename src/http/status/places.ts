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
  /** Any other place of the exporter, by its path without the prefix. */
  readonly other: (path: string) => string;
}

export interface LinkIdentity {
  readonly name: string;
  /** Empty when no end can tell. */
  readonly managedInstance: string;
}

export function placesUnder({ linkPrefix }: Pick<WebPaths, 'linkPrefix'>): Places {
  const place = (path: string, query: Readonly<Record<string, string>> = {}): string => {
    const text = new URLSearchParams(query).toString();
    return `${linkPrefix}${path}${text === '' ? '' : `?${text}`}`;
  };
  const numbered = (page = 1): Readonly<Record<string, string>> => (page === 1 ? {} : { page: String(page) });
  return {
    links: (page) => place(pagePaths.links, numbered(page)),
    link: ({ name, managedInstance }) => place(pagePaths.link, { name, managed_instance: managedInstance }),
    servers: (page) => place(pagePaths.servers, numbered(page)),
    server: (name) => place(pagePaths.server, { name }),
    debug: (name) => place(pagePaths.debug, { server: name }),
    other: (path) => place(path),
  };
}

/** Whether a name of ours is the one of an address: a query can't hold half of a surrogate pair. */
export function isName(own: string, asked: string): boolean {
  return own.toWellFormed() === asked;
}

/** The query of a request's address; the address is of another's making, so nothing in it is taken for granted. */
export function queryOf(url: string): URLSearchParams {
  const start = url.indexOf('?');
  return new URLSearchParams(start === -1 ? '' : url.slice(start + 1));
}
