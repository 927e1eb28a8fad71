import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer as createPlain, type RequestListener, type Server } from 'node:http';
import { createServer as createEncrypted, type ServerOptions } from 'node:https';
import { createServer as createSilent } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, type TestContext, test } from 'node:test';
import { generate } from 'selfsigned';
import { startService } from '../http/service.ts';
import { runHere } from './fake-terminal.ts';

const name = 'exporter.corp.example';
let folder = '';
const pem = { authority: '', cert: '', key: '' };

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'milink-health-'));
  const authority = await generate([{ name: 'commonName', value: 'authority' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, critical: true },
    ],
  });
  // One certificate for both sides of a connection.
  const issued = await generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    algorithm: 'sha256',
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: 'extKeyUsage', serverAuth: true, clientAuth: true },
      { name: 'subjectAltName', altNames: [{ type: 2, value: name }] },
    ],
  });
  Object.assign(pem, { authority: authority.cert, cert: issued.cert, key: issued.private });
  await writeFile(join(folder, 'ca.pem'), pem.authority);
  await writeFile(join(folder, 'cert.pem'), pem.cert);
  await writeFile(join(folder, 'key.pem'), pem.key);
  await writeFile(join(folder, 'password'), 'pass:wörd\n');
  await writeFile(join(folder, 'bad.pem'), 'no PEM at all\n');
});
after(() => rm(folder, { recursive: true }));

const file = (short: string): string => join(folder, short);
const healthy: RequestListener = (_request, response) => response.end('healthy\n');

