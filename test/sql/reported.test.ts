import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer as createPlainServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, type TestContext, test } from 'node:test';
import { createServer, type TlsOptions } from 'node:tls';
import { serverAdvice } from '../../src/check/advice/server.ts';
import type { ServerConfig, TlsConfig } from '../../src/config/config.ts';
import { secretOf } from '../../src/config/secret/secret.ts';
import type { Failure } from '../../src/model/failure-reason.ts';
import { classifyError } from '../../src/sql/classify-error.ts';
import { connect } from '../../src/sql/mssql-connection.ts';
import { certificate } from '../simulator/tds/scripted-server.ts';
import { done, failureOf, loginAck, packet, rawServer, routing } from './gate/raw-server.ts';
import { silentPort } from './silent-port.ts';

// What other people reported of their clients, over real sockets: the reason, and words of our own.

const folder = mkdtempSync(join(tmpdir(), 'milink-reported-'));
after(() => rmSync(folder, { recursive: true }));
const path = (name: string): string => join(folder, name);

function configOf(port: number, tls: Partial<TlsConfig>): ServerConfig {
  const authentication = { type: 'sql_login', username: 'milink', password: secretOf('in-clear') } as const;
  const strict = { mode: 'strict', ca: null, serverName: 'localhost', trustServerCertificate: false } as const;
  return { name: 'sql-1', host: '127.0.0.1', port, authentication, tls: { ...strict, ...tls } };
}

/** What comes of a login to a server that does the TLS of TDS 8 with these settings, and answers nothing. */
async function failureOfTls(context: TestContext, options: TlsOptions, ca: string): Promise<Failure | null> {
  const server = createServer({ ALPNProtocols: ['tds/8.0'], ...options }).listen(0, '127.0.0.1');
  server.on('tlsClientError', () => undefined);
  context.after(() => server.close());
  await once(server, 'listening');
  return failureOf(configOf((server.address() as AddressInfo).port, { ca }));
}

const openssl = (...args: readonly string[]): void => {
  execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
};

/** Makes NAME.key and NAME.crt, signed by itself or by `by`, with these extensions. */
function issue(name: string, extensions: readonly string[], { by = '', digest = 'sha256' } = {}): void {
  writeFileSync(path(`${name}.ext`), ['[v3]', ...extensions].join('\n'));
  const request = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-subj', `/CN=${name}`];
  openssl('req', ...request, '-keyout', `${name}.key`, '-out', `${name}.csr`);
  const signer = by === '' ? ['-signkey', `${name}.key`] : ['-CA', `${by}.crt`, '-CAkey', `${by}.key`];
  const how = ['-days', '2', `-${digest}`, '-extfile', `${name}.ext`, '-extensions', 'v3'];
  openssl('x509', '-req', '-in', `${name}.csr`, ...signer, ...how, '-out', `${name}.crt`);
}

const authority = ['basicConstraints = critical,CA:TRUE', 'keyUsage = critical,keyCertSign'];
const shortAuthority = ['basicConstraints = critical,CA:TRUE,pathlen:0', 'keyUsage = critical,keyCertSign'];
const leaf = ['basicConstraints = CA:FALSE', 'extendedKeyUsage = serverAuth', 'subjectAltName = DNS:localhost'];

const certificates: readonly (readonly [string, RegExp, () => readonly string[]])[] = [
  [
    'signed with SHA-1',
    /^the certificate of the server is not accepted \(CA signature digest algorithm too weak\)/,
    () => {
      issue('sha1-root', authority);
      issue('sha1-leaf', leaf, { by: 'sha1-root', digest: 'sha1' });
      return ['sha1-leaf', 'sha1-root'];
    },
  ],
  [
    'outside of what its authority may vouch for',
    /^the certificate of the server is not accepted \(permitted subtree violation\)/,
    () => {
      issue('named-root', [...authority, 'nameConstraints = critical,permitted;DNS:corp.example']);
      issue('named-leaf', leaf, { by: 'named-root' });
      return ['named-leaf', 'named-root'];
    },
  ],
  [
    'under more authorities than one of them allows',
    /^the chain of certificates of the server is longer than an authority in it allows/,
    () => {
      issue('short-root', shortAuthority);
      issue('short-middle', authority, { by: 'short-root' });
      issue('short-leaf', leaf, { by: 'short-middle' });
      return ['short-leaf', 'short-middle', 'short-root'];
    },
  ],
];

