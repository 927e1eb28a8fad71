/** What a server's polls showed one after another, where a single snapshot does not tell it. Failed polls change nothing. */
export interface ServerHistory {
  /** By group_id. */
  readonly roles: ReadonlyMap<string, RoleHistory>;
  /** By the key of the transfer; those that the latest answer shows. */
  readonly transfers: ReadonlyMap<string, TransferHistory>;
}

/** The roles of a server in one availability group. */
export interface RoleHistory {
  /** The last role that was seen. */
  readonly role: string;
  /** How often another role than before was seen, by the role that it changed to, since this program started. */
  readonly changes: ReadonlyMap<string, number>;
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

/** Of a server that was not polled yet. */
export const noHistory: ServerHistory = { roles: new Map(), transfers: new Map() };
