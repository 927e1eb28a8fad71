import type { Finding, TargetOutcome } from './outcome.ts';
import type { Direction } from './target.ts';

type Ranked = Readonly<Partial<Record<Finding, readonly string[]>>>;

/** What to look at next, the likeliest first. Source: Microsoft's page on preparing the network, and reports of users. */
const causes: Readonly<Record<Direction, Ranked>> = {
  to_managed_instance: {
    filtered: [
      "the NSG of the managed instance's subnet: inbound 5022 and 11000-11999 from the address of SQL Server; a deployment may have wiped the rule",
      'the firewall of the network of SQL Server: outbound 5022 and 11000-11999 to the whole subnet; a rule must not ask for a source port',
      'the firewall of the host of SQL Server, outbound',
      'the route: peering, VPN or ExpressRoute, user-defined routes; the ranges of both networks must not overlap',
    ],
    refused: [
      'the node or its port has changed since: test again, the parameters are read anew',
      'a firewall that rejects instead of dropping',
    ],
    name_not_resolved: [
      'the DNS of the host of SQL Server: a conditional forwarder to Azure, or a zone of its own; it has to know both database.windows.net and worker.database.windows.net',
      'a private DNS zone that holds the first name and not the name of the node',
    ],
    no_route: ['the route: peering, VPN or ExpressRoute, user-defined routes'],
    not_reached: [
      "the NSG of the managed instance's subnet, then the firewalls of SQL Server's network and host, then the route",
    ],
  },
  to_sql_server: {
    filtered: [
      'the firewall of the host of SQL Server: inbound on the port of the endpoint, from the whole subnet of the managed instance',
      "the firewall of the network of SQL Server, or the NSG of its virtual machine's subnet: inbound",
      "the NSG of the managed instance's subnet: outbound on the port",
      'the route back: peering, VPN or ExpressRoute, user-defined routes',
    ],
    refused: [
      'the endpoint: started, on this port, on every address (milink-exporter preflight looks)',
      'the address: another host, or a listener whose load balancer has no rule and probe for the port',
      'SQL Server itself: running',
    ],
    name_not_resolved: [
      "the DNS of the managed instance's network does not know the name: put the address in its place, --sql-server.address",
    ],
    no_route: ['the route: peering, VPN or ExpressRoute, user-defined routes'],
    not_reached: [
      "the firewall of the host of SQL Server, then that of its network, then the NSG of the managed instance's subnet",
    ],
    other_port: ['the address of SQL Server in the link names another port than its endpoint has: correct one of them'],
  },
};

const nodeAlone =
  'the gateway is reached and the node is not: the rule for 11000-11999 is missing, or the name of the node is not resolved';

/** What to check for a direction, ranked; empty where everything was reached. */
export function causesFor(direction: Direction, outcomes: readonly TargetOutcome[]): readonly string[] {
  const own = outcomes.filter(({ target }) => target.direction === direction && target.place !== 'other');
  const wrong = own.filter(({ finding }) => finding !== 'reached');
  const isNodeAlone =
    wrong.some(({ target }) => target.place === 'node') &&
    own.some(({ target, finding }) => target.place === 'gateway' && finding === 'reached');
  const ranked = wrong.flatMap(({ finding }) => causes[direction][finding] ?? []);
  return [...new Set([...(isNodeAlone ? [nodeAlone] : []), ...ranked])];
}
