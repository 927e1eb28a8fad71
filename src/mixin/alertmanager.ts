import type { Severity } from './rules.ts';

/** Alerts on one side of an inhibition. */
export interface Side {
  /** Their names, as a regular expression; any where it is absent. */
  readonly alerts?: string;
  readonly severity?: Severity;
  /** A label that they have to have. */
  readonly labelled?: string;
}

/** An alert that says the same of the same thing as others do, and says more: these are not told beside it. */
export interface Inhibition {
  readonly why: string;
  readonly source: Side;
  readonly target: Side;
  /** What has to be the same, beside the labels that tell environments apart. */
  readonly equal: readonly string[];
}

const link = ['link', 'managed_instance'] as const;
const behind = 'MilinkDatabaseLagHigh|MilinkDataLossOverObjective';

/**
 * Each names one cause in one scope: an exporter that is gone, or a link that nobody sees, hides nothing that somebody sees.
 * The rules know them too: what another alert says is not told, and what is told already Alertmanager keeps back.
 */
export const inhibitions: readonly Inhibition[] = [
  {
    why: 'The same at a worse severity.',
    source: { severity: 'critical' },
    target: { severity: 'warning' },
    equal: ['alertname', ...link, 'database', 'server', 'certificate', 'usage', 'finding', 'job', 'instance'],
  },
  {
    why: 'A certificate that has expired need not be said to expire.',
    source: { alerts: 'MilinkCertificateExpired' },
    target: { alerts: 'MilinkCertificateExpiring' },
    equal: ['server', 'certificate', 'usage'],
  },
  {
    why: 'An exporter that does not answer: what it said of itself before.',
    source: { alerts: 'MilinkExporterDown' },
    target: { alerts: 'MilinkConfigReloadFailed|MilinkHistoryNotWritten|MilinkExporter(Blind|Stale|ClockSkew)' },
    equal: ['job', 'instance'],
  },
  {
    why: 'Two primaries: that the ends do not talk to each other follows from it, and the figures mean nothing until it is repaired.',
    source: { alerts: 'MilinkLinkSplitBrain' },
    target: {
      alerts: `MilinkLink(NotHealthy|PartiallyHealthy|Disconnected|NoPrimary)|MilinkDatabaseNotHealthy|${behind}|Milink(LogSend|Redo)Queue(High|Growing)`,
    },
    equal: link,
  },
  {
    why: 'The copy of a database does not follow: that the link is not healthy says no more. Never the other way round, nor for its connection: what stops later is told.',
    source: { alerts: 'MilinkDatabaseNotHealthy', severity: 'critical' },
    target: { alerts: 'MilinkLinkNotHealthy' },
    equal: link,
  },
  {
    why: 'Likewise of one that is not in step, or is being undone.',
    source: { alerts: 'MilinkDatabaseNotHealthy' },
    target: { alerts: 'MilinkLinkPartiallyHealthy' },
    equal: link,
  },
  {
    why: 'Ends that are not connected: nothing is sent of any database, and every copy falls behind.',
    source: { alerts: 'MilinkLinkDisconnected', severity: 'critical' },
    target: {
      alerts: `MilinkLink(NotHealthy|PartiallyHealthy)|MilinkDatabaseNotHealthy|${behind}|MilinkLogSendQueue(High|Growing)`,
    },
    equal: link,
  },
  {
    why: 'Of a database that is suspended, or whose first copy failed: that its copy is behind.',
    source: { alerts: 'MilinkDatabaseSuspended|MilinkSeedingFailed' },
    target: { alerts: `${behind}|Milink(LogSend|Redo)Queue(High|Growing)` },
    equal: [...link, 'database'],
  },
  {
    why: "The primary end can't be reached: its server can't be polled, which is the same. `server` is on this alert for that.",
    source: { alerts: 'MilinkLinkPrimaryUnreachable', labelled: 'server' },
    target: { alerts: 'MilinkServerNotPolled' },
    equal: ['server'],
  },
  {
    why: "A primary that can't be reached: that the copies at the other end get nothing from it follows, and its text names the databases.",
    source: { alerts: 'MilinkLinkPrimaryUnreachable' },
    target: { alerts: 'MilinkDatabaseNotHealthy' },
    equal: link,
  },
  {
    why: "A server that can't be polled: what the last poll that succeeded said of its views and rights.",
    source: { alerts: 'MilinkServerNotPolled' },
    target: { alerts: 'MilinkViewFailing|MilinkPermissionMissing' },
    equal: ['server'],
  },
  {
    why: 'The queue that is too long need not be said to grow.',
    source: { alerts: 'MilinkLogSendQueueHigh' },
    target: { alerts: 'MilinkLogSendQueueGrowing' },
    equal: [...link, 'database'],
  },
  {
    why: 'Likewise.',
    source: { alerts: 'MilinkRedoQueueHigh' },
    target: { alerts: 'MilinkRedoQueueGrowing' },
    equal: [...link, 'database'],
  },
];