for (const [what, words, make] of certificates) {
  test(`a certificate ${what} is a matter of TLS, in words`, async (context) => {
    const [name = '', ...above] = make();
    const text = (each: string): string => readFileSync(path(`${each}.crt`), 'utf8');
    const cert = [name, ...above.slice(0, -1)].map(text).join('');
    const options = { cert, key: readFileSync(path(`${name}.key`), 'utf8'), ciphers: 'DEFAULT@SECLEVEL=0' };
    const failure = await failureOfTls(context, options, text(above.at(-1) ?? ''));
    assert.equal(failure?.reason, 'tls', failure?.message);
    assert.match(failure.message, words);
  });
}

test('a server of which TLS 1.1 is the newest: said so, without files and lines of OpenSSL', async (context) => {
  const { cert, key } = certificate;
  const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
  const failure = await failureOfTls(context, { cert, key, ...old }, cert);
  assert.equal(failure?.reason, 'tls');
  assert.match(failure.message, /^the server takes none of the TLS versions that are safe, 1\.2 and 1\.3/);
  assert.doesNotMatch(failure.message, /openssl|\.c:/i);
});

test('a server that demands encryption, and mode off: what to configure', async (context) => {
  // PRELOGIN with ENCRYPT_REQ (MS-TDS 2.2.6.5).
  const demanding = packet([0, 0, 11, 0, 6, 1, 0, 17, 0, 1, 0xff, 16, 0, 0, 0, 0, 0, 3]);
  const server = await rawServer(context, { prelogin: () => demanding });
  const failure = await failureOf(server.config);
  assert.deepEqual(
    [failure?.reason, failure?.message, server.logins()],
    ['tls', 'the server demands encryption, and tls.mode is off: use encrypt', 0],
  );
});

test('mode strict against a server without TDS 8: that, and nothing about restarts', async (context) => {
  // It takes the handshake for a packet of no type that it knows.
  const server = createPlainServer((socket) => socket.once('data', () => socket.end())).listen(0, '127.0.0.1');
  context.after(() => server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const failure = await failureOf(configOf(port, { ca: certificate.cert }));
  assert.equal(failure?.reason, 'tls', failure?.message);
  assert.match(failure.message, /^the server does not speak TDS 8, which tls\.mode strict asks for/);
});

test('a gateway that answers and sends on to an address that does not: the second is named', async (context) => {
  const unused = createServer().listen(0, '127.0.0.1');
  await once(unused, 'listening');
  const { port } = unused.address() as AddressInfo;
  unused.close();
  await once(unused, 'close');
  const gateway = await rawServer(context, {
    login: () => packet([...loginAck, ...routing('127.0.0.1', port), ...done]),
  });
  const failure = await failureOf(gateway.config);
  assert.equal(failure?.reason, 'refused', failure?.message);
  assert.equal(failure.redirectedTo, `127.0.0.1:${port}`);
  assert.ok(
    failure.message.includes(
      `the gateway 127.0.0.1:${gateway.config.port} had sent the client on to 127.0.0.1:${port}`,
    ),
  );
});

test('a gateway that sends on to a port that a firewall drops: that port is named, and which ports it needs', async (context) => {
  const port = await silentPort(context);
  const gateway = await rawServer(context, {
    login: () => packet([...loginAck, ...routing('127.0.0.1', port), ...done]),
  });
  const credentials = { type: 'sql_login', username: 'milink', password: 'in-clear' } as const;
  const login = connect(gateway.config, { credentials, signal: AbortSignal.timeout(3000) });
  const failure = await login.then(() => assert.fail('it answered'), classifyError);
  assert.equal(failure.reason, 'unreachable', failure.message);
  assert.equal(failure.redirectedTo, `127.0.0.1:${port}`);
  assert.match(failure.message, new RegExp(`127\\.0\\.0\\.1:${port} within the time limit`));
  assert.match(serverAdvice(failure), new RegExp(`127\\.0\\.0\\.1:${port}.*11000 to 11999`, 's'));
});
