/** Where a server listens, as its configuration says it. */
export interface ServerAddress {
  readonly host: string;
  /** Null: it is told by the name of its instance. */
  readonly port: number | null;
  readonly instance: string | null;
}

/** `host:port`, or `host\instance` as SQL Server's own tools write it. */
export function addressText({ host, port, instance }: ServerAddress): string {
  if (port !== null) return `${host}:${port}`;
  return instance === null ? host : `${host}\\${instance}`;
}
