import type { Scenario } from '../../src/simulator/scenario/index.ts';

/** What `make demo` with a scenario makes fire. */
export interface AlertScenario {
  readonly scenario: Scenario;
  /** Every alert that fires in the end, in the order of the alphabet, `name` or `name severity` where a name has two. */
  readonly alerts: readonly string[];
  /** 1 unless given. */
  readonly databases?: number;
}

/** Each scenario of the demo with its alerts: docs/demo.md shows it, and a test holds both to the rules. */
export const alertScenarios: readonly AlertScenario[] = [
  { scenario: 'healthy', alerts: [] },
  { scenario: 'failover-ready', alerts: [] },
  { scenario: 'seeding-retried', alerts: [] },
  { scenario: 'planned-failover', alerts: ['MilinkReplicaRoleChanged'] },
  {
    scenario: 'split-brain',
    alerts: [
      'MilinkDatabaseLagHigh',
      'MilinkDatabaseNotHealthy',
      'MilinkLinkErrors',
      'MilinkLinkSplitBrain',
      'MilinkLogSendQueueHigh',
      'MilinkLogTruncationBlocked',
    ],
  },
  {
    scenario: 'not-healthy',
    alerts: [
      'MilinkDataLossOverObjective',
      'MilinkDatabaseLagHigh',
      'MilinkDatabaseNotHealthy',
      'MilinkLinkNotHealthy',
      'MilinkLogSendQueueHigh',
      'MilinkLogTruncationBlocked',
      'MilinkReplicaNotHealthy',
    ],
  },
  { scenario: 'no-primary', alerts: ['MilinkLinkNoPrimary'] },
  { scenario: 'vanished', alerts: ['MilinkLinkMissing'] },
  {
    scenario: 'primary-unreachable',
    alerts: [
      'MilinkDatabaseNotHealthy',
      'MilinkLinkErrors',
      'MilinkLinkPrimaryUnreachable',
      'MilinkReplicaNotHealthy',
      'MilinkServerNotPolled',
    ],
  },
  { scenario: 'secondary-unreachable', alerts: ['MilinkServerNotPolled'] },
  { scenario: 'unreachable', alerts: ['MilinkLinkUnknown', 'MilinkServerNotPolled'] },
  { scenario: 'partially-healthy', alerts: ['MilinkLinkPartiallyHealthy'] },
  {
    scenario: 'disconnected',
    alerts: [
      'MilinkDataLossOverObjective',
      'MilinkDatabaseLagHigh',
      'MilinkDatabaseNotHealthy',
      'MilinkLinkDisconnected critical',
      'MilinkLinkErrors',
      'MilinkLinkNotHealthy',
      'MilinkLogSendQueueHigh',
      'MilinkLogTruncationBlocked',
      'MilinkReplicaNotHealthy',
    ],
  },
  {
    scenario: 'log-filling',
    alerts: [
      'MilinkDataLossOverObjective',
      'MilinkDatabaseLagHigh',
      'MilinkDatabaseNotHealthy',
      'MilinkLinkDisconnected critical',
      'MilinkLinkErrors',
      'MilinkLinkNotHealthy',
      'MilinkLogFullSoon',
      'MilinkLogSendQueueHigh',
      'MilinkLogTruncationBlocked',
      'MilinkReplicaNotHealthy',
    ],
  },
  {
    scenario: 'suspended',
    alerts: [
      'MilinkDataLossOverObjective',
      'MilinkDatabaseLagHigh',
      'MilinkDatabaseNotHealthy',
      'MilinkDatabaseSuspended',
      'MilinkLinkNotHealthy',
      'MilinkLogSendQueueHigh',
      'MilinkLogTruncationBlocked',
      'MilinkReplicaNotHealthy',
    ],
  },
  { scenario: 'database-missing', databases: 2, alerts: ['MilinkDatabaseMissing'] },
  {
    scenario: 'send-queue-growing',
    alerts: ['MilinkDataLossOverObjective', 'MilinkDatabaseLagHigh', 'MilinkLogSendQueueHigh'],
  },
  {
    scenario: 'send-queue-high',
    alerts: ['MilinkDataLossOverObjective', 'MilinkDatabaseLagHigh', 'MilinkLogSendQueueHigh'],
  },
  { scenario: 'redo-queue-growing', alerts: [] },
  { scenario: 'redo-queue-high', alerts: [] },
  { scenario: 'seeding', alerts: ['MilinkSeedingRunning'] },
  { scenario: 'seeding-failed', alerts: ['MilinkSeedingFailed'] },
  { scenario: 'seeding-refused', alerts: ['MilinkSeedingFailed'] },
  { scenario: 'seeding-stalled', alerts: ['MilinkSeedingRunning', 'MilinkSeedingStalled'] },
  { scenario: 'certificate-expired', alerts: ['MilinkCertificateExpired'] },
  { scenario: 'certificate-expiring', alerts: ['MilinkCertificateExpiring warning'] },
  { scenario: 'certificate-expiring-later', alerts: ['MilinkCertificateExpiring warning'] },
  { scenario: 'certificate-mismatch', alerts: ['MilinkCertificateMismatch'] },
  { scenario: 'view-failing', alerts: ['MilinkViewFailing'] },
  { scenario: 'permission-missing', alerts: ['MilinkPermissionMissing'] },
  { scenario: 'seeding-failed-long-ago', alerts: [] },
  { scenario: 'seeding-history', alerts: [] },
  {
    scenario: 'disconnected-after-old-failure',
    alerts: [
      'MilinkDataLossOverObjective',
      'MilinkDatabaseNotHealthy',
      'MilinkLinkDisconnected critical',
      'MilinkLinkErrors',
      'MilinkLinkNotHealthy',
      'MilinkLogSendQueueHigh',
      'MilinkLogTruncationBlocked',
      'MilinkReplicaNotHealthy',
    ],
  },
  {
    scenario: 'seeding-beside-not-healthy',
    databases: 2,
    alerts: [
      'MilinkDataLossOverObjective',
      'MilinkDatabaseNotHealthy',
      'MilinkLinkNotHealthy',
      'MilinkLogSendQueueHigh',
      'MilinkLogTruncationBlocked',
      'MilinkReplicaNotHealthy',
    ],
  },
  { scenario: 'seeding-not-granted', alerts: ['MilinkSeedingFailed'] },
  { scenario: 'seeding-waiting', databases: 2, alerts: ['MilinkSeedingRunning'] },
  { scenario: 'seeding-implausible', databases: 2, alerts: ['MilinkSeedingRunning'] },
  { scenario: 'database-not-copied', databases: 2, alerts: ['MilinkDatabaseUnprotected'] },
  { scenario: 'database-copy-removed', databases: 2, alerts: ['MilinkDatabaseUnprotected'] },
  { scenario: 'database-orphaned', databases: 2, alerts: ['MilinkDatabaseUnprotected'] },
  { scenario: 'contained-group', alerts: [] },
  {
    scenario: 'dropped-at-primary',
    alerts: ['MilinkDatabaseNotHealthy', 'MilinkLinkDroppedAtOneEnd', 'MilinkLinkErrors', 'MilinkReplicaNotHealthy'],
  },
  {
    scenario: 'dropped-at-secondary',
    alerts: [
      'MilinkDataLossOverObjective',
      'MilinkDatabaseNotHealthy',
      'MilinkLinkDisconnected critical',
      'MilinkLinkDroppedAtOneEnd',
      'MilinkLinkErrors',
      'MilinkLinkNotHealthy',
      'MilinkLogSendQueueHigh',
      'MilinkLogTruncationBlocked',
    ],
  },
  {
    scenario: 'dropped-at-primary-instance',
    alerts: ['MilinkDatabaseNotHealthy', 'MilinkLinkDroppedAtOneEnd', 'MilinkLinkErrors', 'MilinkReplicaNotHealthy'],
  },
  {
    scenario: 'dropped-at-secondary-server',
    alerts: [
      'MilinkDataLossOverObjective',
      'MilinkDatabaseNotHealthy',
      'MilinkLinkDisconnected critical',
      'MilinkLinkDroppedAtOneEnd',
      'MilinkLinkErrors',
      'MilinkLinkNotHealthy',
      'MilinkLogSendQueueHigh',
      'MilinkLogTruncationBlocked',
    ],
  },
  { scenario: 'dropped-nobody-serves', alerts: ['MilinkLinkMissing'] },
  {
    scenario: 'creation-failed',
    alerts: ['MilinkLinkDisconnected critical', 'MilinkLinkErrors', 'MilinkLinkNotHealthy'],
  },
  {
    scenario: 'build-too-old',
    alerts: ['MilinkLinkDisconnected critical', 'MilinkLinkErrors', 'MilinkLinkNotHealthy'],
  },
  {
    scenario: 'address-without-server',
    alerts: ['MilinkLinkDisconnected critical', 'MilinkLinkErrors', 'MilinkLinkNotHealthy'],
  },
  {
    scenario: 'primary-lost-reverting',
    alerts: ['MilinkLinkErrors', 'MilinkLinkPrimaryUnreachable', 'MilinkServerNotPolled'],
  },
  {
    scenario: 'primary-lost-initializing',
    alerts: ['MilinkLinkErrors', 'MilinkLinkPrimaryUnreachable', 'MilinkServerNotPolled'],
  },
  {
    scenario: 'primary-lost-recovering',
    alerts: [
      'MilinkDatabaseNotHealthy',
      'MilinkLinkErrors',
      'MilinkLinkPrimaryUnreachable',
      'MilinkReplicaNotHealthy',
      'MilinkServerNotPolled',
    ],
  },
  {
    scenario: 'primary-lost-never-joined',
    alerts: ['MilinkLinkErrors', 'MilinkLinkPrimaryUnreachable', 'MilinkReplicaNotHealthy', 'MilinkServerNotPolled'],
  },
  {
    scenario: 'primary-lost-seeding',
    alerts: ['MilinkLinkErrors', 'MilinkLinkPrimaryUnreachable', 'MilinkServerNotPolled'],
  },
  {
    scenario: 'reverting',
    alerts: [
      'MilinkDataLossOverObjective',
      'MilinkDatabaseLagHigh',
      'MilinkLinkPartiallyHealthy',
      'MilinkLogSendQueueHigh',
    ],
  },
  {
    scenario: 'suspended-redo-waiting',
    alerts: [
      'MilinkDataLossOverObjective',
      'MilinkDatabaseNotHealthy',
      'MilinkDatabaseSuspended',
      'MilinkLinkNotHealthy',
      'MilinkLogSendQueueHigh',
      'MilinkLogTruncationBlocked',
      'MilinkReplicaNotHealthy',
    ],
  },
  {
    scenario: 'idle-then-broken',
    alerts: [
      'MilinkDataLossOverObjective',
      'MilinkDatabaseNotHealthy',
      'MilinkLinkDisconnected critical',
      'MilinkLinkErrors',
      'MilinkLinkNotHealthy',
      'MilinkLogTruncationBlocked',
      'MilinkReplicaNotHealthy',
    ],
  },
  { scenario: 'primary-failed', alerts: ['MilinkReplicaNotHealthy'] },
  {
    scenario: 'primary-database-suspect',
    alerts: [
      'MilinkDatabaseNotHealthy',
      'MilinkDatabaseNotOnline',
      'MilinkLinkNotHealthy',
      'MilinkLogTruncationBlocked',
      'MilinkReplicaNotHealthy',
    ],
  },
  {
    scenario: 'primary-database-recovery-pending',
    alerts: [
      'MilinkDatabaseNotHealthy',
      'MilinkDatabaseNotOnline',
      'MilinkLinkNotHealthy',
      'MilinkLogTruncationBlocked',
      'MilinkReplicaNotHealthy',
    ],
  },
  { scenario: 'local-node-disconnected', alerts: ['MilinkLogTruncationBlocked'] },
  { scenario: 'log-backup-missing', alerts: [] },
  { scenario: 'endpoint-stopped', alerts: ['MilinkEndpointProblem'] },
  { scenario: 'endpoint-encryption-differs', alerts: ['MilinkEndpointProblem'] },
  { scenario: 'endpoint-unencrypted', alerts: ['MilinkEndpointProblem'] },
  { scenario: 'endpoint-windows-only', alerts: ['MilinkEndpointProblem'] },
  {
    scenario: 'endpoint-elsewhere',
    alerts: [
      'MilinkDataLossOverObjective',
      'MilinkDatabaseNotHealthy',
      'MilinkLinkDisconnected critical',
      'MilinkLinkErrors',
      'MilinkLinkNotHealthy',
      'MilinkLogSendQueueHigh',
      'MilinkLogTruncationBlocked',
      'MilinkReplicaNotHealthy',
    ],
  },
  { scenario: 'ordinary-group', alerts: [] },
  { scenario: 'case-sensitive', alerts: ['MilinkDatabaseMissing'] },
  { scenario: 'one-way-version', alerts: [] },
  { scenario: 'always-up-to-date', alerts: [] },
  { scenario: 'commit-modes-differ', alerts: [] },
  { scenario: 'certificate-not-yet-valid', alerts: ['MilinkCertificateProblem'] },
  { scenario: 'certificate-hidden', alerts: ['MilinkCertificateProblem'] },
  { scenario: 'certificate-module-signing', alerts: [] },
  { scenario: 'groups-not-readable', alerts: ['MilinkPermissionMissing'] },
  { scenario: 'replicas-not-readable', alerts: ['MilinkPermissionMissing'] },
];

