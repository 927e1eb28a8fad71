import { hashes } from './files.ts';

/** A web configuration file and what is to be said of it. */
export interface WebConfigCase {
  readonly text: string;
  /** Lines without the name of the file; none for a good file. */
  readonly problems?: readonly string[];
  readonly warnings?: readonly string[];
  /** What Debian's promtool says where it is not the same: the reason. */
  readonly promtool?: string;
}

const cert = 'cert_file: server.crt';
const pair = `${cert}, key_file: server.key`;
const newer = 'promtool 2.42 does not know the field';
const later = 'promtool does not look: Go refuses when it starts, or serves nobody';
const stricter = 'the toolkit ignores it';

const tls = (keys: string): string => `tls_server_config: { ${pair}, ${keys} }\n`;
const suites = [
  'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
  'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256',
  'TLS_RSA_WITH_AES_128_CBC_SHA',
  'TLS_AES_128_GCM_SHA256',
].join(', ');

export const goodFiles: Readonly<Record<string, WebConfigCase>> = {
  empty: { text: '' },
  'only a comment': { text: '# nothing yet\n' },
  'sections without keys': { text: 'tls_server_config:\nbasic_auth_users:\nhttp_server_config:\n' },
  'a certificate': { text: `tls_server_config: { ${pair} }\n` },
  'a certificate, the other keys empty': { text: tls("client_ca_file: '', client_auth_type: ''") },
  'a key with paths from the folder': {
    text: `tls_server_config: { cert_file: ./server.crt, key_file: ./server.key }\n`,
  },
  NoClientCert: { text: tls('client_auth_type: NoClientCert') },
  RequestClientCert: {
    text: tls('client_auth_type: RequestClientCert'),
    warnings: [
      '1: tls_server_config.client_auth_type: no client certificate is verified: for access control use RequireAndVerifyClientCert',
    ],
  },
  RequireClientCert: {
    text: tls('client_auth_type: RequireClientCert'),
    warnings: [
      '1: tls_server_config.client_auth_type: no client certificate is verified: for access control use RequireAndVerifyClientCert',
    ],
  },
  VerifyClientCertIfGiven: { text: tls('client_auth_type: VerifyClientCertIfGiven, client_ca_file: ca.crt') },
  RequireAndVerifyClientCert: { text: tls('client_auth_type: RequireAndVerifyClientCert, client_ca_file: ca.crt') },
  'clients of any public authority': {
    text: tls('client_auth_type: RequireAndVerifyClientCert'),
    warnings: [
      "1: tls_server_config.client_auth_type: without client_ca_file every certificate of the system's authorities is good",
    ],
  },
  'allowed names': {
    text: tls(
      'client_auth_type: RequireAndVerifyClientCert, client_ca_file: ca.crt, client_allowed_sans: [a.example, 10.0.0.1]',
    ),
    promtool: newer,
  },
  'every version': {
    text: tls('min_version: TLS10, max_version: TLS13'),
    warnings: [
      '1: tls_server_config.min_version: TLS before 1.2 is broken (RFC 8996): for clients that know nothing newer only',
    ],
  },
  'suites and curves': {
    text: tls(`cipher_suites: [${suites}], curve_preferences: [X25519, CurveP256, CurveP384, CurveP521]`),
  },
  'suites without HTTP/2': {
    text: `${tls('cipher_suites: [TLS_RSA_WITH_AES_128_CBC_SHA], prefer_server_cipher_suites: false')}http_server_config: { http2: false }\n`,
  },
  'how, without a certificate': {
    text: 'tls_server_config: { min_version: TLS13 }\n',
    warnings: ['1: tls_server_config: TLS is off: there is no cert_file and key_file'],
  },
  headers: {
    text: [
      'http_server_config:',
      '  headers:',
      "    Content-Security-Policy: default-src 'self'",
      '    X-Frame-Options: deny',
      '    X-Content-Type-Options: nosniff',
      "    X-XSS-Protection: '1'",
      '    Strict-Transport-Security: max-age=31536000; includeSubDomains',
      '',
    ].join('\n'),
  },
  users: {
    text: `basic_auth_users:\n  alice: ${hashes.y}\n  bob@corp.example: ${hashes.b}\n`,
    warnings: ['3: basic_auth_users: a hash of cost 4 is quickly guessed by whoever reads this file: 10 is usual'],
  },
  'a costly hash': {
    text: `basic_auth_users: { alice: ${hashes.y.replace('$10$', '$17$')} }\n`,
    warnings: [
      '1: basic_auth_users.alice: a hash of cost 17 makes each login slow: 10 is usual, each step doubles the time',
    ],
  },
  'a rate limit': { text: 'rate_limit: { interval: 1.5s, burst: 20 }\n', promtool: newer },
  'no rate limit': { text: 'rate_limit: { interval: 0, burst: 0 }\n', promtool: newer },
};

