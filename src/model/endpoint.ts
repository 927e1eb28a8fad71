/** sys.database_mirroring_endpoints: the endpoint that carries availability groups. */
export interface MirroringEndpoint {
  readonly endpointId: number;
  readonly name: string;
  /** STARTED, STOPPED or DISABLED. */
  readonly state: string | null;
  readonly role: string | null;
  readonly isEncryptionEnabled: boolean | null;
  readonly encryptionAlgorithm: string | null;
  readonly connectionAuthentication: string | null;
  /** The endpoint's own certificate in sys.certificates; 0 when it uses Windows authentication. */
  readonly certificateId: number | null;
}

/** sys.tcp_endpoints: where an endpoint listens. */
export interface TcpEndpoint {
  readonly endpointId: number;
  readonly port: number | null;
  readonly ipAddress: string | null;
}

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

/** The certificate that a managed instance's own endpoint shows to its partner: the public part, as it says itself. */
export interface EndpointCertificate {
  readonly subject: string;
  readonly issuer: string;
  readonly startTimestampSeconds: number;
  readonly expiryTimestampSeconds: number;
  /** SHA-1, upper-case hexadecimal: what sys.certificates shows of it where it was imported. */
  readonly thumbprint: string;
}