/** Alerts about the exporter itself, which no simulated server can raise, and how to see them. */
export const alertsElsewhere: Readonly<Record<string, string>> = {
  'MilinkExporterDown warning': 'Scrape two exporters with one configuration, and stop one of them.',
  'MilinkLinkDisconnected warning':
    'Make the distributed group on the SQL Server end alone: the managed instance never joins it.',
  'MilinkCertificateExpiring critical':
    'Set `certificateCriticalHours` to 168, and start the scenario `certificate-expiring`.',
  MilinkRedoQueueHigh: 'Set `queueSeconds` to 30, and start the scenario `redo-queue-high`.',
  MilinkRedoQueueGrowing: 'Set `queueSeconds` to 60, and start the scenario `redo-queue-growing`.',
  MilinkLogSendQueueGrowing: 'Set `queueSeconds` to 7200, and start the scenario `send-queue-growing`.',
  MilinkLinkVanished: 'Start `serve` without `links` in its file, and the scenario `vanished`.',
  MilinkExporterStale:
    'Scrape two exporters with one configuration, and stop one with SIGSTOP behind a proxy that answers its last page.',
  MilinkExporterBlind: 'Scrape two exporters with one configuration, one of them with a wrong password.',
  MilinkExporterClockSkew: 'Start the exporter under `faketime -f -3m`.',
  MilinkServerTooLarge: 'Start `serve` with a limit below what the simulated servers have (docs/scaling.md).',
  'MilinkLogFilling warning': 'Start a scenario in which the log fills, and look before it is critical.',
  MilinkWatchdog: 'It always fires.',
  MilinkRuleFailing: 'Load two versions of the rules at once, with Prometheus scraping itself.',
  MilinkRulesLate: 'Set `evaluation_interval` to 10ms, with Prometheus scraping itself.',
  MilinkNotificationsDropped: 'Stop Alertmanager, with Prometheus scraping itself.',
  'MilinkExporterDown critical': 'Stop the demo, and Prometheus finds nobody at its address.',
  MilinkExporterAbsent:
    'Empty the list `targets` of the job in the configuration of Prometheus and send the process SIGHUP: there is no exporter to scrape.',
  MilinkConfigReloadFailed:
    'Start `serve` with the file that `--simulator.config-file` wrote, put a misspelt key into it and send the exporter SIGHUP.',
  MilinkDataStale:
    'Start `serve` with the file that `--simulator.config-file` wrote and `poll_interval: 10m` in it: the rules expect 15 s.',
  MilinkShardingMismatch: 'Scrape two exporters under one job, one started with `--total-shards=2`, the other with 3.',
  MilinkShardsMissing: 'Scrape one exporter only, started with `--shard=0 --total-shards=2`.',
};
