import type { FindingCode } from '../../link/findings/kinds.ts';
import { logFillingHours, logFullSoonHours } from '../../link/findings/log.ts';
import { linkFinding } from '../../metrics/families/link.ts';
import type { Settings } from '../config.ts';
import type { DashboardLink } from '../dashboard-link.ts';
import type { WatchGroup } from '../evidence/group.ts';
import { saidByExporter } from '../evidence/said.ts';
import { reachedServer } from '../evidence/series.ts';
import { type Key, openIn, type Watch } from '../evidence/watch.ts';
import type { Duration } from '../rules.ts';
import { databaseKeys, databaseText, linkKeys, linkText, selectFor, verdictIsNot } from './link-series.ts';

const linkDashboard = { uid: 'milink-link', labels: ['link', 'managed_instance'] } as const;
const certificateDashboard = { uid: 'milink-certificates', labels: ['server'] } as const;

/** Alerts that are a kind of finding each, of the same severity, about the same thing. */
interface FindingAlert {
  readonly name: string;
  readonly severity: 'critical' | 'warning';
  readonly findings: readonly [FindingCode, ...FindingCode[]];
  readonly keys: readonly Key[];
  readonly wait: Duration;
  readonly why: string;
  readonly summary: string;
  readonly description: string;
  readonly dashboard: DashboardLink;
}

const endText = '{{ with $labels.server }}{{ . }}{{ else }}an end{{ end }}';

