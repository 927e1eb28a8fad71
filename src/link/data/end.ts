import type { AvailabilityReplica, ReplicaState } from '../../model/availability.ts';
import type { Database, DatabaseReplicaState } from '../../model/database.ts';
import type { PhysicalSeeding, SeedingAttempt } from '../../model/seeding.ts';
import type { Engine } from '../../model/server.ts';

/** One database of a link as one end's server shows it. */
export interface EndDatabase {
  /** Upper-case GUID. */
  readonly groupDatabaseId: string;
  /** The row of sys.databases; null when that view was not read or does not show the database. */
  readonly catalog: Database | null;
  /** This end's own copy in the link's group. */
  readonly local: DatabaseReplicaState | null;
  /** The other end's copy, which only a primary has a row for. */
  readonly partner: DatabaseReplicaState | null;
  /** The same copy as `local` in the server's own group, the member of the link. */
  readonly own: DatabaseReplicaState | null;
}

/** One running transfer with what its attempt and the polls before say of it. */
export interface Transfer {
  readonly row: PhysicalSeeding;
  /** Null when no attempt has its operation id: then its link is not known. */
  readonly attempt: SeedingAttempt | null;
  /** When its bytes were last seen to move, or when it was first seen, Unix seconds; null where that can't be told. */
  readonly lastProgressTimestampSeconds: number | null;
  /** Null where the server does not say how many bytes were transferred. A transfer that waits for its turn is not stalled. */
  readonly isStalled: boolean | null;
}

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
