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
      'MilinkLinkDisconnected',
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
      'MilinkLinkNotHealthy',
      'MilinkLogSendQueueHigh',
      'MilinkLogTruncationBlocked',
    ],
  },
  { scenario: 'no-primary', alerts: ['MilinkLinkNoPrimary'] },
  { scenario: 'vanished', alerts: ['MilinkLinkMissing'] },
  {
    scenario: 'primary-unreachable',
    alerts: ['MilinkLinkErrors', 'MilinkLinkPrimaryUnreachable', 'MilinkServerNotPolled'],
  },
  { scenario: 'secondary-unreachable', alerts: ['MilinkServerNotPolled'] },
  { scenario: 'unreachable', alerts: ['MilinkLinkUnknown', 'MilinkServerNotPolled'] },
  { scenario: 'partially-healthy', alerts: ['MilinkLinkPartiallyHealthy'] },
  {
    scenario: 'disconnected',
    alerts: [
      'MilinkDataLossOverObjective',
      'MilinkDatabaseLagHigh',
      'MilinkLinkDisconnected',
      'MilinkLinkErrors',
      'MilinkLinkNotHealthy',
      'MilinkLogSendQueueHigh',
      'MilinkLogTruncationBlocked',
    ],
  },
  {
    scenario: 'log-filling',
    alerts: [
      'MilinkDataLossOverObjective',
      'MilinkDatabaseLagHigh',
      'MilinkDatabaseNotHealthy',
      'MilinkLinkDisconnected',
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
      'MilinkDatabaseSuspended',
      'MilinkLinkNotHealthy',
      'MilinkLogSendQueueHigh',
      'MilinkLogTruncationBlocked',
    ],
  },
  { scenario: 'database-missing', databases: 2, alerts: ['MilinkDatabaseMissing'] },
  {
    scenario: 'send-queue-growing',
    alerts: ['MilinkDataLossOverObjective', 'MilinkDatabaseLagHigh', 'MilinkLogSendQueueGrowing'],
  },
  {
    scenario: 'send-queue-high',
    alerts: ['MilinkDataLossOverObjective', 'MilinkDatabaseLagHigh', 'MilinkLogSendQueueHigh'],
  },
  { scenario: 'redo-queue-growing', alerts: ['MilinkRedoQueueGrowing'] },
  { scenario: 'redo-queue-high', alerts: ['MilinkRedoQueueHigh'] },
  { scenario: 'seeding', alerts: ['MilinkSeedingRunning'] },
  { scenario: 'seeding-failed', alerts: ['MilinkSeedingFailed'] },
  { scenario: 'seeding-refused', alerts: ['MilinkSeedingFailed'] },
  { scenario: 'seeding-stalled', alerts: ['MilinkSeedingRunning', 'MilinkSeedingStalled'] },
  { scenario: 'certificate-expired', alerts: ['MilinkCertificateExpired'] },
  { scenario: 'certificate-expiring', alerts: ['MilinkCertificateExpiring critical'] },
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
      'MilinkLinkDisconnected',
      'MilinkLinkErrors',
      'MilinkLinkNotHealthy',
      'MilinkLogSendQueueHigh',
      'MilinkLogTruncationBlocked',
    ],
  },
  {
    scenario: 'seeding-beside-not-healthy',
    databases: 2,
    alerts: [
      'MilinkDataLossOverObjective',
      'MilinkLinkNotHealthy',
      'MilinkLogSendQueueHigh',
      'MilinkLogTruncationBlocked',
    ],
  },
  { scenario: 'seeding-not-granted', alerts: ['MilinkSeedingFailed'] },
  { scenario: 'seeding-waiting', databases: 2, alerts: ['MilinkSeedingRunning'] },
  { scenario: 'seeding-implausible', databases: 2, alerts: ['MilinkSeedingRunning'] },
  { scenario: 'database-not-copied', databases: 2, alerts: [] },
  { scenario: 'database-copy-removed', databases: 2, alerts: [] },
  { scenario: 'database-orphaned', databases: 2, alerts: [] },
  { scenario: 'contained-group', alerts: [] },
  { scenario: 'dropped-at-primary', alerts: ['MilinkLinkErrors'] },
  {
    scenario: 'dropped-at-secondary',
    alerts: [
      'MilinkDataLossOverObjective',
      'MilinkLinkDisconnected',
      'MilinkLinkErrors',
      'MilinkLinkNotHealthy',
      'MilinkLogSendQueueHigh',
      'MilinkLogTruncationBlocked',
    ],
  },
  { scenario: 'dropped-at-primary-instance', alerts: ['MilinkLinkErrors'] },
  {
    scenario: 'dropped-at-secondary-server',
    alerts: [
      'MilinkDataLossOverObjective',
      'MilinkLinkDisconnected',
      'MilinkLinkErrors',
      'MilinkLinkNotHealthy',
      'MilinkLogSendQueueHigh',
      'MilinkLogTruncationBlocked',
    ],
  },
  { scenario: 'dropped-nobody-serves', alerts: ['MilinkLinkMissing'] },
  { scenario: 'creation-failed', alerts: ['MilinkLinkDisconnected', 'MilinkLinkErrors', 'MilinkLinkNotHealthy'] },
  { scenario: 'build-too-old', alerts: ['MilinkLinkDisconnected', 'MilinkLinkErrors', 'MilinkLinkNotHealthy'] },
  {
    scenario: 'address-without-server',
    alerts: ['MilinkLinkDisconnected', 'MilinkLinkErrors', 'MilinkLinkNotHealthy'],
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
    alerts: ['MilinkLinkErrors', 'MilinkLinkPrimaryUnreachable', 'MilinkServerNotPolled'],
  },
  {
    scenario: 'primary-lost-never-joined',
    alerts: ['MilinkLinkErrors', 'MilinkLinkPrimaryUnreachable', 'MilinkServerNotPolled'],
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
      'MilinkDatabaseSuspended',
      'MilinkLinkNotHealthy',
      'MilinkLogSendQueueHigh',
      'MilinkLogTruncationBlocked',
    ],
  },
  {
    scenario: 'idle-then-broken',
    alerts: [
      'MilinkDataLossOverObjective',
      'MilinkLinkDisconnected',
      'MilinkLinkErrors',
      'MilinkLinkNotHealthy',
      'MilinkLogTruncationBlocked',
    ],
  },
  { scenario: 'primary-failed', alerts: [] },
  { scenario: 'primary-database-suspect', alerts: ['MilinkLinkNotHealthy', 'MilinkLogTruncationBlocked'] },
  { scenario: 'primary-database-recovery-pending', alerts: ['MilinkLinkNotHealthy', 'MilinkLogTruncationBlocked'] },
  { scenario: 'local-node-disconnected', alerts: ['MilinkLogTruncationBlocked'] },
  { scenario: 'log-backup-missing', alerts: [] },
  { scenario: 'endpoint-stopped', alerts: [] },
  { scenario: 'endpoint-encryption-differs', alerts: [] },
  { scenario: 'endpoint-unencrypted', alerts: [] },
  { scenario: 'endpoint-windows-only', alerts: [] },
  {
    scenario: 'endpoint-elsewhere',
    alerts: [
      'MilinkDataLossOverObjective',
      'MilinkLinkDisconnected',
      'MilinkLinkErrors',
      'MilinkLinkNotHealthy',
      'MilinkLogSendQueueHigh',
      'MilinkLogTruncationBlocked',
    ],
  },
  { scenario: 'ordinary-group', alerts: [] },
  { scenario: 'case-sensitive', alerts: ['MilinkDatabaseMissing'] },
  { scenario: 'one-way-version', alerts: [] },
  { scenario: 'always-up-to-date', alerts: [] },
  { scenario: 'commit-modes-differ', alerts: [] },
  { scenario: 'certificate-not-yet-valid', alerts: [] },
  { scenario: 'certificate-hidden', alerts: [] },
  { scenario: 'certificate-module-signing', alerts: [] },
  { scenario: 'groups-not-readable', alerts: ['MilinkPermissionMissing'] },
  { scenario: 'replicas-not-readable', alerts: ['MilinkPermissionMissing'] },
];

/** Alerts about the exporter itself, which no simulated server can raise, and how to see them. */
export const alertsElsewhere: Readonly<Record<string, string>> = {
  MilinkExporterDown: 'Stop the demo, and Prometheus finds nobody at its address.',
  MilinkExporterAbsent:
    'Empty the list `targets` of the job in the configuration of Prometheus and send the process SIGHUP: there is no exporter to scrape.',
  MilinkConfigReloadFailed:
    'Start `serve` with the file that `--simulator.config-file` wrote, put a misspelt key into it and send the exporter SIGHUP.',
  MilinkDataStale:
    'Start `serve` with the file that `--simulator.config-file` wrote and `poll_interval: 10m` in it: the rules expect 15 s.',
  MilinkShardingMismatch: 'Scrape two exporters under one job, one started with `--total-shards=2`, the other with 3.',
  MilinkShardsMissing: 'Scrape one exporter only, started with `--shard=0 --total-shards=2`.',
};
