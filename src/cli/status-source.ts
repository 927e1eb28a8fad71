import { buildReport } from '../check/report/build.ts';
import type { CheckReport } from '../check/report/report.ts';
import type { ServerConfig } from '../config/config.ts';
import type { State } from '../metrics/family.ts';

/** The report of what is known at `nowSeconds`, Unix seconds: what `check` would say without polling again. */
export function reportOfState(
  { servers, links }: State,
  configured: readonly Pick<ServerConfig, 'name' | 'port'>[],
  nowSeconds: number,
): CheckReport {
  const ports = new Map(configured.map(({ name, port }) => [name, port]));
  return buildReport({
    servers: servers.map((state) => ({ state, port: ports.get(state.name) ?? 0 })),
    links,
    nowSeconds,
    chosen: null,
  });
}
