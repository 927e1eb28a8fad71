import type { DatabaseReplicaState } from './database.ts';
import type { LogHistory } from './log-history.ts';

/** What a server's polls showed one after another, where a single snapshot does not tell it. Failed polls change nothing. */
export interface ServerHistory {
  /** By group_id. */
  readonly roles: ReadonlyMap<string, RoleHistory>;
  /**
   * The distributed groups that the server showed last, by group_id: the rows of states name a group by its GUID only, and
   * the views that name it and its members may be refused one day.
   */
  readonly groups: ReadonlyMap<string, GroupHistory>;
  /** By the key of the transfer; those that the latest answer shows. */
  readonly transfers: ReadonlyMap<string, TransferHistory>;
  /** By the key of the copy; those that the latest answer shows. */
  readonly copies: ReadonlyMap<string, CopyHistory>;
  /** By the key of what the counters call the database; of linked databases only. */
  readonly logs: ReadonlyMap<string, LogHistory>;
}

/** What a distributed group was called, and the addresses of its members when they were last shown. */
export interface GroupHistory {
  readonly name: string;
  readonly endpointUrls: readonly (string | null)[];
}

/** The roles of a server in one availability group. */
export interface RoleHistory {
  /** The last role that was seen. */
  readonly role: string;
  /** How often another role than before was seen, by the role that it changed to, since this program started. */
  readonly changes: ReadonlyMap<string, number>;
  /** The last of PRIMARY and SECONDARY that was seen: an end that restarts is RESOLVING in between. Absent: neither yet. */
  readonly settled?: SettledRole;
  /** The latest change between PRIMARY and SECONDARY; absent: none was seen. */
  readonly turn?: RoleTurn;
}

/** One of the two roles that last, as it was last seen. Unix seconds by the clock of this program. */
export interface SettledRole {
  readonly role: SettledRoleName;
  /** When the reading began that first showed it since the last turn: it may have begun any time before. */
  readonly firstSeenTimestampSeconds: number;
  /** When the last reading that showed it began. */
  readonly seenTimestampSeconds: number;
}

export type SettledRoleName = 'PRIMARY' | 'SECONDARY';

/** A server became PRIMARY or SECONDARY at some time between two readings of it. Unix seconds by the clock of this program. */
export interface RoleTurn {
  readonly from: SettledRoleName;
  readonly to: SettledRoleName;
  /** When the last reading that showed the former role began. */
  readonly afterTimestampSeconds: number;
  /** When the first reading that showed the new one had ended. */
  readonly byTimestampSeconds: number;
  /** Read back from `history.path`: seen by a process before this one. */
  readonly isFromFile?: true;
}

/** How far a transfer had come. */
export interface TransferHistory {
  /** Null where the server does not say: it can't be told whether the transfer moves. */
  readonly transferredBytes: number | null;
  /** When this program last saw another number of bytes than before, or first saw the transfer. Unix seconds. */
  readonly movedTimestampSeconds: number;
  /** When the view was read last, Unix seconds. */
  readonly readTimestampSeconds: number;
}

/** How far one copy of a database had come. */
export interface CopyHistory {
  /** Null where the server does not say. */
  readonly lastRedoneLsn: bigint | null;
  readonly redoQueueBytes: number | null;
  /** Whether redo came further between the two last readings; null at the first one and where that can't be told. */
  readonly isRedoMoving: boolean | null;
  /**
   * The server's UTC clock at the last reading at which the copy, a partner's, had every commit of this server; null
   * where there was none.
   */
  readonly hadAllTimestampSeconds: number | null;
  /** When the view was read last, Unix seconds. */
  readonly readTimestampSeconds: number;
}

/** Tells copies apart from one poll to the next. */
export function copyKey(row: Pick<DatabaseReplicaState, 'groupId' | 'replicaId' | 'groupDatabaseId'>): string {
  return `${row.groupId} ${row.replicaId} ${row.groupDatabaseId}`;
}

/** Of a server that was not polled yet. */
export const noHistory: ServerHistory = {
  roles: new Map(),
  groups: new Map(),
  transfers: new Map(),
  copies: new Map(),
  logs: new Map(),
};
