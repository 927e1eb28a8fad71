import { withoutTrailing } from '../../model/without-trailing.ts';
import type { Context } from '../context.ts';
import type { Mapping } from '../value/mapping.ts';
import type { AzureCloud } from './authentication.ts';
import { azureClouds } from './azure-clouds.ts';

type CloudKeys = Mapping<{
  cloud: keyof typeof azureClouds | null;
  authority_host: string | null;
  audience: string | null;
}>;

const authorityVariable = 'AZURE_AUTHORITY_HOST';

/**
 * Who gives tokens, and for what. The file says it first, then `AZURE_AUTHORITY_HOST`, which the webhook of workload
 * identity sets; else it is the public cloud. The audience is that of the authority's cloud unless it is given.
 */
export function readCloud(keys: CloudKeys, { env, report, resourceManager }: Context): AzureCloud {
  const { authority_host: authority, audience } = keys.values;
  const own = keys.given('cloud');
  const outer = resourceManager?.cloud ?? null;
  const cloud = keys.values.cloud ?? outer;
  if (own !== null && outer !== null && keys.values.cloud !== outer) {
    report(own.path, own.line, `contradicts cloud ${outer} of the section: remove one`);
  }
  const inherited = cloud === null && authority === null ? originOf(env[authorityVariable]) : null;
  const authorityHost = originOf(authority) ?? inherited ?? azureClouds[cloud ?? 'public'].authorityHost;
  const known = Object.values(azureClouds).find((candidate) => candidate.authorityHost === authorityHost);
  const place = cloud === null ? (known ?? azureClouds.public) : azureClouds[cloud];
  const ownAudience = resourceManager === undefined ? place.audience : place.resourceManager;
  const ca = resourceManager?.ca ?? null;
  return {
    authorityHost,
    scope: `${originOf(audience) ?? ownAudience}/.default`,
    isPublicAuthority: known !== undefined,
    ...(known === undefined && ca !== null ? { authorityCa: ca } : {}),
  };
}

/** Without a slash at the end. The variable may hold anything; what is no URL counts as absent. */
function originOf(url: string | null | undefined): string | null {
  return url === null || url === undefined || !URL.canParse(url) ? null : withoutTrailing(url, '/');
}
