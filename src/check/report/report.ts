import type { Held } from '../../history/ledger.ts';
import type { LinkInAzure } from '../../link/azure/witness.ts';
import type { CertificateUsage } from '../../link/certificate-usage.ts';
import type { FailoverCheck } from '../../link/data/database.ts';
import type { UnseenEnd } from '../../link/data/end.ts';
import type { Finding } from '../../link/data/finding.ts';
import type { CertificateMatch } from '../../link/data/link.ts';
import type { Severity, Verdict } from '../../link/data/verdict.ts';
import type { LogSpace } from '../../link/log-space.ts';
import type { AzureFailure } from '../../model/azure/state.ts';
import type { SqlErrorDescription } from '../../model/errors/description.ts';
import type { Engine } from '../../model/server.ts';
import type { LeftOut } from '../../model/snapshot.ts';
import type { Statement } from '../../text/tsql.ts';

/** All that a check found, once, for the screen and for programs. Times are Unix seconds, sizes bytes. */
export interface CheckReport {
  readonly generatedAtSeconds: number;
  readonly severity: Severity;
  /** Worst first, then by name. */
  readonly links: readonly LinkReport[];
  /** In the order of the configuration. */
  readonly servers: readonly ServerReport[];
  /** What of Azure could not be read; empty where all of it was, or it is not read. */
  readonly unreadInAzure: readonly UnreadInAzure[];
}

/** Something of Azure that could not be read. */
export interface UnreadInAzure {
  readonly subscription: string;
  /** Null: the list of the instances of the subscription. */
  readonly managedInstance: string | null;
  /** `instances`, `links`, ...: an open set. */
  readonly resource: string;
  readonly failure: AzureFailure;
}

export interface LinkReport {
  readonly name: string;
  /** Short name; empty when no end can tell. */
  readonly managedInstance: string;
  readonly isExpected: boolean;
  readonly verdict: Verdict;
  readonly severity: Severity;
  /** Since when the verdict holds; null where nobody watched. */
  readonly held: Held | null;
  /** Everything that holds, worst first. */
  readonly findings: readonly FindingReport[];
  /** Those behind the verdict that the catalogue of errors knows. */
  readonly errors: readonly ErrorReport[];
  readonly ends: readonly EndReport[];
  readonly databases: readonly DatabaseReport[];
  /** Under way, or failed at the newest attempt. */
  readonly seedings: readonly SeedingReport[];
  /** Copies that are just being made, stage by stage; empty where Azure does not list the link. */
  readonly beginnings: readonly BeginningReport[];
  readonly certificates: readonly CertificateReport[];
  /** For each certificate that both ends show: whether it is the same. */
  readonly certificateMatches: readonly CertificateMatch[];
  readonly failover: FailoverReport;
  /** What Azure says; null where its managed instance is not read there. */
  readonly azure: LinkInAzure | null;
  /** Whether only Azure shows the managed instance's end. */
  readonly isSeenThroughAzure: boolean;
  readonly nextSteps: readonly NextStep[];
}

/** A finding, and since when the exporter sees it; null where nobody watched. */
export interface FindingReport extends Finding {
  readonly held: Held | null;
}

/** An entry of the catalogue of errors, and the server that shows its number, or Azure. */
export interface ErrorReport
  extends Pick<SqlErrorDescription, 'number' | 'name' | 'severity' | 'meaning' | 'likelyCauses' | 'whatToDo'> {
  readonly server: string;
}

/** An end of a link, or the server that carries or may carry it but did not show it. */
export interface EndReport {
  readonly server: string;
  readonly state: 'seen' | UnseenEnd['why'];
  /** Null for a server that was never reached and whose host does not say. */
  readonly engine: Engine | null;
  readonly role: string | null;
  /** What a primary says of its partner; null at a secondary, which does not know. */
  readonly partner: { readonly connectedState: string | null; readonly health: string | null } | null;
  readonly lastConnectError: ConnectErrorReport | null;
}

export interface ConnectErrorReport {
  readonly number: number;
  readonly description: string | null;
  readonly timestampSeconds: number | null;
}

export interface DatabaseReport {
  /** The group_database_id where no end gives a name. */
  readonly name: string;
  readonly isExpected: boolean | null;
  readonly isPresent: boolean | null;
  /** As `LinkDatabase.isCarried`. */
  readonly isCarried: boolean | null;
  readonly copies: readonly CopyReport[];
  /** Of each end that tells of it. */
  readonly logs: readonly LogReport[];
  readonly isFailoverReady: boolean | null;
  readonly failoverChecks: readonly FailoverCheck[];
}

/** The log of a database at one end. */
export interface LogReport extends LogSpace {
  readonly server: string;
  readonly role: string | null;
  /** log_reuse_wait_desc: why it can't be truncated. */
  readonly reuseWait: string | null;
}

/** One copy of a database as one server tells it: its own, or a primary's word of its partner's. */
export interface CopyReport {
  /** The server with the copy; null when it is the other end and not known by name. */
  readonly server: string | null;
  readonly toldBy: string;
  readonly isOwn: boolean;
  /** The role of the end that tells. */
  readonly toldByRole: string | null;
  readonly synchronizationState: string | null;
  readonly health: string | null;
  readonly databaseState: string | null;
  readonly isSuspended: boolean | null;
  readonly suspendReason: string | null;
  /** Null at a secondary, and for a 0 while data is not known to move. */
  readonly lagSeconds: number | null;
  readonly sendQueueBytes: number | null;
  readonly redoQueueBytes: number | null;
  readonly estimatedDataLossSeconds: number | null;
  readonly estimatedRecoverySeconds: number | null;
  readonly lastCommitTimestampSeconds: number | null;
  readonly lastHardenedTimestampSeconds: number | null;
  readonly hardenedLsn: bigint | null;
}

