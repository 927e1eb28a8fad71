import type { EndpointAuthentication, EndpointEncryption, TextOf } from './codes.ts';
import type { LanguageId } from './message.ts';
import type { Preparation } from './preparation.ts';
import type { DatabaseIdentity, EndName, LinkIdentity, PerEnd, Topology } from './topology.ts';

/** An end's role in the distributed group. */
export type Role = TextOf<'role'>;

/** The last transport error that an end met; the views go on showing it after recovery. */
export interface ConnectError {
  readonly number: number;
  readonly description: string;
  readonly atMilliseconds: number;
}

/** One attempt at automatic seeding, from the end that was then primary. */
export interface SeedingAttempt {
  readonly source: EndName;
  /** Made towards a replica that the link no longer has: the history keeps it. */
  readonly isTowardsFormerPartner?: boolean;
  readonly startedAtMilliseconds: number;
  readonly transferredBytes: number;
  readonly bytesPerSecond: number;
  /** The physical statistics have the transfer, but nothing has measured it yet: sizes NULL, the estimate a datetime of 0. */
  readonly isUnmeasured?: boolean;
  /** False for an attempt that failed before it copied anything: only the history of automatic seeding has it. */
  readonly reachedPhysicalSeeding: boolean;
  readonly outcome:
    | {
        readonly kind: 'running';
        /** The step in which it waits before the first byte; none: it copies. */
        readonly waitsIn?: 'LIMIT_CONCURRENT_BACKUPS';
      }
    | { readonly kind: 'completed'; readonly atMilliseconds: number }
    | {
        readonly kind: 'failed';
        readonly atMilliseconds: number;
        /** As sys.dm_hadr_automatic_seeding.failure_state numbers it. */
        readonly failureState: number;
        /** The SQL error number; null where no error of SQL's ended it. */
        readonly errorCode: number | null;
      };
}

/** What the data movement of a database does while the ends are connected and nobody has suspended it. */
export type Movement = 'moving' | 'stopped' | 'reverting' | 'initializing';

/**
 * One linked database. Its log is a function of time, so how far the secondary's copy has come is an instant:
 * everything that the primary had written by then is there.
 */
export interface DatabaseState {
  readonly identity: DatabaseIdentity;
  /** Which ends have it in their groups: one that was taken out at the primary alone stays at the forwarder. */
  readonly inGroup: PerEnd<boolean>;
  /** The secondary's copy is part of the group: seeding is over. */
  readonly joined: boolean;
  /** What state the database itself is in at an end, where it is not the one that its part in the link brings with it. */
  readonly states: Partial<PerEnd<TextOf<'database_state'>>>;
  readonly movement: Movement;
  /** Why the secondary's copy is suspended, or null. */
  readonly suspended: TextOf<'suspend_reason'> | null;
  readonly sentAsOfMilliseconds: number;
  readonly hardenedAsOfMilliseconds: number;
  readonly redoneAsOfMilliseconds: number;
  /** What the file of its log may grow to, at either end. */
  readonly logLimitBytes: number;
  /** All attempts, oldest first. */
  readonly seeding: readonly SeedingAttempt[];
}

/** A forced failover to the managed instance. */
export interface Fork {
  readonly atMilliseconds: number;
  /** The log that the managed instance had by then; what the primary wrote later is not in it. */
  readonly commonAsOfMilliseconds: number;
}

/** An end that took another role. */
export interface RoleChange {
  readonly end: EndName;
  readonly atMilliseconds: number;
  readonly from: Role;
  readonly to: Role;
}

/** A while without a commit: nobody uses the databases, and the log grows by little more than checkpoints. */
export interface Idle {
  readonly fromMilliseconds: number;
  /** When one transaction commits, the last one. */
  readonly committedAtMilliseconds: number;
}

/** One link as it really is; each end shows only what it can know of it. */
export interface LinkState {
  readonly identity: LinkIdentity;
  /** The ends that have the groups; one where the link was dropped keeps the database only. */
  readonly present: PerEnd<boolean>;
  readonly roles: PerEnd<Role>;
  /** What an end says of its own member's operation; ONLINE unless given. */
  readonly operation: Partial<PerEnd<TextOf<'operational_state'>>>;
  /** Whether the network lets the ends talk; two primaries never do. */
  readonly connected: boolean;
  readonly mode: TextOf<'availability_mode'>;
  /** The mode that an end has stored for the distributed group, where it is not the primary's. */
  readonly storedModes: Partial<PerEnd<TextOf<'availability_mode'>>>;
  /** The end whose log the other one follows: the primary, or the last one. */
  readonly writer: EndName;
  /** The forced failover after which the managed instance writes a log of its own, or null. */
  readonly fork: Fork | null;
  /** When the writer's workload was stopped, as before a planned failover, or null: nothing is written after it. */
  readonly quietSinceMilliseconds: number | null;
  readonly idle: Idle | null;
  /** When the primary's log was last backed up, if the backups ended then; null: they are taken. */
  readonly lastLogBackupMilliseconds: number | null;
  readonly connectErrors: PerEnd<ConnectError | null>;
  /** Those that the error logs still tell of, oldest first. */
  readonly roleChanges: readonly RoleChange[];
  readonly databases: readonly DatabaseState[];
}

