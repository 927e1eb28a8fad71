/** What Entra ID gave: the server takes it in the place of a password until it ends. */
export interface Token {
  /** Secret. */
  readonly value: string;
  /** Unix seconds. */
  readonly endTimestampSeconds: number;
}
