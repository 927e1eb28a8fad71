import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { start } from '../cli/process.ts';
import { temporaryFolder } from '../config/temporary-folder.ts';
import { audience, startTokenPair } from './logged-in.ts';
import { applicationId, startTokenServer, tenantId } from './token-server.ts';

/** Asks for the page until it says so. */
async function pageWith(address: string, pattern: RegExp): Promise<string> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const page = await (await fetch(`http://${address}/metrics`)).text();
    if (pattern.test(page)) return page;
    assert.ok(Date.now() < deadline, `${pattern} not seen:\n${page}`);
    await setTimeout(50);
  }
}

test('the exporter tells that Entra ID gives no token, polls when it does, and never shows a secret', async (t) => {
  const [server, pair, folder] = await Promise.all([startTokenServer(), startTokenPair(), temporaryFolder(t)]);
  t.after(() => Promise.all([server.stop(), pair.close()]));
  await Promise.all([
    writeFile(join(folder, 'client-secret'), `${server.state.secret}\n`),
    writeFile(join(folder, 'authority.pem'), server.certificateAuthority),
    writeFile(join(folder, 'ca.pem'), pair.certificateAuthority),
    writeFile(
      join(folder, 'milink.yaml'),
      [
        'poll_interval: 1s',
        'poll_timeout: 1s',
        'servers:',
        '  - name: mi-prod',
        `    host: ${pair.managedInstance.host}`,
        `    port: ${pair.managedInstance.port}`,
        '    authentication:',
        '      type: service_principal',
        `      tenant_id: ${tenantId}`,
        `      client_id: ${applicationId}`,
        '      client_secret_file: client-secret',
        `      authority_host: ${server.authorityHost}`,
        `      audience: ${audience}`,
        '    tls: { ca_file: ca.pem, server_name: localhost }',
        '',
      ].join('\n'),
    ),
  ]);
  server.state.behaviour = 'fails';
  const daemon = start(['--web.listen-address=127.0.0.1:0', '--log.level=debug'], {
    cwd: folder,
    env: { NODE_EXTRA_CA_CERTS: join(folder, 'authority.pem') },
  });
  t.after(() => daemon.process.kill());
  const [, address = ''] = await daemon.seen(/address=(127\.0\.0\.1:\d+)/);
  const without = await pageWith(address, /^milink_poll_failures_total\{server="mi-prod",reason="token"\} [1-9]/m);
  assert.match(without, /^milink_up\{server="mi-prod"\} 0$/m);
  // In whose words depends on whether the library was loaded within the first poll's time limit.
  await daemon.seen(/reason=token .*error="(temporarily_unavailable: .*AADSTS90033|no token was given within)/);
  server.state.behaviour = 'gives';
  const page = await pageWith(address, /^milink_up\{server="mi-prod"\} 1$/m);
  daemon.process.kill();
  const { error } = await daemon.finished;
  for (const secret of [server.state.secret, ...server.given, 'eyJ']) {
    assert.ok(!`${error}${page}${without}`.includes(secret));
  }
});
