/** `managed_instance` is EngineEdition 8; every other edition that can hold a link is a SQL Server. */
export type Engine = 'sql_server' | 'managed_instance';

/** What the server says of itself: SERVERPROPERTY, `@@SERVERNAME` and both of its clocks, read in one batch. */
export interface ServerFacts {
  /** `@@SERVERNAME`: the instance's name on SQL Server, the full DNS name on a managed instance. */
  readonly serverName: string;
  readonly engine: Engine;
  /** SERVERPROPERTY('Edition'), as `Enterprise Edition (64-bit)`. */
  readonly edition: string;
  /** SERVERPROPERTY('ProductVersion'), as `16.0.4175.1`. A managed instance says 12.0 whatever its update policy. */
  readonly version: string;
  /** The first number of `version`; says which columns a SQL Server has, and nothing on a managed instance. */
  readonly majorVersion: number;
  /** SERVERPROPERTY('Collation'): how the server compares names; null where it does not say. */
  readonly collation: string | null;
  /** SERVERPROPERTY('IsHadrEnabled'); null where the server does not say. */
  readonly isHadrEnabled: boolean | null;
  /**
   * SERVERPROPERTY('ProductUpdateType'): on a managed instance its update policy, `Continuous` when it is always up to date.
   * Null where the server does not know the property.
   */
  readonly updateType: string | null;
  /** The server's UTC clock when it answered, Unix seconds; the exporter's where `isClockRead` is false. */
  readonly utcTimestampSeconds: number;
  /** Whether the server's own clock could be read; absent: it could. */
  readonly isClockRead?: boolean;
  /** How far the server's local time is ahead of UTC: what plain `datetime` columns need to become instants. Null: not known. */
  readonly localOffsetSeconds: number | null;
}

/** One permission probed with HAS_PERMS_BY_NAME; `held` is null where the server does not know the permission's name. */
export interface Permission {
  readonly name: string;
  readonly held: boolean | null;
}
