import { exporterDefinitions } from '../../metrics/exporter-definitions.ts';
import { linkExpected, linkVerdict } from '../../metrics/families/link.ts';
import { lastPollTimestampSeconds, up } from '../../metrics/families/polling.ts';
import { replicaConnected, replicaRole } from '../../metrics/families/replica.ts';
import { seedingState } from '../../metrics/families/seeding.ts';
import { type RecordedMetric, recorded } from '../rules.ts';

const link = ['link', 'managed_instance'] as const;
const exporter = ['job', 'instance'] as const;

/** When each server was last polled by each exporter whose word counts now: Unix time. */
export const freshServer = recorded('exporter_server', lastPollTimestampSeconds, {
  operation: 'fresh',
  labels: [...exporter, 'server'],
});

/** Of these, for each server the exporter, or several, that polled it last and reached it. */
export const newestServer = recorded('exporter_server', lastPollTimestampSeconds, {
  operation: 'newest',
  labels: [...exporter, 'server'],
});

/** When any exporter last reached a server, and when one last failed to and none did reach it. */
export const reachedServer = recorded('server', up, { operation: 'reached', labels: ['server'] });
export const lostServer = recorded('server', up, { operation: 'lost', labels: ['server'] });

/** When a verdict was last given, by any exporter. */
export const verdictSaid = recorded('link', linkVerdict, { operation: 'said', labels: [...link, 'verdict'] });

/** Links that are just being made, and since when their other end has not joined: -1 where that ended. */
export const linkBeingMade = recorded('link', linkVerdict, { operation: 'new', labels: link });
export const unjoinedSince = recorded('link', linkVerdict, { operation: 'unjoined', labels: link });

/** Links and servers that a person took out of the configuration. */
export const linkDismissed = recorded('link', linkExpected, { operation: 'dismissed', labels: link });
export const serverDismissed = recorded('server', up, { operation: 'dismissed', labels: ['server'] });

/** Ends by their role: when they were last seen in it. */
export const primaryEnd = recorded('link_server', replicaRole, { operation: 'primary', labels: [...link, 'server'] });
export const secondaryEnd = recorded('link_server', replicaRole, {
  operation: 'secondary',
  labels: [...link, 'server'],
});

/** Since when an end is primary. */
export const primarySince = recorded('link_server', replicaRole, { operation: 'since', labels: [...link, 'server'] });

/** Databases whose first copy is being made. */
export const databaseBeingSeeded = recorded('database', seedingState, {
  operation: 'running',
  labels: [...link, 'database'],
});

/** How far the clock of each exporter is ahead of Prometheus', less what has passed since its newest poll. */
export const clockOffset = recorded('exporter', lastPollTimestampSeconds, { operation: 'ahead', labels: exporter });

/** When each exporter whose word counts now last polled anything: Unix time. */
export const freshExporter = recorded('exporter', lastPollTimestampSeconds, { operation: 'fresh', labels: exporter });

/** When a link was last seen by whom, kept for a day. */
export const linkSeen = recorded('exporter_link', linkVerdict, { operation: 'seen', labels: [...exporter, ...link] });

/** When a link that the configuration lists was last seen by whom, kept for a day. */
export const expectedSeen = recorded('exporter_link', linkExpected, {
  operation: 'seen',
  labels: [...exporter, ...link],
});

/** When a server last showed its end of a link, kept for a day; -1 once it answers and does not show it any more. */
export const endSeen = recorded('link_server', replicaRole, { operation: 'seen', labels: [...link, 'server'] });

/** When the ends of a link were last connected, kept for a day. */
export const joinedSeen = recorded('link', replicaConnected, { operation: 'seen', labels: link });

/** When an exporter last polled a server, kept for a day. */
export const serverSeen = recorded('exporter_server', up, { operation: 'seen', labels: [...exporter, 'server'] });

/** When an exporter last answered, kept for a day. */
export const exporterSeen = recorded('exporter', exporterDefinitions.build, { operation: 'seen', labels: exporter });

/** What alerts are judged by carries the labels that the alert is told by and the alert's own name in `alert`, and how many seconds it waits in `wait`. */
const judged = [
  'alert',
  'wait',
  ...exporter,
  ...link,
  'database',
  'server',
  'certificate',
  'usage',
  'certificate_owner',
  'view',
  'error',
  'finding',
] as const;

function evidence(operation: string): RecordedMetric<(typeof judged)[number]> {
  return { name: `milink:evidence:${operation}`, labels: judged };
}

/** When it was last seen that something is wrong; absent while that is not seen. */
export const bad = evidence('bad');

/** Of that, where an alert that it follows from is seen or told: that one says it. */
export const covered = evidence('covered');

/** What is bad and not covered: what an alert of its own begins with. */
export const own = evidence('own');

/** When it was last seen that it is well, while somebody may wait for that; absent while it is bad or not seen. */
export const well = evidence('well');

/** What was bad lately, or is told. */
export const open = evidence('open');

/** Since when it is bad of its own without having been seen well or covered in between; -1 where that ended. */
export const since = evidence('since');

/** When what is told was last seen bad: 0 or more while the alert fires, -1 where it ended. */
export const told = evidence('told');

/** How many seconds the alerts with that label `wait` wait. */
export const waits: RecordedMetric<'wait'> = { name: 'milink:evidence:wait', labels: ['wait'] };

/** Every series that the alerts keep for themselves, for the lint. */
export const evidenceSeries: readonly RecordedMetric[] = [
  freshServer,
  newestServer,
  reachedServer,
  lostServer,
  verdictSaid,
  unjoinedSince,
  linkBeingMade,
  linkDismissed,
  serverDismissed,
  primaryEnd,
  secondaryEnd,
  primarySince,
  databaseBeingSeeded,
  clockOffset,
  waits,
  freshExporter,
  linkSeen,
  expectedSeen,
  endSeen,
  joinedSeen,
  serverSeen,
  exporterSeen,
  bad,
  covered,
  own,
  well,
  open,
  since,
  told,
];
