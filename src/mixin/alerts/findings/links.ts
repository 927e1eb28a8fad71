import type { FindingCode } from '../../../link/findings/kinds.ts';
import type { Key } from '../../evidence/watch.ts';
import type { DashboardLink, Duration } from '../../rules.ts';
import { databaseKeys, endText, linkDashboard, linkKeys, linkText } from '../link-series.ts';

/** Alerts that are a kind of finding each, of the same severity, about the same thing. */
export interface FindingAlert {
  readonly name: string;
  readonly severity: 'critical' | 'warning';
  readonly findings: readonly [FindingCode, ...FindingCode[]];
  /** What only says in other words, of the same link, what these say: told as those where they hold at the end that is secondary. */
  readonly echo?: { readonly of: FindingCode; readonly words: readonly [FindingCode, ...FindingCode[]] };
  readonly keys: readonly Key[];
  readonly wait: Duration;
  readonly why: string;
  readonly summary: string;
  readonly description: string;
  readonly dashboard: DashboardLink;
}

const certificateDashboard = { uid: 'milink-certificates', labels: ['server'] } as const;

/** What explains that a secondary end is not in order: the primary, its connection, or what it carries. */
const explanations = [
  'primary_not_observed',
  'partner_not_healthy',
  'partner_disconnected',
  'database_not_healthy',
  'database_reverting',
  'database_suspended',
  'database_not_online',
  'seeding_failed',
] as const;

/** About a link, one of its ends, or what its next connection or failover will need. */
export const linkFindingAlerts: readonly FindingAlert[] = [
  {
    name: 'MilinkLinkDroppedAtOneEnd',
    severity: 'critical',
    findings: ['dropped_at_one_end'],
    keys: linkKeys,
    wait: '3m',
    why: 'A server that has just started shows its groups late.',
    summary: 'A link was dropped at one end.',
    description: `Link ${linkText} is there at one end only: it was dropped at the other, or a cutover ended it, and the databases may take writes there. First run \`check\`: it says which end has what, and what to remove where.`,
    dashboard: linkDashboard(),
  },
  {
    name: 'MilinkReplicaNotHealthy',
    severity: 'critical',
    findings: ['end_not_healthy', 'end_not_operational'],
    // The health of a secondary is the worst of its copies.
    echo: { of: 'end_not_healthy', words: explanations },
    keys: [...linkKeys, 'server'],
    wait: '2m',
    why: 'A change of role or a restart passes through such states for a minute.',
    summary: 'An end of the link is not healthy itself.',
    description: `End ${endText} of link ${linkText} says of itself that it is not healthy or not operational: its databases may not be served. First look at the state of its own availability group and databases, on that end.`,
    dashboard: linkDashboard('server'),
  },
  {
    name: 'MilinkReplicaNotHealthy',
    severity: 'warning',
    findings: ['end_partially_healthy', 'end_pending_operation', 'end_in_recovery', 'several_primaries_on_one_side'],
    echo: {
      of: 'end_partially_healthy',
      words: [...explanations, 'partner_partially_healthy', 'database_partially_healthy'],
    },
    keys: [...linkKeys, 'server'],
    wait: '7m',
    why: 'A restart, a change of role or of the commit mode passes through such states for minutes.',
    summary: 'An end of the link does not settle.',
    description: `End ${endText} of link ${linkText} is partially healthy, pending, in recovery, or has two nodes that say that they are primary, and stays so. First look at the state of its own availability group and databases, on that end, and at its worker threads.`,
    dashboard: linkDashboard('server'),
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
  {
    name: 'MilinkLinkSetupProblem',
    severity: 'warning',
    findings: [
      'address_without_server',
      'endpoint_address_differs',
      'build_too_old',
      'commit_modes_differ',
      'connection_not_recognised',
    ],
    keys: [...linkKeys, 'server', 'finding'],
    wait: '7m',
    why: 'Who makes or changes a link has the two ends apart for minutes.',
    summary: 'A link is not set up as it has to be.',
    description: `Link ${linkText} is set up in a way that does not carry it or that a planned failover refuses ({{ $labels.finding }}{{ with $labels.server }}, on {{ . }}{{ end }}). First run \`check\`: it says what was read and what it has to be.`,
    dashboard: linkDashboard(),
  },
];

/** What Azure says of links, where the exporter reads it. */
export const azureFindingAlerts: readonly FindingAlert[] = [
  {
    name: 'MilinkAzureLinkError',
    severity: 'critical',
    findings: ['azure_link_error', 'azure_disconnected', 'azure_not_healthy', 'azure_certificate_expired'],
    keys: [...databaseKeys, 'finding'],
    wait: '2m',
    why: 'The exporter itself waits ten minutes with an error state, as Azure shows one for seconds on a good link.',
    summary: 'Azure shows a link that does not work.',
    description: `Azure shows link ${linkText}{{ with $labels.database }}, database {{ . }},{{ end }} as one that does not work ({{ $labels.finding }}): it never began, has lost its partner, or its certificate has expired. First run \`check\`: it has Azure's own words, the number of its error, what it means and what to do.`,
    dashboard: linkDashboard('database'),
  },
  {
    name: 'MilinkAzureLinkError',
    severity: 'warning',
    findings: [
      'azure_link_error_unconfirmed',
      'azure_partially_healthy',
      'azure_role_differs',
      'azure_link_not_listed',
      'azure_lists_absent_link',
      'azure_certificate_differs',
      'azure_certificate_expiring',
    ],
    keys: [...databaseKeys, 'finding'],
    wait: '10m',
    why: 'Azure is behind the servers, and a link that is made or deleted is there for one of them first.',
    summary: 'Azure shows something else of a link than it should.',
    description: `What Azure shows of link ${linkText}{{ with $labels.database }}, database {{ . }},{{ end }} is not what it should be or not what the servers show ({{ $labels.finding }}). First run \`check\`: it has what each of them says.`,
    dashboard: linkDashboard('database'),
  },
  {
    name: 'MilinkAzureInstanceNotReady',
    severity: 'warning',
    findings: ['azure_instance_not_ready'],
    keys: linkKeys,
    wait: '15m',
    why: 'A change of the size of an instance passes through such a state; what it breaks is told for itself.',
    summary: 'Azure says that a managed instance is not ready.',
    description: `Managed instance {{ $labels.managed_instance }}, which carries link {{ $labels.link }}, is not Ready as Azure says: it is stopped, being made or being changed. First see in Azure who did that, and until when.`,
    dashboard: linkDashboard(),
  },
];
