import type { Engine } from '../../model/server.ts';
import type { LinkInAzure } from '../azure/witness.ts';
import type { DatabaseSeeding, FailoverCheck, LinkDatabase } from './database.ts';
import type { LinkEnd, UnseenEnd } from './end.ts';
import type { Finding } from './finding.ts';
import type { Severity, Verdict } from './verdict.ts';

/** Whether the other end holds the endpoint certificate that one end uses, by their SHA-1 thumbprints. */
export interface CertificateMatch {
  /** The end whose certificate it is. */
  readonly owner: Engine;
  readonly isSame: boolean;
}

/** The managed instance's end where no server stands at it: Azure shows it, and nothing else does. */
export interface AzureEnd {
  /** PRIMARY or SECONDARY. */
  readonly role: string;
  readonly readTimestampSeconds: number;
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
