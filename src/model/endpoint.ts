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
