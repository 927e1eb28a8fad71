import { identity, type Labels, linkSeries, type RuleCase, seriesText } from './rule-case.ts';

const verdict = (word: string, instance = 'a:10522'): string =>
  linkSeries('milink_link_verdict', { instance, verdict: word });
const finding = (code: string, severity: string, scope: Labels, instance = 'a:10522'): string =>
  linkSeries('milink_link_finding', {
    instance,
    finding: code,
    severity,
    server: '',
    database: '',
    certificate: '',
    ...scope,
  });

interface Kind {
  readonly alert: string;
  readonly severity: 'critical' | 'warning';
  readonly code: string;
  readonly scope: Labels;
  /** Labels of the alert beside the link's. */
  readonly labels: Labels;
  readonly waitMinutes: number;
  /** Read where given: another kind of the same alert has the same text. */
  readonly description?: string;
}

const sales = { database: 'Sales' };
const end = { server: 'sql-prod' };
const ofLink = 'of link DAG_Sales with managed instance mi-prod';

const kinds: readonly Kind[] = [
  {
    alert: 'MilinkLinkDroppedAtOneEnd',
    severity: 'critical',
    code: 'dropped_at_one_end',
    scope: end,
    labels: {},
    waitMinutes: 3,
    description:
      'Link DAG_Sales with managed instance mi-prod is there at one end only: it was dropped at the other, or a cutover ended it, and the databases may take writes there. First run `check`: it says which end has what, and what to remove where. Seen without a break since 1970-01-01 00:01:00 UTC.',
  },
  {
    alert: 'MilinkReplicaNotHealthy',
    severity: 'critical',
    code: 'end_not_operational',
    scope: end,
    labels: end,
    waitMinutes: 2,
    description: `End sql-prod ${ofLink} says of itself that it is not healthy or not operational: its databases may not be served. First look at the state of its own availability group and databases, on that end. Seen without a break since 1970-01-01 00:01:00 UTC.`,
  },
  {
    alert: 'MilinkDatabaseNotHealthy',
    severity: 'critical',
    code: 'database_not_healthy',
    scope: { ...sales, ...end },
    labels: sales,
    waitMinutes: 1,
    description: `The copy of database Sales ${ofLink} is not healthy: changes of it do not reach the other end, whatever its other databases do. First see whether it is suspended or being undone (REVERTING: then wait, and don't restart or fail over), and what the error log of the end with the copy says. Seen without a break since 1970-01-01 00:01:00 UTC.`,
  },
  {
    alert: 'MilinkDatabaseNotHealthy',
    severity: 'critical',
    code: 'database_reverting',
    scope: { ...sales, ...end },
    labels: sales,
    waitMinutes: 1,
  },
  {
    alert: 'MilinkDatabaseNotHealthy',
    severity: 'warning',
    code: 'database_partially_healthy',
    scope: { ...sales, ...end },
    labels: sales,
    waitMinutes: 5,
    description: `The copy of database Sales ${ofLink} is partially healthy: it does not keep up as its commit mode asks. First see whether the mode was changed for a failover, then what the lag does. Seen without a break since 1970-01-01 00:01:00 UTC.`,
  },
  {
    alert: 'MilinkDatabaseNotOnline',
    severity: 'critical',
    code: 'database_not_online',
    scope: { ...sales, ...end },
    labels: sales,
    waitMinutes: 2,
    description: `Database Sales ${ofLink} is not in a state in which it can be used at the primary end. First look at its state and at the error log there; don't fail over before its copy was seen to be good. Seen without a break since 1970-01-01 00:01:00 UTC.`,
  },
  {
    alert: 'MilinkDatabaseUnprotected',
    severity: 'warning',
    code: 'database_unprotected',
    scope: sales,
    labels: sales,
    waitMinutes: 7,
    description: `Database Sales ${ofLink} is at one end of the link only: the other end has no copy that has joined, and none is being made. First run \`check\`: it says at which end it is, and whether it has to be joined or taken out there. Seen without a break since 1970-01-01 00:01:00 UTC.`,
  },
  {
    alert: 'MilinkReplicaNotHealthy',
    severity: 'warning',
    code: 'end_in_recovery',
    scope: end,
    labels: end,
    waitMinutes: 7,
    description: `End sql-prod ${ofLink} is partially healthy, pending, in recovery, or has two nodes that say that they are primary, and stays so. First look at the state of its own availability group and databases, on that end, and at its worker threads. Seen without a break since 1970-01-01 00:01:00 UTC.`,
  },
  {
    alert: 'MilinkLinkSetupProblem',
    severity: 'warning',
    code: 'build_too_old',
    scope: end,
    labels: { ...end, finding: 'build_too_old' },
    waitMinutes: 7,
    description: `Link DAG_Sales with managed instance mi-prod is set up in a way that does not carry it or that a planned failover refuses (build_too_old, on sql-prod). First run \`check\`: it says what was read and what it has to be. Seen without a break since 1970-01-01 00:01:00 UTC.`,
  },
  {
    alert: 'MilinkLogBackupMissing',
    severity: 'warning',
    code: 'log_backup_missing',
    scope: { ...sales, ...end },
    labels: { ...sales, ...end },
    waitMinutes: 7,
    description: `The log of database Sales ${ofLink} on sql-prod has waited for a log backup (log_reuse_wait_desc LOG_BACKUP) for 2 hours and more, and nothing of it was freed: it grows until its disk is full, and there is nothing to restore from. First see which job takes log backups on that server, and whether it runs since the last failover. Seen without a break since 1970-01-01 00:01:00 UTC.`,
  },
  {
    alert: 'MilinkEndpointProblem',
    severity: 'warning',
    code: 'endpoint_not_started',
    scope: end,
    labels: { ...end, finding: 'endpoint_not_started' },
    waitMinutes: 5,
    description:
      "The database mirroring endpoint of sql-prod in link DAG_Sales with managed instance mi-prod is stopped, or its settings and those of the other end can't meet (endpoint_not_started): a connection that stands goes on, the next one fails. First compare state, encryption and authentication of both endpoints. Seen without a break since 1970-01-01 00:01:00 UTC.",
  },
  {
    alert: 'MilinkCertificateProblem',
    severity: 'warning',
    code: 'certificate_not_valid_yet',
    scope: { ...end, certificate: 'Cert' },
    labels: { ...end, certificate: 'Cert', finding: 'certificate_not_valid_yet' },
    waitMinutes: 5,
    description:
      "Certificate Cert of sql-prod in link DAG_Sales with managed instance mi-prod is not valid yet, has an authority that has expired, or can't be seen (certificate_not_valid_yet): a connection that stands goes on, the next one may fail. First run `check`: it says which, and from when on. Seen without a break since 1970-01-01 00:01:00 UTC.",
  },
  {
    alert: 'MilinkAzureLinkError',
    severity: 'critical',
    code: 'azure_link_error',
    scope: sales,
    labels: { ...sales, finding: 'azure_link_error' },
    waitMinutes: 2,
    description:
      "Azure shows link DAG_Sales with managed instance mi-prod, database Sales, as one that does not work (azure_link_error): it never began, has lost its partner, or its certificate has expired. First run `check`: it has Azure's own words, the number of its error, what it means and what to do. Seen without a break since 1970-01-01 00:01:00 UTC.",
  },
  {
    alert: 'MilinkAzureLinkError',
    severity: 'warning',
    code: 'azure_link_not_listed',
    scope: {},
    labels: { finding: 'azure_link_not_listed' },
    waitMinutes: 10,
    description:
      'What Azure shows of link DAG_Sales with managed instance mi-prod is not what it should be or not what the servers show (azure_link_not_listed). First run `check`: it has what each of them says. Seen without a break since 1970-01-01 00:01:00 UTC.',
  },
  {
    alert: 'MilinkAzureInstanceNotReady',
    severity: 'warning',
    code: 'azure_instance_not_ready',
    scope: {},
    labels: {},
    waitMinutes: 15,
    description:
      'Managed instance mi-prod, which carries link DAG_Sales, is not Ready as Azure says: it is stopped, being made or being changed. First see in Azure who did that, and until when.',
  },
];

