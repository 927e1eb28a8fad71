/** A failover group of managed instances: its two instances keep each other's copies, and carry no link. */
export interface AzureFailoverGroup {
  readonly name: string;
  /** Short names, lower case. */
  readonly instances: readonly string[];
}
