import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { type TestContext, test } from 'node:test';
import { run, start, startProgram } from './process.ts';
import { password, simulatedLinks } from './simulated-links.ts';

const main = resolve(import.meta.dirname, '../../src/main.ts');

interface Setting {
  readonly configFlag: string;
  /** Of the simulated servers; nobody trusts it unless told. */
  readonly authorityFile: string;
  readonly logins: () => number;
}

/** A configuration for the pair that names no authority: that of the servers is not known to the system. */
async function untrusted(context: TestContext, mode: string): Promise<Setting> {
  const { pair, folder, configFlag } = await simulatedLinks(context);
  const text = await readFile(configFlag.replace('--config.file=', ''), 'utf8');
  const [, authorityFile = ''] = /ca_file: "([^"]+)"/.exec(text) ?? [];
  const path = join(folder, 'untrusted.yaml');
  await writeFile(path, text.replaceAll(/ca_file: "[^"]+"/g, `mode: ${mode}`));
  return {
    configFlag: `--config.file=${path}`,
    authorityFile: resolve(folder, authorityFile),
    logins: () => pair.sqlServer.counts().logins + pair.managedInstance.counts().logins,
  };
}

for (const mode of ['encrypt', 'strict']) {
  test(`NODE_TLS_REJECT_UNAUTHORIZED=0, ${mode}: said, and no password is sent to an unknown authority`, async (context) => {
    const { configFlag, logins } = await untrusted(context, mode);
    const { code, out, error } = await run(['check', '--json', '--log.level=warn', configFlag], {
      env: { NODE_TLS_REJECT_UNAUTHORIZED: '0' },
    });
    assert.equal(code, 3, out);
    assert.match(
      error,
      /level=warn time=\S+ msg="NODE_TLS_REJECT_UNAUTHORIZED=0 is ignored: certificates are verified/,
    );
    assert.doesNotMatch(error, /Warning: Setting the NODE_TLS/);
    assert.deepEqual(reasons(out), ['tls', 'tls']);
    assert.equal(logins(), 0);
  });
}

for (const variable of ['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE']) {
  test(`an authority in ${variable} is trusted beside the built-in ones`, async (context) => {
    const { configFlag, authorityFile } = await untrusted(context, 'encrypt');
    const { code, out, error } = await run(['check', '--json', configFlag], { env: { [variable]: authorityFile } });
    assert.equal(code, 0, out + error);
  });
}

function reasons(json: string): readonly string[] {
  const { servers } = JSON.parse(json) as { servers: { failure?: { reason: string } | null }[] };
  return servers.map(({ failure }) => failure?.reason ?? 'none');
}

test('weak TLS in NODE_OPTIONS is overridden and said; the keys of connections are never written down', async (context) => {
  const { configFlag } = await simulatedLinks(context);
  const weak = await run(['check', '--log.level=warn', configFlag], {
    env: { NODE_OPTIONS: '--tls-min-v1.0 --tls-cipher-list=ALL:@SECLEVEL=0' },
  });
  assert.equal(weak.code, 0, weak.error);
  assert.match(
    weak.error,
    /level=warn time=\S+ msg="TLSv1 as the lowest version of TLS \(NODE_OPTIONS\) is ignored: it is TLSv1\.2"/,
  );
  assert.match(
    weak.error,
    /level=warn time=\S+ msg="--tls-cipher-list \(NODE_OPTIONS\) allows weak ciphers and is ignored/,
  );
  const logged = await run(['check', configFlag], { env: { NODE_OPTIONS: '--tls-keylog=/dev/stdout' } });
  assert.equal(logged.code, 3);
  assert.match(logged.error, /^milink-exporter: error: --tls-keylog in the options of Node\.js .*: remove it\n$/);
});

test("warnings of Node.js are lines of the log, in the log's format", async (context) => {
  const { configFlag } = await simulatedLinks(context);
  // As soon as somebody listens: before that it is Node's own listener that writes.
  const odd = 'process.emitWarning("an odd thing", "OddWarning", "ODD1")';
  const early = `--import=data:text/javascript,process.on("newListener", (name) => name === "warning" && ${odd});`;
  const args = [early, main, 'check', '--log.level=warn', '--log.format=json', configFlag];
  const { error } = await startProgram(process.execPath, args, { env: { NODE_OPTIONS: '--throw-deprecation' } })
    .finished;
  const lines = error.split('\n').filter((line) => line.includes('odd thing'));
  assert.deepEqual(
    lines.map((line) => ({ ...JSON.parse(line), time: '' })),
    [{ level: 'warn', time: '', name: 'OddWarning', warning: 'an odd thing', code: 'ODD1', msg: 'warning of Node.js' }],
  );
});

test('a secret from a variable ends before its newline, as one from a file does', async (context) => {
  const { configFlag } = await simulatedLinks(context);
  const path = configFlag.replace('--config.file=', '');
  const text = (await readFile(path, 'utf8')).replaceAll(/password_file: \S+/g, 'password_env: MILINK_PASSWORD');
  await writeFile(path, text);
  for (const end of ['', '\n', '\r\n']) {
    const { code, error } = await run(['check', configFlag], { env: { MILINK_PASSWORD: `${password}${end}` } });
    assert.equal(code, 0, error);
  }
});

/** A proxy that counts who comes. */
async function countingProxy(context: TestContext): Promise<{ readonly url: string; readonly count: () => number }> {
  let count = 0;
  const server = createServer((socket) => {
    count += 1;
    socket.on('error', () => undefined).destroy();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  context.after(() => server.close());
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  return { url: `http://127.0.0.1:${address.port}`, count: () => count };
}

const identities = [
  ['a managed identity', '{ type: managed_identity }', false],
  [
    'a service principal',
    '{ type: service_principal, tenant_id: 00000000-0000-0000-0000-000000000001, client_id: 00000000-0000-0000-0000-000000000002, client_secret_env: SECRET }',
    true,
  ],
] as const;

for (const [name, authentication, isProxied] of identities) {
  test(`with HTTPS_PROXY, ${name} ${isProxied ? 'asks through the proxy' : 'asks the machine itself, never the proxy'}`, async (context) => {
    const { folder } = await simulatedLinks(context);
    const proxy = await countingProxy(context);
    const path = join(folder, 'identity.yaml');
    await writeFile(path, `servers: [{ name: mi, host: 127.0.0.1, port: 1, authentication: ${authentication} }]\n`);
    const proxies = { HTTP_PROXY: proxy.url, HTTPS_PROXY: proxy.url, NODE_USE_ENV_PROXY: '1' };
    const { code } = await run(['check', '--timeout=5s', `--config.file=${path}`], {
      env: { ...proxies, SECRET: 'x' },
    });
    assert.equal(code, 3);
    assert.equal(proxy.count() > 0, isProxied);
  });
}

test('the health probe of the container asks its own exporter, not a proxy', async (context) => {
  const { configFlag } = await simulatedLinks(context);
  const proxy = await countingProxy(context);
  const daemon = start([configFlag, '--web.listen-address=127.0.0.1:0']);
  const [, address] = await daemon.seen(/address=(\S+) msg=listening/);
  const env = { http_proxy: proxy.url, NODE_USE_ENV_PROXY: '1' };
  const { code, error } = await run(['healthcheck', `--url=http://${address}/-/healthy`], { env });
  daemon.process.kill();
  assert.equal(code, 0, error);
  assert.equal(proxy.count(), 0);
});
