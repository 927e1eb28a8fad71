/** sys.dm_os_performance_counters: one counter of the log of one database. */
export interface LogCounter {
  /** The database's name; on a managed instance it may be its physical name, a GUID. */
  readonly instanceName: string;
  readonly counter: 'size' | 'used';
  readonly bytes: number | null;
}

/** sys.master_files: one file of the log of a database. */
export interface LogFile {
  readonly databaseId: number;
  readonly fileId: number;
  readonly sizeBytes: number | null;
  /** What the file may grow to, however much its disk has; null where the server does not say. */
  readonly limitBytes: number | null;
}
