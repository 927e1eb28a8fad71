import { type Finding, withoutRepeats } from '../data/finding.ts';
import { droppedAtOneEnd, notFoundAnywhere } from './absence.ts';
import {
  azureNotRead,
  databasesInAzure,
  instanceNotReady,
  listedAlone,
  notFoundInAzure,
  notListed,
  operationsInAzure,
} from './azure.ts';
import { certificateEnds, certificatesDiffer, differing, notSeen, validity } from './certificates.ts';
import { connectionNotRecognised, lastConnectErrors, partnerDisconnected } from './connection.ts';
import { notHealthy, notOnline, orphaned, suspended, unexpected, unprotected } from './databases.ts';
import type { Evidence } from './evidence.ts';
import { endHealth, operationalState, partnerHealth, recoveryHealth } from './health.ts';
import { logBackups, logs, logsHeldByNodes } from './log.ts';
import {
  noPrimary,
  primariesWithoutLink,
  roleDiffers,
  seenThroughAzure,
  severalPrimaries,
  splitBrain,
  splitBrainInAzure,
} from './roles.ts';
import { seeding } from './seeding.ts';
import {
  addressWithoutServer,
  buildTooOld,
  commitModesDiffer,
  doNotMeet,
  notStarted,
  portDiffers,
  settingsRefuse,
} from './setup.ts';
import {
  ambiguousIdentity,
  databasesLeftOut,
  duplicateServers,
  noEndObserved,
  otherEndNotFound,
  primaryNotSeen,
  roleNotReported,
  splitBrainNotExcluded,
  unseenEnds,
  viewsNotRead,
} from './sight.ts';

/** A pure function that tells what it finds, each finding for itself: none looks at what another one found. */
type Finder = (evidence: Evidence) => readonly Finding[];

/** Every finder; the order is that of the texts on a screen where severities are equal. */
const finders: readonly Finder[] = [
  splitBrain,
  splitBrainInAzure,
  notFoundAnywhere,
  notFoundInAzure,
  droppedAtOneEnd,
  primariesWithoutLink,
  noEndObserved,
  ambiguousIdentity,
  roleNotReported,
  otherEndNotFound,
  primaryNotSeen,
  noPrimary,
  partnerDisconnected,
  lastConnectErrors,
  connectionNotRecognised,
  seeding,
  suspended,
  partnerHealth,
  endHealth,
  operationalState,
  recoveryHealth,
  notOnline,
  notHealthy,
  logs,
  logBackups,
  logsHeldByNodes,
  unprotected,
  orphaned,
  unexpected,
  splitBrainNotExcluded,
  unseenEnds,
  viewsNotRead,
  databasesLeftOut,
  severalPrimaries,
  notStarted,
  settingsRefuse,
  doNotMeet,
  addressWithoutServer,
  portDiffers,
  buildTooOld,
  commitModesDiffer,
  validity,
  differing,
  notSeen,
  duplicateServers,
  databasesInAzure,
  roleDiffers,
  notListed,
  listedAlone,
  instanceNotReady,
  operationsInAzure,
  certificatesDiffer,
  certificateEnds,
  azureNotRead,
  seenThroughAzure,
];

/** Every finding that holds, worst first, then in the order of the finders. */
export function findingsOf(evidence: Evidence): readonly Finding[] {
  const found = withoutRepeats(finders.flatMap((find) => find(evidence)));
  const rank = { critical: 0, warning: 1, info: 2 } as const;
  return found.toSorted((one, other) => rank[one.severity] - rank[other.severity]);
}
