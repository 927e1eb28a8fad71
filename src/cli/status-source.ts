import { buildReport } from '../check/report/build.ts';
import type { CheckReport } from '../check/report/report.ts';
import type { ServerConfig } from '../config/config.ts';
import type { State } from '../metrics/family.ts';
import { checkedServers } from './checked-servers.ts';

/** The report of what is known at `nowSeconds`, Unix seconds: what `check` would say without polling again. */
export function reportOfState(
  { servers, links }: State,
  configured: readonly Pick<ServerConfig, 'name' | 'port' | 'instance'>[],
  nowSeconds: number,
): CheckReport {
  return buildReport({
    servers: checkedServers(servers, configured),
    links,
    nowSeconds,
    chosen: null,
  });
}
