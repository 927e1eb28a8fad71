import type { AssessedLink } from '../link/data/link.ts';
import type { State } from './family.ts';

/** Which part of the page is asked for. */
export interface Selection {
  /** Only what is about these servers and their links; null: about all. */
  readonly servers: readonly string[] | null;
  /** Whether what is about servers and links is on the page. */
  readonly hasState: boolean;
  /** Whether the exporter's own metrics are. */
  readonly hasOwn: boolean;
}

export const wholePage: Selection = { servers: null, hasState: true, hasOwn: true };

/**
 * The state of some servers and of the links that they may carry an end of, without the ends of other servers: what is said
 * of the link as a whole stays. A link of which no server is known goes with every one: whoever asks for all servers one by
 * one must miss no link.
 */
export function selectServers(state: State, names: readonly string[]): State {
  return withoutOthers(partWith(state, names), names);
}

/** The servers of these names and the links that may carry an end of one, as they are. */
export function partWith({ servers, links }: State, names: readonly string[]): State {
  const chosen = new Set(names);
  return {
    servers: servers.filter(({ name }) => chosen.has(name)),
    links: links.filter((link) => {
      const own = serversOf(link);
      return own.length === 0 || own.some((name) => chosen.has(name));
    }),
  };
}

/** What is left of such a part without the ends of other servers. */
export function withoutOthers({ servers, links }: State, names: readonly string[]): State {
  const chosen = new Set(names);
  const isChosen = ({ server }: { readonly server: string }): boolean => chosen.has(server);
  return {
    servers,
    links: links.map((link) => ({
      ...link,
      findings: link.findings.filter(({ scope }) => scope.server === null || chosen.has(scope.server)),
      ends: link.ends.filter(isChosen),
      databases: link.databases.map((database) => ({ ...database, ends: database.ends.filter(isChosen) })),
    })),
  };
}

/** The servers that show an end of a link, or may have one that was not seen. */
export function serversOf({ ends, unseen }: Pick<AssessedLink, 'ends' | 'unseen'>): readonly string[] {
  return [...new Set([...ends, ...unseen].map(({ server }) => server))];
}
