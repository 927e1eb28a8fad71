import type { AvailabilityGroup, AvailabilityReplica, ReplicaState } from './availability.ts';
import type { Database, DatabaseReplicaState, LogCounter, LogFile } from './database.ts';
import type { Certificate, EndpointCertificate, MirroringEndpoint, TcpEndpoint } from './endpoint.ts';
import type { Failure } from './failure-reason.ts';
import type { PhysicalSeeding, SeedingAttempt } from './seeding.ts';
import type { Permission, ServerFacts } from './server.ts';

/** The rows of each view, by the view's name. The names are label values (`view`), configuration keys and file names. */
export interface ViewRows {
  server: ServerFacts;
  permissions: Permission;
  availability_groups: AvailabilityGroup;
  availability_replicas: AvailabilityReplica;
  availability_replica_states: ReplicaState;
  physical_seeding_stats: PhysicalSeeding;
  automatic_seeding: SeedingAttempt;
  certificates: Certificate;
  database_mirroring_endpoints: MirroringEndpoint;
  tcp_endpoints: TcpEndpoint;
  databases: Database;
  database_replica_states: DatabaseReplicaState;
  performance_counters: LogCounter;
  master_files: LogFile;
  /** Of a managed instance only. */
  endpoint_certificate: EndpointCertificate;
}

export type ViewName = keyof ViewRows;

/** How the latest reading of one view went. */
export interface ViewReading {
  readonly durationSeconds: number;
  /** null: the view was read. */
  readonly failure: Failure | null;
  /** When its rows were read, Unix seconds: some views are not read in every poll. Null when they could not be read. */
  readonly readTimestampSeconds: number | null;
  /** When the batch was sent in which it was asked with others, Unix seconds: its rows are of then or later. Absent: it was asked alone. */
  readonly askedTimestampSeconds?: number;
  /** What was not taken as the server sent it, in words that name the column; absent when all was. */
  readonly oddities?: readonly string[];
  /** The columns of which something could not be read: what they feed is absent. Absent when there are none. */
  readonly unreadableColumns?: readonly string[];
}

/** How much a server has beyond `limits` of the configuration: read, and not shown. */
export interface LeftOut {
  readonly groups: number;
  readonly databases: number;
  /** Rows of views, beyond what so many groups and databases can have. */
  readonly rows: number;
}

export const nothingLeftOut: LeftOut = { groups: 0, databases: 0, rows: 0 };

/** What one poll of one server saw. A view that could not be read is null: not seen, which is not the same as no rows. */
export interface Snapshot {
  readonly server: ServerFacts;
  readonly views: { readonly [Name in Exclude<ViewName, 'server'>]: readonly ViewRows[Name][] | null };
  /** Server's UTC clock minus this program's, seconds, at the middle of the round trip; null: its clock could not be read. */
  readonly clockOffsetSeconds: number | null;
  /** Absent: nothing. */
  readonly leftOut?: LeftOut;
}