function casesOf({ alert, severity, code, scope, labels, waitMinutes, description }: Kind): readonly RuleCase[] {
  const told = { alertname: alert, severity, ...identity, ...labels };
  const steps = waitMinutes * 4;
  return [
    {
      name: `${alert} (${code}): told by two exporters as one, and over when the link is seen without it`,
      alert,
      series: {
        [verdict('partially_healthy')]: '1x200',
        [finding(code, severity, scope, 'a:10522')]: '_x4 1x60 stale',
        [finding(code, severity, scope, 'b:10522')]: '_x4 1x60 stale',
        [seriesText('milink_up', { instance: 'a:10522', server: 'sql-prod' })]: '1x200',
      },
      firing: {
        [`${waitMinutes}m30s`]: [],
        [`${waitMinutes + 1}m`]: [told],
        [waitMinutes < 15 ? '16m' : '16m30s']: [told],
        '26m': [],
      },
      ...(description === undefined ? {} : { text: { at: `${waitMinutes + 3}m`, labels: told, description } }),
    },
    {
      name: `${alert} (${code}): silent for a stretch that is shorter`,
      alert,
      series: {
        [verdict('partially_healthy')]: '1x200',
        [finding(code, severity, scope)]: `_x4 1x${steps - 2} stale`,
      },
      firing: { [`${waitMinutes + 2}m`]: [], '20m': [] },
    },
  ];
}

export const findingCases: readonly RuleCase[] = kinds.flatMap(casesOf);
