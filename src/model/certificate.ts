/** sys.certificates in master. Dates are taken as UTC (their zone is undocumented), Unix seconds. */
export interface Certificate {
  readonly certificateId: number;
  readonly name: string;
  /** Its owner in master: 1 is dbo. A user of its own is what a certificate of another server is bound to. */
  readonly principalId: number | null;
  /** NA (no private key here), MK, PW or SK. */
  readonly privateKeyEncryption: string | null;
  readonly issuer: string | null;
  readonly subject: string | null;
  readonly startTimestampSeconds: number | null;
  readonly expiryTimestampSeconds: number | null;
  /** SHA-1, upper-case hexadecimal. */
  readonly thumbprint: string | null;
}
