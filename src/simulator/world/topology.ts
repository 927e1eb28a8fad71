import type { EngineVersion } from '../catalog/version.ts';

/** The two servers of a pair. */
export type EndName = 'sqlServer' | 'managedInstance';

/** Both ends, SQL Server's first. */
export const endNames = ['sqlServer', 'managedInstance'] as const satisfies readonly EndName[];

/** The partner of an end. */
export function otherEnd(end: EndName): EndName {
  return end === 'sqlServer' ? 'managedInstance' : 'sqlServer';
}

/** One value for each end. */
export type PerEnd<Value> = Readonly<Record<EndName, Value>>;

/** What a server is called and what it runs; never changes. */
export interface ServerIdentity {
  readonly end: EndName;
  /** 0, or which further node of SQL Server's availability group it is. */
  readonly node: number;
  /** `@@SERVERNAME`. */
  readonly serverName: string;
  /** The name by which the partner reaches it. */
  readonly hostName: string;
  /** As the distributed group's member carries it; the managed instance's ends in `;Server=[name]`. */
  readonly endpointUrl: string;
  readonly version: EngineVersion;
  readonly productVersion: string;
  readonly productLevel: string;
  /** How a managed instance is updated: `CU` as a version of SQL Server, `Continuous` always up to date. SQL Server's is left out. */
  readonly productUpdateType?: string;
  readonly edition: string;
  readonly engineEdition: number;
  readonly compatibilityLevel: number;
  readonly collation: string;
  /** Minutes that its local time is ahead of UTC. */
  readonly localOffsetMinutes: number;
  readonly timeZoneId: string;
  /** How far its clock is ahead of the true time. */
  readonly clockSkewMilliseconds: number;
}

/** An end's own availability group, and the two replicas it stands for. */
export interface MemberIdentity {
  readonly groupName: string;
  readonly groupId: string;
  /** The server's replica in its own group. */
  readonly replicaId: string;
  /** The group's replica in the distributed group. */
  readonly memberReplicaId: string;
}

/** The hidden group of one database of a link that carries several: it moves that database instead of the link's own group. */
export interface InternalGroup {
  readonly groupId: string;
  readonly name: string;
  readonly replicaIds: PerEnd<string>;
}

/** A linked database; sizes in bytes. */
export interface DatabaseIdentity {
  readonly name: string;
  readonly groupDatabaseId: string;
  /** Null in a link of the single-database mode. */
  readonly internalGroup: InternalGroup | null;
  /** sys.databases.database_id; differs between the ends. */
  readonly databaseIds: PerEnd<number>;
  /** sys.databases.physical_database_name: a GUID on a managed instance. */
  readonly physicalNames: PerEnd<string>;
  readonly sizeBytes: number;
  /** Where its log stood when the simulation started. */
  readonly logBaseBytes: number;
  readonly logBytesPerSecond: number;
}

/** A link: the distributed group, its two members and its databases. */
export interface LinkIdentity {
  readonly name: string;
  /** The distributed group's id as each end shows it: equal, unless asked for otherwise. */
  readonly groupIds: PerEnd<string>;
  readonly members: PerEnd<MemberIdentity>;
  /** The ends of this pair that it joins: both, or SQL Server alone for an ordinary distributed group whose other end is elsewhere. */
  readonly ends: readonly EndName[];
  /** The address of each member, as both ends store it. */
  readonly endpointUrls: PerEnd<string>;
  readonly databases: readonly DatabaseIdentity[];
  /** `<group>_master` and `<group>_msdb` of a contained group of SQL Server's: part of that group, and of nothing else. */
  readonly containedDatabases: readonly DatabaseIdentity[];
  readonly createdAtMilliseconds: number;
}

/** Everything of a pair that does not move. */
export interface Topology {
  /** The managed instance, and the first node of SQL Server. */
  readonly servers: PerEnd<ServerIdentity>;
  /** The nodes of SQL Server's availability groups; mostly one. */
  readonly sqlServerNodes: readonly ServerIdentity[];
  readonly links: readonly LinkIdentity[];
  /** When the simulation started, in Unix milliseconds. */
  readonly startMilliseconds: number;
  readonly seed: string;
}