/** A certificate in an end's master database. */
export interface CertificateState {
  readonly name: string;
  readonly certificateId: number;
  readonly privateKey: 'ENCRYPTED_BY_MASTER_KEY' | 'NO_PRIVATE_KEY';
  readonly issuer: string;
  readonly subject: string;
  readonly serialNumber: string;
  readonly startMilliseconds: number;
  readonly expiryMilliseconds: number;
  /** The one that the mirroring endpoint uses. */
  readonly isEndpointCertificate: boolean;
  /** It is there, but sys.certificates leaves it out for a login that may not see its definition. */
  readonly isHidden: boolean;
}

/** The endpoint that carries the link. */
export interface EndpointState {
  readonly state: TextOf<'endpoint_state'>;
  readonly port: number;
  /** The only address on which it listens, or null for all. */
  readonly ipAddress: string | null;
  readonly authentication: EndpointAuthentication;
  /** NONE: encryption is off. */
  readonly encryption: EndpointEncryption;
}

/** A node of SQL Server's availability groups that its primary has lost. */
export interface LostNode {
  readonly node: number;
  readonly sinceMilliseconds: number;
}

/** What Azure's control plane says that does not follow from the servers. */
export interface AzureStory {
  /** Of each database of each link. */
  readonly replicaState?: string;
  readonly mostRecentLinkError?: number;
  /** Of the managed instance; Ready unless given. */
  readonly instanceState?: string;
  /** What is being done to the instance, in Azure's words; nothing unless given. */
  readonly operation?: string;
  /** The failover group that the instance is in; none unless given. */
  readonly failoverGroup?: string;
}

/** A pair at one instant. */
export interface World {
  readonly topology: Topology;
  readonly nowMilliseconds: number;
  readonly links: readonly LinkState[];
  readonly certificates: PerEnd<readonly CertificateState[]>;
  readonly endpoints: PerEnd<EndpointState>;
  /** Servers that are lost: nobody can connect to them. */
  readonly down: readonly EndName[];
  /** Which node of SQL Server is primary of its availability groups. */
  readonly primaryNode: number;
  readonly lostNode: LostNode | null;
  /** Ends that hold a former certificate of their partner in place of its present one. */
  readonly staleImports: readonly EndName[];
  /**
   * What a managed instance calls a database in some of its views: a known issue names the physical name, a GUID; published
   * scripts are ready for the name and for the group's id too.
   */
  readonly databaseNaming: 'physical name' | 'group id' | 'name';
  readonly errorLogs: Partial<PerEnd<ErrorLogOptions>>;
  readonly preparation: PerEnd<Preparation>;
  /** What is on the way between the ends; nothing: all is open. */
  readonly network: readonly NetworkFault[];
  readonly azure: AzureStory;
}

/** A line of a server's error log. */
export interface ErrorLogEntry {
  /** Unix milliseconds by the true clock. */
  readonly atMilliseconds: number;
  /** `spid34s`, `Logon` or `Server`. */
  readonly process: string;
  readonly text: string;
}

/** A message that a test puts into the log: one of sys.messages with its arguments, or a text of its own. */
export type LoggedMessage = Omit<ErrorLogEntry, 'text'> &
  ({ readonly text: string } | { readonly number: number; readonly args: readonly (string | number)[] });

/** What is special about a server's error log; everything has a default. */
export interface ErrorLogOptions {
  /** 1033 unless given. */
  readonly languageId?: LanguageId;
  readonly entries?: readonly LoggedMessage[];
  /** When the log was cycled, in any order: log 0 begins at the last one, log 1 at the one before. */
  readonly rotatedAtMilliseconds?: readonly number[];
  /** Everything before it is gone, as after a failover of a managed instance, which keeps no log. */
  readonly erasedBeforeMilliseconds?: number;
}

/** What an attempt to connect by TCP comes to. */
export type Reached = 'open' | 'refused' | 'filtered' | 'unresolved';

/** A place that one end has to reach: the managed instance's gateway or node, or SQL Server. */
export type NetworkPlace = 'gateway' | 'node' | 'server';

/** Something on the way from an end to a place. */
export interface NetworkFault {
  readonly from: EndName;
  readonly to: NetworkPlace;
  readonly outcome: Exclude<Reached, 'open'>;
}
