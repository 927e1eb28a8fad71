/** How many alerts of each name a whole page of the exporter raises that stays as it is for half an hour. */
type Raised = Readonly<Record<string, number>>;

const brokenConnection: Raised = {
  // That the copies do not follow, and fall behind, is not told beside it.
  MilinkLinkDisconnected: 1,
  // Each end reports the error of its own.
  MilinkLinkErrors: 2,
  MilinkLogTruncationBlocked: 1,
};

/** The managed instance is primary and reports the lost SQL Server. */
const primaryLost: Raised = { ...brokenConnection, MilinkLinkErrors: 1, MilinkServerNotPolled: 1 };

const splitBrain: Raised = {
  MilinkLinkSplitBrain: 1,
  MilinkLinkErrors: 2,
  // Each end is a primary whose log waits for the other.
  MilinkLogTruncationBlocked: 2,
};

const oneDatabaseStopped: Raised = {
  MilinkDatabaseNotHealthy: 1,
  MilinkLogTruncationBlocked: 1,
};

/** By the name of the page in test/golden. */
export const goldenAlerts: Readonly<Record<string, Raised>> = {
  healthy: {},
  'failover-ready': {},
  'two-nodes': {},
  'seeding-retried': {},
  'planned-failover-done': {},
  'forced-failover-recovery': {},
  'awkward-names': { MilinkSeedingRunning: 1 },
  seeding: { MilinkSeedingRunning: 1 },
  // Its bytes have just been seen for the first time: that they do not move is known after some polls.
  'seeding-stalled': { MilinkSeedingRunning: 1 },
  'seeding-failed': { MilinkSeedingFailed: 1 },
  'seeding-refused': { MilinkSeedingFailed: 1 },
  // A failover that takes half an hour is none.
  'planned-failover-both-secondary': { MilinkLinkNoPrimary: 1 },
  'no-primary': { MilinkLinkNoPrimary: 1 },
  'not-healthy': oneDatabaseStopped,
  'several-databases': oneDatabaseStopped,
  crowded: oneDatabaseStopped,
  suspended: { ...oneDatabaseStopped, MilinkDatabaseSuspended: 1 },
  disconnected: brokenConnection,
  // A page that stands still has no growth.
  'log-filling': {
    ...brokenConnection,
    MilinkLogFilling: 1,
  },
  'error-log': brokenConnection,
  'split-brain': splitBrain,
  // The pair beside it has a link of the same name and is healthy.
  'shared-link-name': splitBrain,
  'forced-failover-primary-lost': primaryLost,
  'primary-lost-after-forced-failover': primaryLost,
  'sql-server-unreachable': { MilinkLinkPrimaryUnreachable: 1, MilinkServerNotPolled: 1 },
  'managed-instance-unreachable': { MilinkServerNotPolled: 1 },
  // The server answers, and does not show that it has a part in the link.
  'no-view-any-definition': { MilinkLinkUnknown: 1, MilinkPermissionMissing: 1 },
  'nullable-columns-null': { MilinkLinkUnknown: 1 },
  vanished: { MilinkLinkMissing: 1 },
  'certificate-expiring': { MilinkCertificateExpiring: 1 },
  'certificate-expiring-later': { MilinkCertificateExpiring: 1 },
  'certificate-expired': { MilinkCertificateExpired: 1 },
  'certificate-mismatch': { MilinkCertificateMismatch: 1 },
  'database-missing': { MilinkDatabaseMissing: 1, MilinkLinkNotHealthy: 1 },
  // Its end and its link say no more.
  'partially-healthy': { MilinkDatabaseNotHealthy: 1 },
  'permission-missing': { MilinkPermissionMissing: 1 },
  'view-failing': { MilinkViewFailing: 1 },
  'primary-unreachable': {
    MilinkLinkPrimaryUnreachable: 1,
    MilinkServerNotPolled: 1,
    MilinkLinkErrors: 1,
  },
  'secondary-unreachable': { MilinkServerNotPolled: 1 },
  unreachable: { MilinkLinkUnknown: 1, MilinkServerNotPolled: 2 },
  // A minute of work at the rate of that page.
  'redo-queue-high': {},
  'send-queue-high': { MilinkLogSendQueueHigh: 1, MilinkDataLossOverObjective: 1, MilinkDatabaseLagHigh: 1 },
  // A page that stays as it is does not grow.
  'redo-queue-growing': {},
  'send-queue-growing': {},
  'database-not-copied': { MilinkDatabaseUnprotected: 1 },
  'database-orphaned': { MilinkDatabaseUnprotected: 1 },
  'dropped-at-primary': {
    MilinkLinkDroppedAtOneEnd: 1,
    MilinkDatabaseNotHealthy: 1,
    MilinkLinkErrors: 1,
  },
  'dropped-at-secondary': {
    MilinkLinkDroppedAtOneEnd: 1,
    MilinkLinkDisconnected: 1,
    MilinkLinkErrors: 1,
    MilinkLogTruncationBlocked: 1,
  },
  'groups-not-readable': { MilinkPermissionMissing: 1 },
  'ordinary-group': {},
  'primary-failed': { MilinkReplicaNotHealthy: 1 },
  'primary-lost-reverting': {
    MilinkLinkErrors: 1,
    MilinkLinkPrimaryUnreachable: 1,
    MilinkServerNotPolled: 1,
  },
  'seeding-beside-not-healthy': oneDatabaseStopped,
  'seeding-failed-long-ago': {},
  'seeding-implausible': { MilinkSeedingRunning: 1 },
};
