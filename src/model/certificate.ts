/** sys.certificates in master. Dates are taken as UTC (their zone is undocumented), Unix seconds. */
export interface Certificate {
  readonly certificateId: number;
  readonly name: string;
  /** NA (no private key here), MK, PW or SK. */
  readonly privateKeyEncryption: string | null;
  readonly issuer: string | null;
  readonly subject: string | null;
  readonly startTimestampSeconds: number | null;
  readonly expiryTimestampSeconds: number | null;
  /** SHA-1, upper-case hexadecimal. */
  readonly thumbprint: string | null;
}
