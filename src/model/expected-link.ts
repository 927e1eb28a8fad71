/** A link that the configuration says must exist. */
export interface ExpectedLink {
  readonly name: string;
  /** Short name, lower case. */
  readonly managedInstance: string;
  /** Configured servers that carry its ends; empty when the configuration does not say. */
  readonly servers: readonly string[];
  /** Empty when the configuration does not say. */
  readonly databases: readonly string[];
}

/**
 * What makes two links the same one, in the configuration and on servers. Names are compared without case: SQL Server does,
 * and a link must not fall apart because its ends, or whoever wrote the configuration, spell it differently.
 */
export function linkKey(name: string, managedInstance: string): string {
  return JSON.stringify([name.toLowerCase(), managedInstance.toLowerCase()]);
}
