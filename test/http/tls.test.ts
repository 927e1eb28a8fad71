import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { connect, type PeerCertificate } from 'node:tls';
import { type TestAuthority, testAuthority } from './certificates.ts';
import { type Curled, curl } from './curl.ts';
import { startProtected, webFolder } from './protected-service.ts';

const pair = 'cert_file: server.crt, key_file: server.key';
const tls = (keys = ''): string => `tls_server_config: { ${pair}${keys === '' ? '' : `, ${keys}`} }\n`;

async function withServerCertificate(context: Parameters<typeof webFolder>[0]): Promise<{
  readonly folder: string;
  readonly authority: TestAuthority;
}> {
  const folder = await webFolder(context);
  const authority = await testAuthority(folder);
  await authority.issue('server');
  return { folder, authority };
}

/** What a client gets: the status, or `refused` when there is no answer. */
const outcomeOf = ({ status }: Curled): number | 'refused' => (status === 0 ? 'refused' : status);

test('every client_auth_type lets in whom it says, and a change of it takes effect with the next connection', async (context) => {
  const { folder, authority } = await withServerCertificate(context);
  const stranger = await testAuthority(folder, 'stranger');
  await authority.issue('known');
  await stranger.issue('unknown');
  const service = await startProtected(context, folder, { web: tls() });
  const as = async (client: 'nobody' | 'known' | 'unknown'): Promise<number | 'refused'> => {
    const certificate = client === 'nobody' ? [] : ['--cert', `${client}.crt`, '--key', `${client}.key`];
    const args = certificate.map((arg) => (arg.startsWith('--') ? arg : join(folder, arg)));
    return outcomeOf(await curl(`${service.url}/-/healthy`, '--cacert', authority.file, ...args));
  };
  const cases = {
    NoClientCert: [200, 200, 200],
    RequestClientCert: [200, 200, 200],
    RequireAnyClientCert: ['refused', 200, 200],
    RequireClientCert: ['refused', 200, 200],
    VerifyClientCertIfGiven: [200, 200, 'refused'],
    RequireAndVerifyClientCert: ['refused', 200, 'refused'],
  } as const;
  for (const [type, expected] of Object.entries(cases)) {
    const authorities = type === 'NoClientCert' ? '' : ', client_ca_file: ca.crt';
    await service.configure(tls(`client_auth_type: ${type}${authorities}`));
    assert.deepEqual([await as('nobody'), await as('known'), await as('unknown')], expected, type);
  }
});

test('client_allowed_sans: a DNS name, an IP address, a mail address or a URI, each exactly', async (context) => {
  const { folder, authority } = await withServerCertificate(context);
  await authority.issue('client', [
    { type: 2, value: 'scraper.corp.example' },
    { type: 7, ip: '2001:db8::1' },
    { type: 1, value: 'ops@corp.example' },
    { type: 6, value: 'spiffe://corp.example/prometheus' },
  ]);
  const service = await startProtected(context, folder, { web: tls() });
  const files = ['client.crt', '--key', 'client.key'].map((arg) => (arg.startsWith('--') ? arg : join(folder, arg)));
  const cases: Readonly<Record<string, number | 'refused'>> = {
    'scraper.corp.example': 200,
    'SCRAPER.corp.example': 'refused',
    'corp.example': 'refused',
    '2001:db8::1': 200,
    'ops@corp.example': 200,
    'spiffe://corp.example/prometheus': 200,
    'spiffe://corp.example/': 'refused',
  };
  for (const [name, expected] of Object.entries(cases)) {
    const policy = 'client_auth_type: RequireAndVerifyClientCert, client_ca_file: ca.crt';
    await service.configure(tls(`${policy}, client_allowed_sans: [other.example, '${name}']`));
    const answer = await curl(`${service.url}/-/healthy`, '--cacert', authority.file, '--cert', ...files);
    assert.equal(outcomeOf(answer), expected, name);
  }
});

/** Whether OpenSSL's client shakes hands: it, too, speaks what curl no longer does. */
function shakesHands(port: number, ...args: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const all = ['s_client', '-connect', `127.0.0.1:${port}`, '-brief', ...args];
    const child = execFile('openssl', all, (_error, _stdout, stderr) =>
      resolve(/^CONNECTION ESTABLISHED$/m.test(stderr)),
    );
    child.stdin?.end();
  });
}

