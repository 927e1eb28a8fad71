import { timeText } from '../text/quantity.ts';
import { visibleJson } from '../text/visible.ts';
import { type Finding, type Obstacle, obstacleText, type TargetOutcome } from './outcome.ts';
import type { Direction } from './target.ts';

/** What came of one direction. */
export interface DirectionReport {
  readonly direction: Direction;
  /** The server that tested, and the one that it tried to reach, by their names in the configuration. */
  readonly from: string;
  readonly to: string;
  readonly outcomes: readonly TargetOutcome[];
  /** Why it could not be tested; null: it was. */
  readonly obstacle: Obstacle | null;
  /** What the server said to it; empty where it said nothing. */
  readonly said: string;
  /** Lines to run on the host of the server that could not test. */
  readonly hostLines: readonly string[];
}

/** What this machine sees, which is not the way of the link. */
export interface LocalSight {
  readonly host: string;
  readonly port: number;
  readonly what: string;
  readonly text: string;
}

/** Something that a run made and could not remove. */
export interface Leftover {
  readonly server: string;
  readonly what: string;
  readonly statement: string;
  readonly why: string;
}

export interface NetworkReport {
  readonly generatedAtSeconds: number;
  readonly directions: readonly DirectionReport[];
  readonly sights: readonly LocalSight[];
  readonly leftovers: readonly Leftover[];
  /** What earlier runs had left and this one removed. */
  readonly removed: readonly string[];
  /** What other runs have made that are alive, or may be: it was left alone. */
  readonly inUse: readonly string[];
}

export type NetworkVerdict = 'passed' | 'partly' | 'failed' | 'untold';

/** 0 passed, 1 partly, 2 failed, 3 could not be tested. */
export const exitCodeOfNetwork: Readonly<Record<NetworkVerdict, number>> = {
  passed: 0,
  partly: 1,
  failed: 2,
  untold: 3,
};

/** `failed`: a place was tested and not reached; `partly`: all that was tested is reached, and something was not tested. */
export function networkVerdict({
  directions,
  leftovers,
}: Pick<NetworkReport, 'directions' | 'leftovers'>): NetworkVerdict {
  const all = directions.flatMap(({ outcomes }) => outcomes.filter(({ target }) => target.place !== 'other'));
  const untested = (finding: string): boolean => finding === 'no_result' || finding === 'old_result';
  const tested = all.filter(({ finding }) => !untested(finding));
  if (tested.some(({ finding }) => finding !== 'reached')) return 'failed';
  if (tested.length === 0) return 'untold';
  const isComplete =
    directions.every(({ obstacle, outcomes }) => obstacle === null && outcomes.length > 0) &&
    tested.length === all.length;
  return isComplete && leftovers.length === 0 ? 'passed' : 'partly';
}

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

/** What to check next for a direction, the likeliest first; empty where everything was reached. */
export function causesOf({ direction, outcomes }: DirectionReport): readonly string[] {
  const own = outcomes.filter(({ target }) => target.direction === direction && target.place !== 'other');
  const wrong = own.filter(({ finding }) => finding !== 'reached');
  const isNodeAlone =
    wrong.some(({ target }) => target.place === 'node') &&
    own.some(({ target, finding }) => target.place === 'gateway' && finding === 'reached');
  const ranked = wrong.flatMap(({ finding }) => causes[direction][finding] ?? []);
  return [...new Set([...(isNodeAlone ? [nodeAlone] : []), ...ranked])];
}

/** The report for programs; docs/network.md describes it. */
export function networkJson(report: NetworkReport): string {
  const verdict = networkVerdict(report);
  const document = {
    generated_at: timeText(report.generatedAtSeconds),
    verdict,
    exit_code: exitCodeOfNetwork[verdict],
    directions: report.directions.map((direction) => ({
      direction: direction.direction,
      from: direction.from,
      to: direction.to,
      obstacle: direction.obstacle,
      obstacle_text: direction.obstacle === null ? null : obstacleText(direction.obstacle),
      said: direction.said,
      host_lines: direction.hostLines,
      results: direction.outcomes.map(({ target, finding, address, text }) => ({
        place: target.place,
        host: target.host,
        port: target.port,
        result: finding,
        address,
        text,
      })),
      causes: causesOf(direction),
    })),
    this_machine: report.sights,
    removed: report.removed,
    left_alone: report.inUse,
    not_removed: report.leftovers,
  };
  return visibleJson(JSON.stringify(document, null, 2));
}
