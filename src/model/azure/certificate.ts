/**
 * What Azure gives as the certificate itself. `unreadable`: it has the form of one and OpenSSL refuses it here, which SQL Server
 * need not; `none`: nothing was given; `cut_off` and `other` are no whole certificate.
 */
export type CertificateBlob = 'read' | 'unreadable' | 'cut_off' | 'other' | 'none';

/** A certificate in one of the two lists of a managed instance. What can't be parsed of it is null. */
export interface AzureCertificate {
  /** `SERVICE_BROKER` and `DATABASE_MIRRORING` in the list of its own, a chosen name in that of its partners'. */
  readonly name: string;
  /** SHA-1, upper-case hexadecimal, as sys.certificates has it. */
  readonly thumbprint: string | null;
  readonly blob: CertificateBlob;
  readonly subject: string | null;
  readonly issuer: string | null;
  /** What it is signed with, as `sha256WithRSAEncryption`; null where this Node.js does not tell. */
  readonly signatureAlgorithm: string | null;
  readonly startTimestampSeconds: number | null;
  readonly expiryTimestampSeconds: number | null;
}

/** The list that a certificate stands in: those that the instance shows, or those of SQL Servers that it trusts. */
export const azureCertificateLists = ['endpoint', 'server_trust'] as const;

export type AzureCertificateList = (typeof azureCertificateLists)[number];
