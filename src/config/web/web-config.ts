import type { Secret } from '../secret/secret.ts';

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

type TlsVersion = 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3';

/** A bucket of `burst` requests, to which one comes back after each `intervalSeconds`. */
export interface RateLimit {
  readonly intervalSeconds: number;
  readonly burst: number;
}

/** The names of Go's crypto/tls, as the exporter-toolkit takes them, and OpenSSL's for Node. */

/** `tls.CipherSuites()` of Go up to TLS 1.2, those that Go 1.22 moved to the insecure ones included. */
export const cipherSuites = {
  TLS_RSA_WITH_AES_128_CBC_SHA: 'AES128-SHA',
  TLS_RSA_WITH_AES_256_CBC_SHA: 'AES256-SHA',
  TLS_RSA_WITH_AES_128_GCM_SHA256: 'AES128-GCM-SHA256',
  TLS_RSA_WITH_AES_256_GCM_SHA384: 'AES256-GCM-SHA384',
  TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA: 'ECDHE-ECDSA-AES128-SHA',
  TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA: 'ECDHE-ECDSA-AES256-SHA',
  TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA: 'ECDHE-RSA-AES128-SHA',
  TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA: 'ECDHE-RSA-AES256-SHA',
  TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256: 'ECDHE-ECDSA-AES128-GCM-SHA256',
  TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384: 'ECDHE-ECDSA-AES256-GCM-SHA384',
  TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256: 'ECDHE-RSA-AES128-GCM-SHA256',
  TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384: 'ECDHE-RSA-AES256-GCM-SHA384',
  TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256: 'ECDHE-RSA-CHACHA20-POLY1305',
  TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256: 'ECDHE-ECDSA-CHACHA20-POLY1305',
} as const;

/** Always offered with TLS 1.3: Go takes their names in `cipher_suites` and leaves them without effect. */
export const tls13CipherSuites = [
  'TLS_AES_128_GCM_SHA256',
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
] as const;

/** One of them must be there for HTTP/2 over TLS 1.2 (RFC 9113 section 9.2.2), and Go demands it. */
export const http2CipherSuites: readonly string[] = [
  'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
  'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
];

export const curves = { CurveP256: 'P-256', CurveP384: 'P-384', CurveP521: 'P-521', X25519: 'X25519' } as const;

/** The older first. */
export const tlsVersions = { TLS10: 'TLSv1', TLS11: 'TLSv1.1', TLS12: 'TLSv1.2', TLS13: 'TLSv1.3' } as const;

/** A key of `tls_server_config.min_version` or `max_version`. */
export type TlsVersionName = keyof typeof tlsVersions;

export const clientAuthTypes = [
  'NoClientCert',
  'RequestClientCert',
  'RequireAnyClientCert',
  'VerifyClientCertIfGiven',
  'RequireAndVerifyClientCert',
] as const;

/** What is asked of clients, in the words of Go's `tls.ClientAuthType`. */
export type ClientAuthType = (typeof clientAuthTypes)[number];

/** The toolkit's former name of RequireAnyClientCert, which it still takes. */
export const formerRequireAny = 'RequireClientCert';

/** The headers that may be configured; a list where only these values may be. */
export const headerValues = {
  'Content-Security-Policy': null,
  'X-Frame-Options': ['deny', 'sameorigin'],
  'X-Content-Type-Options': ['nosniff'],
  'X-XSS-Protection': null,
  'Strict-Transport-Security': null,
} as const satisfies Record<string, readonly string[] | null>;
