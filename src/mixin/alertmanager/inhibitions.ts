/** An alert that says the same of the same thing as others do, and says more: these are not told beside it. */
export interface Inhibition {
  readonly why: string;
  readonly source: readonly string[];
  readonly target: readonly string[];
  /** What has to be the same, beside the labels that tell environments apart. */
  readonly equal: readonly string[];
}

const link = ['link', 'managed_instance'] as const;

/** Each names one cause in one scope: an exporter that is gone, or a link that nobody sees, hides nothing that somebody sees. */
export const inhibitions: readonly Inhibition[] = [
  {
    why: 'The same at a worse severity.',
    source: ['severity = critical'],
    target: ['severity = warning'],
    equal: ['alertname', ...link, 'database', 'server', 'certificate', 'usage', 'job', 'instance'],
  },
  {
    why: 'A certificate that has expired need not be said to expire.',
    source: ['alertname = MilinkCertificateExpired'],
    target: ['alertname = MilinkCertificateExpiring'],
    equal: ['server', 'certificate', 'usage'],
  },
  {
    why: 'An exporter that does not answer: what it said of itself before.',
    source: ['alertname = MilinkExporterDown'],
    target: ['alertname =~ "MilinkConfigReloadFailed|MilinkExporter(Blind|Stale|ClockSkew)"'],
    equal: ['job', 'instance'],
  },
  {
    why: 'Two primaries: that the ends do not talk to each other follows from it, and the figures mean nothing until it is repaired.',
    source: ['alertname = MilinkLinkSplitBrain'],
    target: [
      'alertname =~ "MilinkLink(NotHealthy|PartiallyHealthy|Disconnected|NoPrimary)|MilinkDatabaseNotHealthy|MilinkDatabaseLagHigh|MilinkDataLossOverObjective|Milink(LogSend|Redo)Queue(High|Growing)"',
    ],
    equal: link,
  },
  {
    why: 'The copy of a database does not follow: that the link is not healthy says no more. Never the other way round, nor for its connection: what stops later is told.',
    source: ['alertname = MilinkDatabaseNotHealthy', 'severity = critical'],
    target: ['alertname = MilinkLinkNotHealthy'],
    equal: link,
  },
  {
    why: 'A link that is only partially healthy: what its ends and its databases say of that.',
    source: ['alertname = MilinkLinkPartiallyHealthy'],
    target: ['alertname =~ "MilinkReplicaNotHealthy|MilinkDatabaseNotHealthy"', 'severity = warning'],
    equal: link,
  },
  {
    why: 'Ends that are not connected: nothing is sent of any database, and every copy falls behind.',
    source: ['alertname = MilinkLinkDisconnected', 'severity = critical'],
    target: [
      'alertname =~ "MilinkLink(NotHealthy|PartiallyHealthy)|MilinkDatabaseNotHealthy|MilinkDatabaseLagHigh|MilinkDataLossOverObjective|MilinkLogSendQueue(High|Growing)"',
    ],
    equal: link,
  },
  {
    why: 'Of a database that is suspended, or whose first copy failed: that its copy is behind.',
    source: ['alertname =~ "MilinkDatabaseSuspended|MilinkSeedingFailed"'],
    target: [
      'alertname =~ "MilinkDatabaseLagHigh|MilinkDataLossOverObjective|Milink(LogSend|Redo)Queue(High|Growing)"',
    ],
    equal: [...link, 'database'],
  },
  {
    why: "The primary end can't be reached: its server can't be polled, which is the same. `server` is on this alert for that.",
    source: ['alertname = MilinkLinkPrimaryUnreachable', 'server != ""'],
    target: ['alertname = MilinkServerNotPolled'],
    equal: ['server'],
  },
  {
    why: "A primary that can't be reached: that the other end gets nothing from it follows, and its text names the databases.",
    source: ['alertname = MilinkLinkPrimaryUnreachable'],
    target: ['alertname =~ "MilinkReplicaNotHealthy|MilinkDatabaseNotHealthy"'],
    equal: link,
  },
  {
    why: "A server that can't be polled: what the last poll that succeeded said of its views and rights.",
    source: ['alertname = MilinkServerNotPolled'],
    target: ['alertname =~ "MilinkViewFailing|MilinkPermissionMissing"'],
    equal: ['server'],
  },
  {
    why: 'The queue that is too long need not be said to grow.',
    source: ['alertname = MilinkLogSendQueueHigh'],
    target: ['alertname = MilinkLogSendQueueGrowing'],
    equal: [...link, 'database'],
  },
  {
    why: 'Likewise.',
    source: ['alertname = MilinkRedoQueueHigh'],
    target: ['alertname = MilinkRedoQueueGrowing'],
    equal: [...link, 'database'],
  },
];