const versions = 'use TLS10, TLS11, TLS12 or TLS13';

export const badFiles: Readonly<Record<string, WebConfigCase>> = {
  'no YAML': {
    text: 'a: [b\n',
    problems: ['2: wrong indentation or a missing bracket: keys of one mapping start at the same column'],
  },
  'a list': { text: '- a\n', problems: ['1: the file is not a mapping: start with keys like `tls_server_config:`'] },
  'an unknown key': {
    text: 'tls_config: {}\nratelimit: {}\nfoo: 1\nmin_version: TLS12\n',
    problems: [
      '1: tls_config: unknown key: use tls_server_config, http_server_config, basic_auth_users or rate_limit',
      '2: ratelimit: unknown key: did you mean rate_limit?',
      '3: foo: unknown key: use tls_server_config, http_server_config, basic_auth_users or rate_limit',
      '4: min_version: unknown key here: it belongs in tls_server_config',
    ],
  },
  'a key twice': {
    text: 'http_server_config: {}\nhttp_server_config: {}\n',
    problems: ['2: http_server_config: the key is given twice: first on line 1'],
  },
  'no key': {
    text: `tls_server_config: { ${cert} }\n`,
    problems: ['1: tls_server_config: missing: give key_file or key'],
  },
  'no certificate': {
    text: 'tls_server_config: { client_auth_type: NoClientCert }\n',
    problems: [
      '1: tls_server_config: missing: give cert_file or cert',
      '1: tls_server_config: missing: give key_file or key',
    ],
  },
  'files that are not there': {
    text: 'tls_server_config:\n  cert_file: absent.crt\n  key_file: absent.key\n',
    problems: [
      '2: tls_server_config.cert_file: "absent.crt": the file does not exist: a relative path starts at the configuration file\'s folder',
      '3: tls_server_config.key_file: "absent.key": the file does not exist: a relative path starts at the configuration file\'s folder',
    ],
  },
  'no certificate in the file': {
    text: 'tls_server_config: { cert_file: none.pem, key_file: none.pem }\n',
    problems: [
      '1: tls_server_config.cert_file: the file holds no PEM certificate (-----BEGIN CERTIFICATE-----)',
      '1: tls_server_config.key_file: the file holds no PEM private key (-----BEGIN PRIVATE KEY-----) that can be read',
    ],
  },
  'a damaged certificate': {
    text: 'tls_server_config: { cert_file: damaged.crt, key_file: server.key }\n',
    problems: ["1: tls_server_config.cert_file: the file is damaged: number 1 of 1 certificates can't be read"],
  },
  'a key with a passphrase': {
    text: 'tls_server_config: { cert_file: server.crt, key_file: locked.key }\n',
    problems: [
      '1: tls_server_config.key_file: the file is protected by a passphrase, and nobody is there to type it: store it without one',
    ],
  },
  'the key of another certificate': {
    text: 'tls_server_config: { cert_file: server.crt, key_file: other.key }\n',
    problems: ['1: tls_server_config.key_file: not the key of the certificate in cert_file'],
  },
  'a certificate inline and in a file': {
    text: `tls_server_config: { ${pair}, cert: x }\n`,
    problems: [
      '1: tls_server_config.cert: cert and cert_file are both given: keep one',
      '1: tls_server_config.cert: the text holds no PEM certificate (-----BEGIN CERTIFICATE-----)',
    ],
    promtool: newer,
  },
  'authorities without a policy': {
    text: tls('client_ca_file: ca.crt'),
    problems: [
      '1: tls_server_config.client_ca_file: authorities of clients, and no client is asked for a certificate: give client_auth_type: RequireAndVerifyClientCert',
    ],
  },
  'no authorities in the file': {
    text: tls('client_ca_file: none.pem, client_auth_type: RequireAndVerifyClientCert'),
    problems: ['1: tls_server_config.client_ca_file: the file holds no PEM certificate (-----BEGIN CERTIFICATE-----)'],
    promtool: 'accepts it: toolkits before 0.15 did not look',
  },
  'another policy': {
    text: tls('client_auth_type: RequireAndVerifyClientCerts'),
    problems: [
      '1: tls_server_config.client_auth_type: "RequireAndVerifyClientCerts" is not a client authentication type: did you mean RequireAndVerifyClientCert?',
    ],
  },
  'names of clients that need not have one': {
    text: tls('client_auth_type: VerifyClientCertIfGiven, client_ca_file: ca.crt, client_allowed_sans: [a]'),
    problems: [
      '1: tls_server_config.client_allowed_sans: a client may come without a certificate, and so without a name: give client_auth_type: RequireAndVerifyClientCert (or RequireAnyClientCert)',
    ],
    promtool: newer,
  },
  'no names': {
    text: tls('client_auth_type: RequireAnyClientCert, client_allowed_sans: []'),
    problems: ['1: tls_server_config.client_allowed_sans: the list is empty: give at least one item or remove the key'],
    promtool: newer,
  },
  'another version': {
    text: tls('min_version: TLS1.2'),
    problems: [`1: tls_server_config.min_version: "TLS1.2" is not a TLS version: did you mean TLS12?`],
  },
  'a version of another protocol': {
    text: tls('max_version: 42'),
    problems: [`1: tls_server_config.max_version: 42 is not a TLS version: ${versions}`],
  },
  'versions the wrong way round': {
    text: tls('min_version: TLS13, max_version: TLS12'),
    problems: ['1: tls_server_config.min_version: min_version TLS13 is newer than max_version TLS12'],
    promtool: later,
  },
  'another suite': {
    text: tls('cipher_suites: [TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA25, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256]'),
    problems: [
      '1: tls_server_config.cipher_suites[0]: "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA25" is not a cipher suite: did you mean TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256?',
    ],
  },
  "OpenSSL's name of a curve": {
    text: tls('curve_preferences: [prime256v1]'),
    problems: [
      '1: tls_server_config.curve_preferences[0]: "prime256v1" is not a curve: use CurveP256, CurveP384, CurveP521 or X25519',
    ],
  },
  'no suite for HTTP/2': {
    text: tls('cipher_suites: [TLS_RSA_WITH_AES_128_CBC_SHA]'),
    problems: [
      '1: tls_server_config.cipher_suites: HTTP/2 needs one of TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256: add it or set http2: false',
    ],
    promtool: later,
  },
  'another header': {
    text: 'http_server_config: { headers: { Server: x, X-Frame-Option: deny } }\n',
    problems: [
      '1: http_server_config.headers.Server: unknown key: use Content-Security-Policy, X-Frame-Options, X-Content-Type-Options, X-XSS-Protection or Strict-Transport-Security',
      '1: http_server_config.headers.X-Frame-Option: unknown key: did you mean X-Frame-Options?',
    ],
  },
  'other values of headers': {
    text: 'http_server_config: { headers: { X-Frame-Options: allow, X-Content-Type-Options: sniff } }\n',
    problems: [
      '1: http_server_config.headers.X-Content-Type-Options: "sniff" is not a value of this header: did you mean nosniff?',
      '1: http_server_config.headers.X-Frame-Options: "allow" is not a value of this header: use deny or sameorigin',
    ],
  },
  'a header of two lines': {
    text: 'http_server_config: { headers: { X-XSS-Protection: "1\\r\\nSet-Cookie: a" } }\n',
    problems: [
      '1: http_server_config.headers.X-XSS-Protection: the value of a header is one line of ASCII without spaces at its ends',
    ],
    promtool: stricter,
  },
  'no hash': {
    text: 'basic_auth_users:\n  alice: opensesame\n  bob: 12\n  carol: { hash: x }\n  dave: null\n',
    problems: [
      '2: basic_auth_users.alice: this is not a bcrypt hash ($2a$, $2b$ or $2y$): make one with `htpasswd -nBC 10 USER`',
      '3: basic_auth_users.bob: a number is not a bcrypt hash: make one with `htpasswd -nBC 10 USER`',
      '4: basic_auth_users.carol: this is not a bcrypt hash ($2a$, $2b$ or $2y$): make one with `htpasswd -nBC 10 USER`',
      '5: basic_auth_users.dave: nothing is not a bcrypt hash: make one with `htpasswd -nBC 10 USER`',
    ],
  },
  'a cost that none has': {
    text: `basic_auth_users: { alice: ${hashes.y.replace('$10$', '$32$')} }\n`,
    problems: [
      '1: basic_auth_users.alice: this is not a bcrypt hash ($2a$, $2b$ or $2y$): make one with `htpasswd -nBC 10 USER`',
    ],
  },
  'a user that nobody can send': {
    text: `basic_auth_users: { 'a:b': ${hashes.y} }\n`,
    problems: ['1: basic_auth_users: a user is a text without a colon'],
    promtool: stricter,
  },
  'a rate without a unit': {
    text: 'rate_limit: { interval: 5, burst: -1 }\n',
    problems: [
      '1: rate_limit.burst: -1 is not a whole number from 0',
      '1: rate_limit.interval: 5 has no unit: write 5s for seconds, or 0 for no limit',
    ],
  },
  'a rate that lets nothing through': {
    text: 'rate_limit: { interval: 1s }\n',
    problems: ['1: rate_limit: with a burst of 0 every request would be refused: give at least burst: 1'],
  },
};