const alerts: readonly FindingAlert[] = [
  {
    name: 'MilinkLinkDroppedAtOneEnd',
    severity: 'critical',
    findings: ['dropped_at_one_end'],
    keys: linkKeys,
    wait: '3m',
    why: 'A server that has just started shows its groups late.',
    summary: 'A link was dropped at one end.',
    description: `Link ${linkText} is there at one end only: it was dropped at the other, or a cutover ended it, and the databases may take writes there. First run \`check\`: it says which end has what, and what to remove where.`,
    dashboard: linkDashboard,
  },
  {
    name: 'MilinkReplicaNotHealthy',
    severity: 'critical',
    findings: ['end_not_healthy', 'end_not_operational'],
    keys: [...linkKeys, 'server'],
    wait: '2m',
    why: 'A change of role or a restart passes through such states for a minute.',
    summary: 'An end of the link is not healthy itself.',
    description: `End ${endText} of link ${linkText} says of itself that it is not healthy or not operational: its databases may not be served. First look at the state of its own availability group and databases, on that end.`,
    dashboard: { ...linkDashboard, labels: [...linkDashboard.labels, 'server'] },
  },
  {
    name: 'MilinkDatabaseNotHealthy',
    severity: 'critical',
    findings: ['database_not_healthy'],
    keys: databaseKeys,
    wait: '2m',
    why: 'A reconnect or a planned failover is over within a minute or two; that the link is not healthy is paged before.',
    summary: 'The copy of a database does not follow.',
    description: `The copy of database ${databaseText} is not healthy: changes of it do not reach the other end, whatever its other databases do. First see whether it is suspended, and what the error log of the end with the copy says.`,
    dashboard: { ...linkDashboard, labels: [...linkDashboard.labels, 'database'] },
  },
  {
    name: 'MilinkDatabaseNotOnline',
    severity: 'critical',
    findings: ['database_not_online'],
    keys: databaseKeys,
    wait: '2m',
    why: 'A change of role or a restart recovers databases for a minute or two.',
    summary: 'A database of the link is not online.',
    description: `Database ${databaseText} is not in a state in which it can be used at the primary end. First look at its state and at the error log there; don't fail over before its copy was seen to be good.`,
    dashboard: { ...linkDashboard, labels: [...linkDashboard.labels, 'database'] },
  },
  {
    name: 'MilinkDatabaseUnprotected',
    severity: 'warning',
    findings: ['database_unprotected', 'database_orphaned'],
    keys: databaseKeys,
    wait: '7m',
    why: 'A database that is added to the link is at one end only until its first copy begins.',
    summary: 'A database has a copy at one end only.',
    description: `Database ${databaseText} is at one end of the link only: the other end has no copy that has joined, and none is being made. First run \`check\`: it says at which end it is, and whether it has to be joined or taken out there.`,
    dashboard: { ...linkDashboard, labels: [...linkDashboard.labels, 'database'] },
  },
  {
    name: 'MilinkLogFullSoon',
    severity: 'critical',
    findings: ['log_full_soon'],
    keys: [...databaseKeys, 'server'],
    wait: '2m',
    why: 'The growth is measured over minutes as it is, and a log that is freed meanwhile has none.',
    summary: 'A log that waits for the link will be full within hours.',
    description: `The log of database ${databaseText} on {{ $labels.server }} is kept for a copy that has not got it (log_reuse_wait_desc AVAILABILITY_REPLICA), and will be full within ${logFullSoonHours} hours at the rate at which it grows, before that if its disk is smaller than its limit. Then the database takes no more writes (error 9002). First look at the free space of its disk, and make room.`,
    dashboard: { ...linkDashboard, labels: [...linkDashboard.labels, 'database', 'server'] },
  },
  {
    name: 'MilinkLogFilling',
    severity: 'warning',
    findings: ['log_filling'],
    keys: [...databaseKeys, 'server'],
    wait: '2m',
    why: 'The growth is measured over minutes as it is, and a log that is freed meanwhile has none.',
    summary: 'A log that waits for the link will be full within a day.',
    description: `The log of database ${databaseText} on {{ $labels.server }} is kept for a copy that has not got it (log_reuse_wait_desc AVAILABILITY_REPLICA), and will be full within ${logFillingHours} hours at the rate at which it grows, before that if its disk is smaller than its limit. First repair what holds it, or make room.`,
    dashboard: { ...linkDashboard, labels: [...linkDashboard.labels, 'database', 'server'] },
  },
  {
    name: 'MilinkEndpointProblem',
    severity: 'warning',
    findings: ['endpoint_not_started', 'endpoint_settings_refuse', 'endpoints_do_not_meet'],
    keys: [...linkKeys, 'server', 'finding'],
    wait: '5m',
    why: 'Who changes an endpoint stops it for a moment.',
    summary: 'The next connection of the link will fail at an endpoint.',
    description: `The database mirroring endpoint of ${endText} in link ${linkText} is stopped, or its settings and those of the other end can't meet ({{ $labels.finding }}): a connection that stands goes on, the next one fails. First compare state, encryption and authentication of both endpoints.`,
    dashboard: certificateDashboard,
  },
  {
    name: 'MilinkCertificateProblem',
    severity: 'warning',
    findings: ['certificate_not_valid_yet', 'authority_expired', 'endpoint_certificate_not_seen'],
    keys: [...linkKeys, 'server', 'certificate', 'finding'],
    wait: '5m',
    why: 'A rotation shows both certificates for a moment.',
    summary: 'A certificate of the link needs a look.',
    description: `{{ with $labels.certificate }}Certificate {{ . }} of {{ end }}${endText} in link ${linkText} is not valid yet, has an authority that has expired, or can't be seen ({{ $labels.finding }}): a connection that stands goes on, the next one may fail. First run \`check\`: it says which, and from when on.`,
    dashboard: certificateDashboard,
  },
];

function findingWatch(settings: Settings, { findings, ...alert }: FindingAlert): Watch {
  const finding = findings.length === 1 ? findings[0] : { matches: findings.join('|') };
  const seen = alert.keys.includes('server')
    ? { labels: ['server'], expression: reachedServer.name }
    : { labels: linkKeys, expression: verdictIsNot(settings, ['unknown', 'primary_unreachable', 'missing']) };
  const linkSeen = { labels: linkKeys, expression: verdictIsNot(settings, ['unknown', 'missing']) };
  return {
    ...alert,
    wrong: saidByExporter(settings, alert.keys, `${selectFor(settings)(linkFinding, { finding })} == 1`),
    right: [
      openIn(settings, alert, seen),
      // What is about no end in particular is well when the link is seen without it.
      ...(alert.keys.includes('server') ? [`or ${openIn(settings, alert, linkSeen)}`] : []),
    ].join('\n'),
    silences: '',
  };
}

/** What the exporter finds by judging both ends together, where no figure or state says it alone. */
export function findingAlerts(settings: Settings): WatchGroup {
  return { name: 'milink-findings', watches: alerts.map((alert) => findingWatch(settings, alert)) };
}