describe('versions, cipher suites and curves are those of the file', () => {
  const old = ['-cipher', 'ALL:@SECLEVEL=0'];
  const cases: Readonly<Record<string, readonly (readonly [args: readonly string[], isAccepted: boolean])[]>> = {
    '': [
      [['-tls1_3'], true],
      [['-tls1_2'], true],
      [['-tls1_1', ...old], false],
    ],
    'min_version: TLS13': [
      [['-tls1_3'], true],
      [['-tls1_2'], false],
    ],
    'max_version: TLS12': [
      [['-tls1_3'], false],
      [['-tls1_2'], true],
    ],
    'min_version: TLS10': [
      [['-tls1', ...old], true],
      [['-tls1_1', ...old], true],
      [['-tls1_3'], true],
    ],
    'cipher_suites: [TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256]': [
      [['-tls1_2', '-cipher', 'ECDHE-ECDSA-AES128-GCM-SHA256'], true],
      [['-tls1_2', '-cipher', 'ECDHE-ECDSA-AES256-GCM-SHA384'], false],
      [['-tls1_3'], true],
    ],
    'curve_preferences: [CurveP384]': [
      [['-tls1_3', '-curves', 'P-384'], true],
      [['-tls1_3', '-curves', 'X25519'], false],
    ],
  };
  for (const [keys, clients] of Object.entries(cases)) {
    test(keys === '' ? 'the defaults' : keys, async (context) => {
      const { folder } = await withServerCertificate(context);
      const { port } = await startProtected(context, folder, { web: tls(keys) });
      for (const [args, isAccepted] of clients)
        assert.equal(await shakesHands(port, ...args), isAccepted, args.join(' '));
    });
  }
});

describe('HTTP/2 is there where the file has it', () => {
  for (const [keys, expected] of [
    ['', '2'],
    ['http_server_config: { http2: false }\n', '1.1'],
  ] as const) {
    test(`HTTP/${expected}`, async (context) => {
      const { folder, authority } = await withServerCertificate(context);
      const { url } = await startProtected(context, folder, { web: `${tls()}${keys}` });
      const get = (path: string, ...args: string[]): Promise<Curled> =>
        curl(url + path, '--http2', '--cacert', authority.file, ...args);
      const page = await get('/metrics', '--compressed');
      assert.deepEqual([page.status, page.httpVersion], [200, expected]);
      assert.match(page.headers, /^content-encoding: gzip/im);
      assert.match(page.body, /^milink_up\{server="sql-prod-01"\} 1$/m);
      const head = await get('/', '--head');
      assert.deepEqual([head.status, head.body], [200, '']);
      assert.match(head.headers, /^content-type: text\/html/im);
      const posted = await get('/-/healthy', '--data', 'a=b');
      assert.equal(posted.status, 405);
      assert.match(posted.headers, /^allow: GET, HEAD\r?$/im);
      assert.equal((await get('/%zz')).status, 404);
      assert.match((await get('/metrics')).body, /requests_total\{handler="\/-\/healthy",code="405"\} 1$/m);
    });
  }
});

/** The certificate that the service shows to a new connection. */
function shownBy(port: number): Promise<PeerCertificate> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false }, () => {
      resolve(socket.getPeerCertificate());
      socket.destroy();
    });
    socket.on('error', reject);
  });
}

test('a new certificate is shown to the next connection, and an older connection stays', async (context) => {
  const { folder, authority } = await withServerCertificate(context);
  const service = await startProtected(context, folder, { web: tls() });
  const first = await shownBy(service.port);
  const { cert, key } = await authority.issue('renewed');
  await service.put('server.crt', cert);
  // In between, the key is not that of the certificate.
  const between = await curl(`${service.url}/-/healthy`, '--cacert', authority.file);
  assert.equal(between.status, 500);
  await service.put('server.key', key);
  const second = await shownBy(service.port);
  assert.notEqual(second.fingerprint256, first.fingerprint256);
  assert.equal(second.subject.CN, 'renewed');
  assert.equal((await curl(`${service.url}/-/healthy`, '--cacert', authority.file)).status, 200);
  assert.deepEqual(service.log, [
    'error: web configuration refused: requests are answered 500 /web.yml:1: tls_server_config.key_file: not the key of the certificate in cert_file',
    'info: web configuration reloaded /web.yml',
  ]);
});

test('a certificate file that vanishes, and TLS switched off, are answered 500 until they are mended', async (context) => {
  const { folder, authority } = await withServerCertificate(context);
  const service = await startProtected(context, folder, { web: tls() });
  const status = async (): Promise<number> => (await curl(`${service.url}/metrics`, '--cacert', authority.file)).status;
  await service.configure('');
  assert.equal(await status(), 500);
  await service.configure(tls());
  assert.equal(await status(), 200);
  await rm(join(folder, 'server.crt'));
  assert.equal(await status(), 500);
  assert.equal(await status(), 500);
  const refused = service.log.filter((line) => line.startsWith('error'));
  assert.equal(refused.length, 2, 'one line for each change, not for each request');
  assert.match(refused[0] ?? '', /TLS is on, and switching it off takes a restart/);
  assert.match(refused[1] ?? '', /cert_file: "server\.crt": the file does not exist/);
});
