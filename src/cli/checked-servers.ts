import type { CheckedServer } from '../check/report/servers.ts';
import type { ServerConfig } from '../config/config.ts';
import type { ServerState } from '../model/server-state.ts';

/** The states of polled servers, each with the place that the configuration gives it. */
export function checkedServers(
  states: readonly ServerState[],
  configured: readonly Pick<ServerConfig, 'name' | 'port' | 'instance'>[],
): readonly CheckedServer[] {
  const places = new Map(configured.map((server) => [server.name, server]));
  return states.map((state) => {
    const { port = null, instance } = places.get(state.name) ?? {};
    return { state, port, ...(instance === undefined ? {} : { instance }) };
  });
}
