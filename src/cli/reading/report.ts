import { buildReport, type HeldSince } from '../../check/report/build.ts';
import { isNamed } from '../../check/report/choose.ts';
import type { CheckReport } from '../../check/report/report.ts';
import type { CheckedServer } from '../../check/report/servers.ts';
import { isAzureIdentity } from '../../config/authentication/authentication.ts';
import type { Config, ServerConfig } from '../../config/config.ts';
import { alternatives, nearest, show } from '../../config/value/wording.ts';
import { assessLinks } from '../../link/assessor.ts';
import type { AssessedLink } from '../../link/data/link.ts';
import type { State } from '../../metrics/family.ts';
import type { AzureState } from '../../model/azure/state.ts';
import type { ServerState } from '../../model/server-state.ts';
import { UsageError } from '../flags/flag.ts';

/** More names than this don't help whoever misspelt one. */
const maximumListedNames = 8;

/** What was polled, and what was read of Azure; null where it is not read. */
interface Seen {
  readonly servers: readonly ServerState[];
  readonly azure: AzureState | null;
}

/** What a report is made from. */
interface CheckScope {
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

/** The report of what is known at `nowSeconds`, Unix seconds: what `check` would say without polling again. */
export function reportOfState(
  { servers, links, azure }: State,
  configured: readonly ConfiguredServer[],
  { nowSeconds, held }: { readonly nowSeconds: number; readonly held: HeldSince },
): CheckReport {
  return buildReport({
    servers: checkedServers(servers, configured),
    links,
    azure: azure ?? null,
    nowSeconds,
    chosen: null,
    held,
  });
}

/** A report of the same state is made anew after this, since it tells how old things are. */
const longestSeconds = 1;

/** Creates what gives the report of now, put together once per change however many pages are made of it. */
export function keptReport(
  readState: () => State,
  make: (state: State) => CheckReport,
  nowSeconds: () => number,
): () => CheckReport {
  let kept: { readonly state: State; readonly report: CheckReport } | null = null;
  return () => {
    const state = readState();
    const age = kept === null ? 0 : nowSeconds() - kept.report.generatedAtSeconds;
    if (kept?.state !== state || age < 0 || age >= longestSeconds) kept = { state, report: make(state) };
    return kept.report;
  };
}

/** What a report says of a server besides what was seen of it. */
type ConfiguredServer = Pick<ServerConfig, 'name' | 'port' | 'instance'> &
  Partial<Pick<ServerConfig, 'authentication'>>;

/** Null: what an identity is called in Entra ID only Entra ID knows. */
function loginName(authentication: ServerConfig['authentication']): string | null {
  if (isAzureIdentity(authentication)) return null;
  const { type, username } = authentication;
  return type === 'sql_login' ? username : `${authentication.domain}\\${username}`;
}

/** The states of polled servers, each with the place that the configuration gives it. */
function checkedServers(
  states: readonly ServerState[],
  configured: readonly ConfiguredServer[],
): readonly CheckedServer[] {
  const places = new Map(configured.map((server) => [server.name, server]));
  return states.map((state) => {
    const { port = null, instance, authentication } = places.get(state.name) ?? {};
    return {
      state,
      port,
      ...(instance === undefined ? {} : { instance }),
      login: authentication === undefined ? null : loginName(authentication),
    };
  });
}
