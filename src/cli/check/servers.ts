import type { CheckedServer } from '../../check/report/servers.ts';
import { isAzureIdentity } from '../../config/authentication/authentication.ts';
import type { ServerConfig } from '../../config/config.ts';
import type { ServerState } from '../../model/server-state.ts';

/** What a report says of a server besides what was seen of it. */
export type ConfiguredServer = Pick<ServerConfig, 'name' | 'port' | 'instance'> &
  Partial<Pick<ServerConfig, 'authentication'>>;

/** Null: what an identity is called in Entra ID only Entra ID knows. */
function loginName(authentication: ServerConfig['authentication']): string | null {
  if (isAzureIdentity(authentication)) return null;
  const { type, username } = authentication;
  return type === 'sql_login' ? username : `${authentication.domain}\\${username}`;
}

/** The states of polled servers, each with the place that the configuration gives it. */
export function checkedServers(
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
