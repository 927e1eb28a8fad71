import { certificateExpiryTimestampSeconds } from '../../metrics/families/certificate.ts';
import { replicaRole } from '../../metrics/families/replica.ts';
import { serverInfo } from '../../metrics/families/server.ts';
import { byLink, type Instant } from './promql.ts';
import { chosenLink, chosenServer, select } from './variables.ts';

/**
 * When the certificates that people renew end: SQL Server's own and the roots imported there. Those of the managed instance
 * (there `endpoint`, on SQL Server `partner`) are renewed by Azure.
 */
function renewedByPeople(server: Partial<typeof chosenServer>, at: Instant = ''): string {
  const expiry = select(certificateExpiryTimestampSeconds, { ...server, usage: { not: 'partner' } });
  return `min by (server) (${expiry}${at})\n  and on (server) ${select(serverInfo, { engine: 'sql_server' })}${at}`;
}

/** Days, as people count them to a renewal: Grafana's own unit would turn 40 of them into weeks. */
export const days = 'suffix: days';

/** Days until the first of them ends, at any chosen server. */
export const firstCertificateEndsIn = `(min(\n  ${renewedByPeople(chosenServer)}\n) - time()) / 86400`;

/** The same for each link, over the servers that are its ends: certificates belong to servers, not to links. */
export function certificateOfLinkEndsIn(at: Instant = ''): string {
  return [
    `(min ${byLink} (`,
    `  group by (server, link, managed_instance) (${select(replicaRole, chosenLink)}${at})`,
    `  * on (server) group_left ()`,
    `  (${renewedByPeople({}, at)})`,
    ') - time()) / 86400',
  ].join('\n');
}
