import { linkKey } from '../model/expected-link.ts';
import type { ExpectedLink } from './config.ts';
import { linkSchema } from './schema.ts';
import { itemsOf, type Mapping, readMapping, readNames } from './value/mapping.ts';
import type { Report } from './value/problem.ts';
import { alternatives, nearest, show } from './value/wording.ts';

/** More names than this don't help whoever misspelt one. */
const maximumListedNames = 8;

type LinkKeys = Mapping<{ link: string | null; managed_instance: string | null; servers: null; databases: null }>;

/** Reads the expected links. Their servers must be among `serverNames`. */
export function readLinks(
  top: Mapping<{ links: null }>,
  serverNames: readonly string[],
  report: Report,
): ExpectedLink[] {
  const firstPaths = new Map<string, string>();
  return itemsOf(top, 'links').map((at) => {
    const mapping = readMapping(linkSchema, at, report);
    const link = readLink(mapping, serverNames, report);
    const name = mapping.given('link');
    const identity = linkKey(link.name, link.managedInstance);
    const first = firstPaths.get(identity);
    if (name !== null && mapping.given('managed_instance') !== null) {
      if (first === undefined) firstPaths.set(identity, mapping.path);
      else report(mapping.path, name.line, `the same link and managed instance as ${first}: list each link once`);
    }
    return link;
  });
}

function readLink(mapping: LinkKeys, serverNames: readonly string[], report: Report): ExpectedLink {
  const servers = readNames(mapping, 'servers', report);
  // Without any name, each was reported already.
  for (const { name, path, line } of servers) {
    if (serverNames.length > 0 && !serverNames.includes(name))
      report(path, line, unknownServerMessage(name, serverNames));
  }
  return {
    name: mapping.values.link ?? '',
    managedInstance: (mapping.values.managed_instance ?? '').toLowerCase(),
    servers: servers.map(({ name }) => name),
    databases: readNames(mapping, 'databases', report).map(({ name }) => name),
  };
}

function unknownServerMessage(name: string, serverNames: readonly string[]): string {
  const close = nearest(name, serverNames);
  const hint =
    close !== null
      ? `did you mean ${show(close)}?`
      : serverNames.length > maximumListedNames
        ? `none of the ${serverNames.length} under servers has this name`
        : `use ${alternatives(serverNames.map(show))}`;
  return `${show(name)} is not a configured server: ${hint}`;
}
