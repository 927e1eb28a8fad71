import type { AvailabilityReplica, ReplicaState } from '../model/availability.ts';
import type { SeedingAttempt } from '../model/seeding.ts';
import type { Engine } from '../model/server.ts';
import type { AzureEnd } from './azure/sight.ts';
import type { LinkInAzure } from './azure/witness.ts';
import type { CertificateMatch } from './certificate-match.ts';
import type { LinkDatabase } from './database.ts';
import type { EndDatabase } from './end-databases.ts';
import type { FailoverCheck } from './failover.ts';
import type { Finding } from './findings/finding.ts';
import type { DatabaseSeeding } from './seeding-status.ts';
import type { Severity } from './severity.ts';
import type { Transfer } from './transfers.ts';

/** One end of a link, as its own server reports it in the latest successful poll. */
export interface LinkEnd {
  /** `name` of the server in the configuration. */
  readonly server: string;
  /** `@@SERVERNAME`: two configured names of one instance are one end. */
  readonly instance: string;
  readonly engine: Engine;
  readonly groupId: string;
  /** The local row's role in the distributed group; null when the row or its role is missing. */
  readonly role: string | null;
  readonly local: ReplicaState | null;
  /** The partner's row: only the primary end has one. */
  readonly partner: ReplicaState | null;
  /** The members of the distributed group as this end's catalog has them; null when that view was not read. */
  readonly localMember: AvailabilityReplica | null;
  readonly partnerMember: AvailabilityReplica | null;
  readonly seeding: 'failed' | 'running' | 'none' | 'unseen';
  /** The newest seeding attempt per database and partner; empty when the view was not read. */
  readonly seedingAttempts: readonly SeedingAttempt[];
  /** The transfers of the link's databases that run now. */
  readonly transfers: readonly Transfer[];
  /** The link's databases as this end shows them; null when no view of databases was read. */
  readonly databases: readonly EndDatabase[] | null;
  /** Its server has more than the limits of the configuration show: what is not here may be there. Absent: no. */
  readonly hasMoreDatabases?: boolean;
}

/** A configured server that may carry an end of the link but could not be asked. */
export interface UnseenEnd {
  readonly server: string;
  /** `view_failed`: it answered, but a view or permission without which a link can't be seen is missing. */
  readonly why: 'pending' | 'unreachable' | 'view_failed';
}

/** A distributed availability group between a SQL Server and a managed instance, put together from what both ends say. */
export interface Link {
  /** The distributed group's name. */
  readonly name: string;
  /** The managed instance's short name in lower case; empty when no end can tell. */
  readonly managedInstance: string;
  readonly ends: readonly LinkEnd[];
  /** Servers whose answer is missing and which are or may be an end of this link. */
  readonly unseen: readonly UnseenEnd[];
  /** Servers that carried or may have carried an end, answered in full, and do not have the link: it is gone there. */
  readonly goneAt: readonly string[];
  /** Listed in the configuration. */
  readonly isExpected: boolean;
}

/** Worst first: of findings of one severity the first of these words is the verdict. `severity.ts` says how. */
export const verdicts = [
  'split_brain',
  'missing',
  'no_primary',
  'primary_unreachable',
  'seeding_failed',
  'disconnected',
  'suspended',
  'not_healthy',
  'unknown',
  'seeding',
  'partially_healthy',
  'healthy',
] as const;

export type Verdict = (typeof verdicts)[number];

/** A link with what a pure function makes of it. */
export interface AssessedLink extends Link {
  /** Everything that is wrong with it or worth knowing, worst first. Verdict and severity summarise them. */
  readonly findings: readonly Finding[];
  readonly verdict: Verdict;
  readonly severity: Severity;
  /** How the first copy of each database stands. */
  readonly seedings: readonly DatabaseSeeding[];
  /** How many of the two ends, 0 to 2, showed their row of the link in their latest poll. */
  readonly endsObserved: number;
  /**
   * Ends with the role PRIMARY, 0 to 2; null unless both ends showed a role: one unseen end leaves split brain unknown.
   * Several SQL Server nodes of one availability group are one end.
   */
  readonly primaries: number | null;
  /** Sorted by name; those that only the configuration names are among them. */
  readonly databases: readonly LinkDatabase[];
  /** For each certificate that both ends show: whether it is the same. */
  readonly certificateMatches: readonly CertificateMatch[];
  /** What a planned failover asks of the whole link; what it asks of each database is with the database. */
  readonly failoverChecks: readonly FailoverCheck[];
  /** What Azure says of it; null where its managed instance is not read there. */
  readonly azure: LinkInAzure | null;
  /** The managed instance's end where only Azure shows it: counted in `endsObserved` and `primaries`. */
  readonly azureEnd: AzureEnd | null;
}
