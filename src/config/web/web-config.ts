import type { Secret } from '../secret/secret.ts';
import type { ClientAuthType } from './names.ts';

/** The web configuration file, checked, defaults filled in. */
export interface WebConfig {
  /** Null: plain HTTP. */
  readonly tls: WebTls | null;
  /** Whether HTTP/2 is offered; it needs TLS. */
  readonly http2: boolean;
  /** Set on every answer: names with their values. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** bcrypt hashes by user; empty: nobody needs to log in. */
  readonly users: ReadonlyMap<string, string>;
  /** Null: no limit. */
  readonly rateLimit: RateLimit | null;
}

/** How connections are encrypted, in the names of OpenSSL. */
export interface WebTls {
  /** The certificate and those that lead to its authority, PEM. */
  readonly cert: string;
  readonly key: Secret;
  readonly clientAuth: ClientAuthType;
  /** PEM; null: the system's authorities, where clients are verified at all. */
  readonly clientCa: string | null;
  /** A client certificate must carry one of these names; null: any. */
  readonly clientAllowedSans: readonly string[] | null;
  readonly minVersion: TlsVersion;
  readonly maxVersion: TlsVersion;
  /** For TLS 1.2 and older, in the order of preference; empty: the usual ones. */
  readonly ciphers: readonly string[];
  readonly preferServerCiphers: boolean;
  /** In the order of preference; empty: the usual ones. */
  readonly curves: readonly string[];
}

export type TlsVersion = 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3';

/** A bucket of `burst` requests, to which one comes back after each `intervalSeconds`. */
export interface RateLimit {
  readonly intervalSeconds: number;
  readonly burst: number;
}
