import { item } from '../value/item.ts';
import type { TlsVersionName } from './web-config.ts';

/** The fields of the exporter-toolkit's docs/web-configuration.md. */
export const webSchema = {
  tls_server_config: item<null>({ doc: 'how connections are encrypted', format: 'milink-mapping', default: null }),
  http_server_config: item<null>({ doc: 'HTTP/2 and headers', format: 'milink-mapping', default: null }),
  basic_auth_users: item<null>({ doc: 'users and their bcrypt hashes', format: 'milink-mapping', default: null }),
  rate_limit: item<null>({ doc: 'how many requests are answered', format: 'milink-mapping', default: null }),
};

function file(doc: string) {
  return item<string | null>({ doc, format: 'milink-path', default: null });
}

function pem(doc: string) {
  return item<string | null>({ doc, format: 'web-pem', default: null });
}

export const tlsServerSchema = {
  cert: pem('the certificate'),
  key: pem('the key'),
  client_ca: pem('the authorities of clients'),
  cert_file: file('a PEM file of the certificate'),
  key_file: file('a PEM file of the key'),
  client_ca_file: file('a PEM file of the authorities of clients'),
  client_auth_type: item<string | null>({
    doc: 'what is asked of clients',
    format: 'web-client-auth-type',
    default: null,
  }),
  client_allowed_sans: item<null>({ doc: 'names of clients', format: 'milink-filled-list', default: null }),
  min_version: item<TlsVersionName>({ doc: 'the oldest version', format: 'web-tls-version', default: 'TLS12' }),
  max_version: item<TlsVersionName>({ doc: 'the newest version', format: 'web-tls-version', default: 'TLS13' }),
  cipher_suites: item<null>({ doc: 'names of cipher suites', format: 'milink-list', default: null }),
  prefer_server_cipher_suites: item<boolean>({ doc: 'true or false', format: 'milink-boolean', default: true }),
  curve_preferences: item<null>({ doc: 'names of curves', format: 'milink-list', default: null }),
};

export const httpServerSchema = {
  http2: item<boolean>({ doc: 'true or false', format: 'milink-boolean', default: true }),
  headers: item<null>({ doc: 'headers of every answer', format: 'milink-mapping', default: null }),
};

function header() {
  return item<string | null>({ doc: 'its value', format: 'web-header', default: null });
}

export const headersSchema = {
  'Content-Security-Policy': header(),
  'X-Frame-Options': item<string | null>({ doc: 'deny or sameorigin', format: 'web-frame-options', default: null }),
  'X-Content-Type-Options': item<string | null>({ doc: 'nosniff', format: 'web-content-type-options', default: null }),
  'X-XSS-Protection': header(),
  'Strict-Transport-Security': header(),
};

export const rateLimitSchema = {
  interval: item<string | number>({ doc: 'the time between two requests', format: 'web-interval', default: 0 }),
  burst: item<number>({ doc: 'how many requests may come at once', format: 'web-burst', default: 0 }),
};