async function portOf(context: TestContext, server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  context.after(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  return address.port;
}

const plain = (context: TestContext, listener: RequestListener): Promise<number> =>
  portOf(context, createPlain(listener));
const encrypted = (context: TestContext, options: ServerOptions = {}): Promise<number> =>
  portOf(context, createEncrypted({ key: pem.key, cert: pem.cert, ...options }, healthy));

const trusting = (): string[] => [`--tls.ca-file=${file('ca.pem')}`, `--tls.server-name=${name}`];
const withClientCertificate = (): string[] => [
  `--tls.cert-file=${file('cert.pem')}`,
  `--tls.key-file=${file('key.pem')}`,
];
const check = (url: string, ...flags: string[]) => runHere(['healthcheck', `--url=${url}`, ...flags]);

test('a running exporter is healthy', async (context) => {
  const { url } = await startService(context, { state: { servers: [], links: [] } });
  const { code, out, error } = await check(`${url}/-/healthy`);
  assert.deepEqual({ code, out, error }, { code: 0, out: `${url}/-/healthy is healthy\n`, error: '' });
});

test('nothing that listens, and every other answer than 200, is exit code 1 and says what to do', async (context) => {
  const closed = createSilent().listen(0, '127.0.0.1');
  await once(closed, 'listening');
  const address = closed.address();
  assert.ok(typeof address === 'object' && address !== null);
  closed.close();
  await once(closed, 'close');
  const port = await plain(context, (request, response) => {
    response.writeHead(Number(request.url?.slice(1)), { Location: '/200' }).end();
  });
  const cases: readonly (readonly [string, RegExp])[] = [
    [`http://127.0.0.1:${address.port}/`, /nothing listens there/],
    [`http://127.0.0.1:${port}/503`, /answered 503$/],
    [`http://127.0.0.1:${port}/302`, /answered 302, a redirect/],
    [`http://127.0.0.1:${port}/404`, /answered 404: is the URL right/],
    [`http://127.0.0.1:${port}/401`, /answered 401: give --basic-auth\.username/],
    [`https://127.0.0.1:${port}/200`, /does not speak TLS: .*http:\/\//],
  ];
  for (const [url, expected] of cases) {
    const { code, out, error } = await check(url);
    assert.deepEqual({ code, out }, { code: 1, out: '' }, url);
    assert.match(error.trimEnd(), expected);
  }
});

test('a service that accepts and says nothing is given up after the time limit', async (context) => {
  const port = await plain(context, () => undefined);
  const { code, error } = await check(`http://127.0.0.1:${port}/`, '--timeout=100ms');
  assert.equal(code, 1);
  assert.match(error, /no answer within 0\.1 s/);
});

test('TLS is verified: by the authority and the name that are given, or not at all when told so', async (context) => {
  const url = `https://127.0.0.1:${await encrypted(context)}/`;
  assert.equal((await check(url, ...trusting())).error, '');
  assert.equal((await check(url, '--tls.insecure-skip-verify')).code, 0);
  const untrusted = await check(url);
  assert.equal(untrusted.code, 1);
  assert.match(untrusted.error, /certificate is not trusted: .*--tls\.ca-file/);
  const misnamed = await check(url, `--tls.ca-file=${file('ca.pem')}`);
  assert.equal(misnamed.code, 1);
  assert.match(misnamed.error, /is for another name: .*--tls\.server-name/);
  const unencrypted = await check(url.replace('https', 'http'));
  assert.match(unencrypted.error, /if it serves TLS, the URL starts with https:\/\//);
});

test('the web configuration says that it is TLS, and which certificate is the right one', async (context) => {
  const web = (name: string): string => `--web.config.file=${file(name)}`;
  await writeFile(file('web.yaml'), 'tls_server_config: { cert_file: cert.pem, key_file: key.pem }\n');
  const other = await generate([{ name: 'commonName', value: 'another' }], { keyType: 'ec', algorithm: 'sha256' });
  await writeFile(file('other.pem'), other.cert);
  await writeFile(file('other-key.pem'), other.private);
  await writeFile(file('other.yaml'), 'tls_server_config: { cert_file: other.pem, key_file: other-key.pem }\n');
  const url = `https://127.0.0.1:${await encrypted(context)}/`;
  // Neither its authority nor its name has to be given: it is the exporter's own.
  assert.equal((await check(url, web('web.yaml'))).error, '');
  assert.equal((await check(url, web('other.yaml'))).code, 1);
  const { error } = await runHere(['healthcheck', web('web.yaml'), '--timeout=1s']);
  assert.match(error, /https:\/\/127\.0\.0\.1:10522\/-\/healthy: /);
  const { code, error: refused } = await check(url, web('password'));
  assert.equal(code, 1);
  assert.match(refused, /--web\.config\.file: .*password/);
  assert.doesNotMatch(refused, /wörd/);
});

for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
  test(`a client certificate is shown where it is asked for, in ${version}`, async (context) => {
    const port = await encrypted(context, {
      requestCert: true,
      rejectUnauthorized: true,
      ca: pem.authority,
      minVersion: version,
      maxVersion: version,
    });
    const url = `https://127.0.0.1:${port}/`;
    assert.equal((await check(url, ...trusting(), ...withClientCertificate())).code, 0);
    const { code, error } = await check(url, ...trusting());
    assert.equal(code, 1);
    assert.match(error, /client certificates, give --tls\.cert-file and --tls\.key-file/);
  });
}

test('the password comes from its file and is never shown', async (context) => {
  const expected = `Basic ${Buffer.from('probe:pass:wörd').toString('base64')}`;
  const port = await plain(context, ({ headers }, response) => {
    response.writeHead(headers.authorization === expected ? 200 : 401).end();
  });
  const url = `http://127.0.0.1:${port}/`;
  const password = `--basic-auth.password-file=${file('password')}`;
  assert.equal((await check(url, '--basic-auth.username=probe', password)).code, 0);
  const { code, out, error } = await check(url, '--basic-auth.username=other', password);
  assert.equal(code, 1);
  assert.match(error, /the username or the password is wrong/);
  assert.doesNotMatch(out + error, /wörd/);
});

test('a wrong command line says what is wrong, with the exit code that Docker knows', async () => {
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [
      ['--url=localhost:10522'],
      /--url: not a URL that starts with http.*: put http:\/\/ or https:\/\/ before the host/,
    ],
    [['--url=http://probe:hunter2@localhost/'], /process lists: use --basic-auth/],
    [['--timeout=2h'], /--timeout: "2h" is not a duration/],
    [['--tls.cert-file=a.pem'], /--tls\.cert-file needs --tls\.key-file too/],
    [['--basic-auth.password-file=a'], /--basic-auth\.password-file needs --basic-auth\.username too/],
    [['--tls.insecure-skip-verify', '--tls.ca-file=a.pem'], /without an effect/],
    [[`--tls.ca-file=${file('none.pem')}`], /--tls\.ca-file: .*none\.pem: the file does not exist/],
    [
      ['--basic-auth.username=a', `--basic-auth.password-file=${file('none')}`],
      /--basic-auth\.password-file: .*the file does not exist/,
    ],
    [
      ['--url=https://127.0.0.1/', `--tls.cert-file=${file('bad.pem')}`, `--tls.key-file=${file('bad.pem')}`],
      /can't be used \(ERR_OSSL_/,
    ],
  ];
  for (const [flags, expected] of cases) {
    const { code, error } = await runHere(['healthcheck', ...flags]);
    assert.equal(code, 1, flags.join(' '));
    assert.match(error, expected);
    assert.doesNotMatch(error, /hunter2/);
  }
});
