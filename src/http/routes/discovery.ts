import type { State } from '../../metrics/family.ts';
import { serversOf } from '../../metrics/selection.ts';
import type { KeptAnswers, Untaken } from '../load/answers.ts';
import { answerMade, jsonAnswer, type Route } from '../route.ts';

/** One group of Prometheus' HTTP service discovery (docs/http_sd.md); label names and values are strings. */
interface TargetGroup {
  readonly targets: readonly [string];
  readonly labels: Readonly<Record<string, string>>;
}

export interface DiscoveryOptions {
  readonly readState: () => State;
  readonly shardOrdinal?: number;
  readonly kept: KeptAnswers;
  readonly untaken: Untaken;
}

/**
 * The servers that this exporter polls, for `http_sd_configs`: each a group of its own, whose target is the server's name.
 * Relabelling makes it the parameter `server` of /metrics. The whole list each time, as Prometheus expects it.
 */
export function discoveryRoute({ readState, shardOrdinal = 0, kept, untaken }: DiscoveryOptions): Route {
  return {
    path: '/sd',
    turn: 'page',
    handle: (_request, response) =>
      answerMade(
        response,
        untaken,
        kept.of('/sd', () => jsonAnswer(targetGroups(readState(), shardOrdinal))),
      ),
  };
}

function targetGroups({ servers, links }: State, shardOrdinal: number): readonly TargetGroup[] {
  const linksOf = new Map<string, string[]>();
  for (const link of links) {
    for (const server of serversOf(link)) {
      linksOf.set(server, [...(linksOf.get(server) ?? []), `${link.name}/${link.managedInstance}`]);
    }
  }
  return servers.map(({ name, host }) => ({
    targets: [name],
    labels: {
      __meta_milink_server: name,
      __meta_milink_host: host,
      __meta_milink_links: listed(linksOf.get(name) ?? []),
      __meta_milink_shard: String(shardOrdinal),
    },
  }));
}

/** As Prometheus writes lists of its own discoveries: with the separator at both ends, so that a pattern finds whole names. */
function listed(names: readonly string[]): string {
  return names.length === 0 ? '' : `,${names.join(',')},`;
}
