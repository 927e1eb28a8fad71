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