export interface SeedingReport {
  readonly database: string;
  /** The server that tells. */
  readonly server: string;
  readonly status: 'running' | 'failed';
  readonly direction: string;
  /** `current_state`: an open set. */
  readonly currentState: string | null;
  readonly attempts: number | null;
  readonly startedTimestampSeconds: number | null;
  readonly completedTimestampSeconds: number | null;
  readonly errorCode: number | null;
  readonly failureState: number | null;
  readonly failureStateDescription: string | null;
  /** Null where no transfer runs: before it, after it, or when it can't be told which one it is. */
  readonly transfer: TransferReport | null;
}

/** The way of a copy that is just being made. */
export interface BeginningReport {
  readonly database: string;
  /** In their order; exactly one is `now`. */
  readonly stages: readonly BeginningStage[];
}

export interface BeginningStage {
  readonly stage: 'creating' | 'seeding' | 'catch_up' | 'synchronizing';
  readonly status: 'done' | 'now' | 'open';
  /** What the servers count, then what Azure does. */
  readonly texts: readonly string[];
}

export interface TransferReport {
  readonly internalState: string | null;
  readonly transferredBytes: number | null;
  readonly databaseSizeBytes: number | null;
  readonly rateBytesPerSecond: number | null;
  readonly isCompressed: boolean | null;
  /** Transferred bytes by the size of the database, 0 to 1. */
  readonly progress: number | null;
  /** Compressed bytes against an uncompressed size: there is more progress than `progress`. */
  readonly isProgressLowerBound: boolean;
  /** The server's own estimate, from the uncompressed remainder. */
  readonly estimatedCompletionTimestampSeconds: number | null;
  /** Bytes that do not move although it runs: known only by watching. Null where no bytes are reported. */
  readonly isStalled: boolean | null;
  readonly lastProgressTimestampSeconds: number | null;
}

export interface CertificateReport {
  readonly server: string;
  readonly name: string;
  readonly usage: CertificateUsage;
  readonly startTimestampSeconds: number | null;
  readonly expiryTimestampSeconds: number | null;
  /** By the server's clock; negative once it has expired. */
  readonly secondsLeft: number | null;
  readonly severity: Severity;
}

export interface FailoverReport {
  /** Every database ready; false as soon as one is not, null when that can't be told. */
  readonly isReady: boolean | null;
  readonly checks: readonly FailoverCheck[];
}

export interface ServerReport {
  readonly name: string;
  readonly host: string;
  /** Null: it is told by the name of its instance. */
  readonly port: number | null;
  readonly instance: string | null;
  readonly engine: Engine | null;
  readonly version: string | null;
  readonly state: 'pending' | 'polled' | 'failed';
  /** Why the latest poll failed. */
  readonly failure: FailureReport | null;
  /** Views that could not be read in a poll that succeeded. */
  readonly failedViews: readonly FailureReport[];
  /** Columns that could not be read, each with what was wrong: what is made from them is not seen. */
  readonly unreadableColumns: readonly UnreadableColumn[];
  /** Permissions that the login was asked for and does not hold. */
  readonly missingPermissions: readonly string[];
  readonly lastPollTimestampSeconds: number | null;
  readonly lastSuccessTimestampSeconds: number | null;
  /** The slow view of databases may be read less often than the rest. */
  readonly databasesReadTimestampSeconds: number | null;
  readonly pollDurationSeconds: number | null;
  /** What it has beyond `limits` of the configuration: read, and not shown here. */
  readonly leftOut: LeftOut;
  /** It could not be asked for all of its links, and no link names it as an end that was not seen. */
  readonly mayHideLinks: boolean;
  /** Distributed availability groups that are no links: told, not judged. */
  readonly unlinkedGroups: readonly string[];
  readonly nextSteps: readonly NextStep[];
}

export interface UnreadableColumn {
  readonly view: string;
  /** What was wrong, in words that begin with the column's name. */
  readonly text: string;
}

export interface FailureReport {
  /** Null when the failure came before any view. */
  readonly view: string | null;
  readonly reason: string;
  readonly message: string;
  readonly errorNumber: number | null;
}

/** Something for a person to do. Nothing of it is ever run by this program. */
export interface NextStep {
  readonly text: string;
  /** Where to run the statements: configured names, or what is known of the place. Empty without statements. */
  readonly servers: readonly string[];
  readonly statements: readonly Statement[];
  /** Whether a statement changes something at a server; false for one that only looks. */
  readonly changes: boolean;
  /** Null for a step that is to be taken whichever way is chosen. */
  readonly alternative: Alternative | null;
}

/** One way to go: of all ways `of` the same question exactly one is taken, with all of its steps. */
export interface Alternative {
  /** `old_primary`, `new_primary`: an open set. */
  readonly of: string;
  /** The server that this way is for. */
  readonly choice: string;
}
