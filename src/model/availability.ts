/** sys.availability_groups: one ordinary or distributed group. */
export interface AvailabilityGroup {
  /** Upper-case GUID. */
  readonly groupId: string;
  readonly name: string;
  /** Null when the server does not say: the group may be a link. */
  readonly isDistributed: boolean | null;
  /** WSFC, EXTERNAL or NONE; null before SQL Server 2017. */
  readonly clusterType: string | null;
}

/** sys.availability_replicas: one member. Of a distributed group the members are availability groups. */
export interface AvailabilityReplica {
  readonly replicaId: string;
  readonly groupId: string;
  /** On a distributed group: the name of the member group. */
  readonly replicaServerName: string | null;
  /** A managed instance's member carries `;Server=[name]` after the address. */
  readonly endpointUrl: string | null;
  readonly availabilityMode: string | null;
  readonly failoverMode: string | null;
  readonly seedingMode: string | null;
  readonly sessionTimeoutSeconds: number | null;
}

/**
 * sys.dm_hadr_availability_replica_states: the local row, and on a primary one row per remote replica.
 * States are SQL Server's own texts (`PRIMARY`, `NOT_HEALTHY`); a text that this program does not know is kept as it is.
 */
export interface ReplicaState {
  readonly replicaId: string;
  readonly groupId: string;
  readonly isLocal: boolean;
  /** RESOLVING, PRIMARY or SECONDARY. */
  readonly role: string | null;
  /** PENDING_FAILOVER, PENDING, ONLINE, OFFLINE, FAILED, FAILED_NO_QUORUM; null for remote rows. */
  readonly operationalState: string | null;
  /** CONNECTED or DISCONNECTED. */
  readonly connectedState: string | null;
  readonly recoveryHealth: string | null;
  /** NOT_HEALTHY, PARTIALLY_HEALTHY or HEALTHY. */
  readonly synchronizationHealth: string | null;
  /** Stays after the connection recovers: judge it together with its time and the connected state. */
  readonly lastConnectErrorNumber: number | null;
  readonly lastConnectErrorDescription: string | null;
  /** Unix seconds, converted with the server's local offset (the column's zone is undocumented). */
  readonly lastConnectErrorTimestampSeconds: number | null;
}
