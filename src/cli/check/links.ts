import { buildReport } from '../../check/report/build.ts';
import { isNamed } from '../../check/report/choose.ts';
import type { CheckReport } from '../../check/report/report.ts';
import type { Config } from '../../config/config.ts';
import { alternatives, nearest, show } from '../../config/value/wording.ts';
import { assessLinks } from '../../link/assessor.ts';
import type { AssessedLink } from '../../link/data/link.ts';
import type { AzureState } from '../../model/azure/state.ts';
import type { ServerState } from '../../model/server-state.ts';
import { UsageError } from '../flags/flag.ts';
import { checkedServers } from './servers.ts';

/** More names than this don't help whoever misspelt one. */
const maximumListedNames = 8;

/** What was polled, and what was read of Azure; null where it is not read. */
export interface Seen {
  readonly servers: readonly ServerState[];
  readonly azure: AzureState | null;
}

/** What a report is made from. */
export interface CheckScope {
  readonly config: Pick<Config, 'servers' | 'links'>;
  /** As given with `--link`: a link's name, or `name/managed_instance`. Empty: every link. */
  readonly names: readonly string[];
  /** A name that no link has is the user's mistake; later it may only have gone away. */
  readonly isStrict: boolean;
}

/**
 * Puts what the polls saw together into a report.
 * @throws UsageError for a name that no link has, when that is a mistake.
 */
export function reportOf({ servers: states, azure }: Seen, scope: CheckScope, nowSeconds: number): CheckReport {
  const { config, names, isStrict } = scope;
  const links = assessLinks(states, config.links, azure);
  if (isStrict) for (const name of names) checkName(name, links, states);
  const isChosen = (link: AssessedLink): boolean => names.some((name) => isNamed(link, name));
  return buildReport({
    servers: checkedServers(states, config.servers),
    links,
    azure,
    nowSeconds,
    chosen: names.length === 0 ? null : links.filter(isChosen),
  });
}

function fullName({ name, managedInstance }: AssessedLink): string {
  return `${name}/${managedInstance}`;
}

function checkName(name: string, links: readonly AssessedLink[], states: readonly ServerState[]): void {
  if (links.some((link) => isNamed(link, name))) return;
  const known = [...new Set(links.map((link) => (name.includes('/') ? fullName(link) : link.name)))];
  const guess = nearest(name, known);
  const unseen = states.filter(({ outcome }) => outcome.kind !== 'ok').map((state) => state.name);
  const doubt = unseen.length === 0 ? '' : `; ${alternatives(unseen)} could not be polled and may carry it`;
  throw new UsageError(`--link: no link ${show(name)}: ${hint(guess, known)}${doubt}`);
}

function hint(guess: string | null, known: readonly string[]): string {
  if (guess !== null) return `did you mean ${show(guess)}?`;
  if (known.length === 0) return 'no link was seen, and none is configured';
  if (known.length > maximumListedNames) return `none of the ${known.length} links has this name`;
  return `use ${alternatives(known.map(show))}`;
}
