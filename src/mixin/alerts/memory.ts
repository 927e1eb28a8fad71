import { linkVerdict } from '../../metrics/families/link.ts';
import { up } from '../../metrics/families/polling.ts';
import { replicaConnected, replicaRole } from '../../metrics/families/replica.ts';
import type { Settings } from '../config.ts';
import { type RecordingRule, type RuleGroup, recorded } from '../rules.ts';
import { selectorEndingIn } from '../selector.ts';

/** Long enough for a restart of the exporter or of Prometheus. */
const gap = '10m';

/** Which servers carry an end of a link, and for servers that can't be polled: which they carried when they last could. */
export const carriedEnd = recorded('link_server', replicaRole, {
  operation: 'remembered',
  labels: ['link', 'managed_instance', 'server'],
});

/** Links that are there and whose primary end was once connected with the other. */
export const otherEndJoined = recorded('link', replicaConnected, {
  operation: 'remembered',
  labels: ['link', 'managed_instance'],
});

/**
 * What has to be known of the time before a failure. Each rule carries its own value of the evaluation before on, so it
 * costs nothing to remember for days.
 */
export function memoryRules(settings: Settings): RuleGroup<RecordingRule> {
  const select = selectorEndingIn(settings.selector);
  const carried: RecordingRule = {
    record: carriedEnd,
    expression: [
      `group by (link, managed_instance, server) (${select(replicaRole)})`,
      'or',
      `last_over_time(${carriedEnd.name}[${gap}])`,
      `  and on (server) max by (server) (${select(up)}) == 0`,
    ].join('\n'),
    why: "A server that can't be polled takes its series with it. This keeps which links it carried until it answers again.",
  };
  const joined: RecordingRule = {
    record: otherEndJoined,
    expression: [
      `max by (link, managed_instance) (${select(replicaConnected, { replica: 'partner' })}) == 1`,
      'or',
      `last_over_time(${otherEndJoined.name}[${gap}])`,
      `  and on (link, managed_instance) group by (link, managed_instance) (${select(linkVerdict)})`,
    ].join('\n'),
    why: 'A link that is being made and one whose other end was dropped look alike. This tells them apart: the second one was connected once.',
  };
  return { name: 'milink-memory', rules: [carried, joined] };
}