/** Whether an alert is on this side, by its name and severity. */
export function isOn(
  { alerts = '.+', severity }: Side,
  alert: { readonly name: string; readonly severity: Severity },
): boolean {
  return new RegExp(`^(?:${alerts})$`).test(alert.name) && (severity ?? alert.severity) === alert.severity;
}

/** A side as Alertmanager's matchers. */
function matchersOf({ alerts, severity, labelled }: Side): readonly string[] {
  return [
    ...(alerts === undefined ? [] : [/^\w+$/.test(alerts) ? `alertname = ${alerts}` : `alertname =~ "${alerts}"`]),
    ...(severity === undefined ? [] : [`severity = ${severity}`]),
    ...(labelled === undefined ? [] : [`${labelled} != ""`]),
  ];
}

const head = `# Generated from src/mixin/alertmanager.ts and src/mixin/config.ts by \`npm run generate\`: edit those, not this file, or take it over.
# Who hears of what, and one page for one cause. The receivers are yours to fill:
# https://prometheus.io/docs/alerting/latest/configuration/
#
# The time from a change to its page is poll + scrape + rule + wait + group_wait: keep group_wait short for pages.
#
# Two Alertmanagers: start each with --cluster.peer=<the other>, or each page is two. Two Prometheus with a label \`replica\`
# under external_labels: drop it on the way here (alert_relabel_configs: [{ regex: replica, action: labeldrop }]), or each alert is two.
`;

function route(groupBy: string): string {
  return `route:
  receiver: tickets
  # One message per alert: an exporter that is cut off, or a route to Azure that breaks, takes many links with it, and that is one
  # message with all of them. What comes later to a message that is out waits for group_interval.
  group_by: [${groupBy}]
  group_wait: 1m
  group_interval: 5m
  repeat_interval: 24h
  routes:
    # Always fires: to a dead man's switch, which calls when it stops coming.
    - matchers: [alertname = MilinkWatchdog]
      receiver: watchdog
      group_wait: 0s
      group_interval: 1m
      repeat_interval: 1m
    - matchers: [severity = critical]
      receiver: on-call
      # Longer than the moment between two rules of one evaluation, so that an alert that inhibits another is there first.
      group_wait: 10s
      group_interval: 5m
      repeat_interval: 4h
    # Work of the day: told once in each.
    - matchers: [alertname = MilinkCertificateExpiring, severity = warning]
      receiver: tickets
      active_time_intervals: [daytime]
    - matchers: [severity = info]
      receiver: record

# In UTC unless \`location\` says else.
time_intervals:
  - name: daytime
    time_intervals:
      - weekdays: ['monday:friday']
        times: [{ start_time: '08:00', end_time: '17:00' }]

receivers:
  # Critical: wakes somebody (PagerDuty, Opsgenie, a telephone).
  - name: on-call
  # Warning: somebody's work of the day (a ticket, a channel).
  - name: tickets
  # Info: nobody is told. They are in Prometheus and, as annotations, on the dashboards.
  - name: record
  # A dead man's switch (healthchecks.io, Dead Man's Snitch, a heartbeat of your pager).
  - name: watchdog
`;
}

/** deploy/alertmanager/alertmanager.yaml, with the labels that tell environments apart. */
export function alertmanagerFile(identity: readonly string[]): string {
  const quoted = (matchers: readonly string[]): string =>
    matchers.map((text) => (/["~!]/.test(text) ? `'${text}'` : text)).join(', ');
  return [
    head,
    route(['alertname', ...identity].join(', ')),
    '# Each names one cause in one scope. Nothing hides an alert of another link, server, exporter or environment.',
    'inhibit_rules:',
    ...inhibitions.flatMap(({ why, source, target, equal }) => [
      `  # ${why}`,
      `  - source_matchers: [${quoted(matchersOf(source))}]`,
      `    target_matchers: [${quoted(matchersOf(target))}]`,
      `    equal: [${[...equal, ...identity].join(', ')}]`,
    ]),
    '',
  ].join('\n');
}
