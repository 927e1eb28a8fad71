import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { writeSimulatorConfig } from '../../src/cli/simulate/config-file.ts';
import type { Scenario } from '../../src/simulator/scenario/index.ts';
import { runHere } from './fake-terminal.ts';
import { type Finished, run, start } from './process.ts';
import { password, simulatedLinks } from './simulated-links.ts';

function assertClean({ out, error }: Finished): void {
  assert.equal(error, '');
  assert.ok(!out.includes(password), 'the password is shown');
  assert.ok(!out.includes('\u001b'), 'no terminal, no colours');
  for (const line of out.split('\n')) assert.ok(line.length <= 80, line);
}

const scenarios: readonly (readonly [Scenario, number, RegExp])[] = [
  ['healthy', 0, /^HEALTHY +healthy {2}DAG_Sales on mi-prod\n/],
  ['seeding', 1, /^DEGRADED +seeding .*\n[\s\S]*\[#+\.+\] {2}at least \d+ %\n[\s\S]*ends before .* as it compresses/],
  ['split-brain', 2, /^CRITICAL +split brain [\s\S]*-- on mi-prod\n[\s\S]*BACKUP DATABASE \[Sales\] TO URL/],
  ['seeding-failed', 2, /^CRITICAL +seeding failed [\s\S]*1412 copy_too_old/],
  ['disconnected', 2, /^CRITICAL +disconnected [\s\S]*35206 connection_lost/],
  ['suspended', 2, /^CRITICAL +suspended [\s\S]*-- on mi-prod\n +ALTER DATABASE \[Sales\] SET HADR RESUME;/],
  ['no-primary', 2, /^CRITICAL +no primary [\s\S]*last hardened LSN/],
  ['certificate-expiring', 1, /^DEGRADED +partially healthy: a certificate ends soon [\s\S]*ALTER ENDPOINT \[/],
  ['vanished', 2, /^CRITICAL +missing /],
];

describe('check against the simulated servers', () => {
  test('tells each scenario by its exit code and its screen', async (context) => {
    const { pair, configFlag } = await simulatedLinks(context);
    for (const [scenario, code, screen] of scenarios) {
      pair.setScenario(scenario);
      const finished = await runHere(['check', configFlag]);
      assert.equal(finished.code, code, `${scenario}: ${finished.out}${finished.error}`);
      assert.match(finished.out, screen);
      assertClean(finished);
    }
  });

  test('says which server is down and why, and what the other one knows', async (context) => {
    const { pair, configFlag } = await simulatedLinks(context);
    await pair.managedInstance.stop();
    const finished = await runHere(['check', configFlag]);
    assert.equal(finished.code, 1);
    assertClean(finished);
    assert.match(finished.out, /^DEGRADED +partially healthy: the other end is not seen /);
    assert.match(finished.out, /mi-prod +not seen +failed: refused/);
    assert.match(finished.out, /^ {2}Sales +mi-prod +SYNCHRONIZING +0 s/m);
    assert.match(finished.out, /^Not seen\n {2}mi-prod \(127\.0\.0\.1:\d+\)\n/m);
  });

  test('prints the same as JSON, alone on standard output', async (context) => {
    const { configFlag } = await simulatedLinks(context, { scenario: 'split-brain' });
    const finished = await run(['check', configFlag, '--json']);
    assert.equal(finished.code, 2);
    assert.equal(finished.error, '');
    const document = JSON.parse(finished.out);
    const [link] = document.links;
    assert.deepEqual(
      [document.version, document.status, document.exit_code, link.link, link.verdict],
      [2, 'critical', 2, 'DAG_Sales', 'split_brain'],
    );
    assert.deepEqual(
      link.ends.map(({ role }: { role: string }) => role),
      ['PRIMARY', 'PRIMARY'],
    );
    assert.ok(!finished.out.includes(password));
  });

  test('ends when everything is written, however long it is', async (context) => {
    const { configFlag } = await simulatedLinks(context, { links: 200, databases: 2 });
    const { code, out } = await run(['check', configFlag, '--json']);
    assert.ok(out.length > 1_000_000, `${out.length} characters`);
    const { links, exit_code } = JSON.parse(out) as { links: readonly unknown[]; exit_code: number };
    assert.equal(links.length, 200);
    // Not 0 as such: a busy machine may get a view of so many rows too late, which is a finding of its own.
    assert.equal(code, exit_code);
  });

  test('shows the links that are asked for, and guesses what was meant', async (context) => {
    const { pair, configFlag } = await simulatedLinks(context, { scenario: 'split-brain', links: 3, affectedLinks: 1 });
    const [sick, well] = pair.topology.links.map(({ name }) => name);
    const all = await runHere(['check', configFlag]);
    assert.equal(all.code, 2);
    assert.match(all.out, /^CRITICAL +3 links: 1 critical, 2 healthy\n/);
    const one = await runHere(['check', configFlag, `--link=${well?.toLowerCase()}/MI-PROD`]);
    assert.equal(one.code, 0);
    assert.ok(!one.out.includes(sick ?? ''));
    const both = await runHere(['check', configFlag, `--link=${well}`, `--link=${sick}`]);
    assert.equal(both.code, 2);
    const wrong = await runHere(['check', configFlag, '--link=DAG_Salse']);
    assert.equal(wrong.code, 3);
    assert.equal(wrong.out, '');
    assert.match(wrong.error, /--link: no link "DAG_Salse": did you mean "DAG_Sales"\?/);
  });
});

test('simulate writes a configuration that check can use, and says so', async (context) => {
  const { folder } = await simulatedLinks(context);
  const path = join(folder, 'demo.yaml');
  const pair = start(['simulate', '--scenario=healthy', `--simulator.config-file=${path}`]);
  await pair.seen(/^try +milink-exporter check --config\.file=\S+demo\.yaml$/m);
  const finished = await runHere(['check', `--config.file=${path}`]);
  pair.process.kill();
  await pair.finished;
  assert.equal(finished.code, 0, finished.error);
  assert.doesNotMatch(await readFile(path, 'utf8'), /milink-demo/);
  assert.equal((await stat(join(folder, 'demo.password'))).mode & 0o077, 0);
});

test('started through npm, simulate says how to start check through npm', async (context) => {
  const { pair, folder } = await simulatedLinks(context);
  const values = new Map([['simulator.config-file', [join(folder, "it's.yml")]]]);
  const login = { username: 'milink', password };
  const text = await writeSimulatorConfig(values, pair, { login, environment: { npm_lifecycle_event: 'start' } });
  assert.equal(text, `try               npm start --silent -- check --config.file='${folder}/it'\\''s.yml'\n`);
});

test('a configuration file that can not be written is one clear line', async () => {
  const { code, error } = await runHere(['simulate', '--simulator.config-file=/nowhere/at/all.yaml']);
  assert.equal(code, 1);
  assert.match(error, /^milink-exporter: error: --simulator\.config-file: ENOENT.*\n$/);
});

const mistakes: readonly (readonly [readonly string[], RegExp])[] = [
  [['check', '--config.file=/nowhere.yaml'], /nowhere\.yaml: the file does not exist/],
  [['check', '--watch=often'], /--watch: "often" is not a duration from 1s to 1h, try --help/],
  [['check', '--watch=10ms'], /--watch: "10ms" is not a duration from 1s to 1h/],
  [['check', '--timeout=0s'], /--timeout: "0s" is not a duration from 100ms to 10m/],
  [['check', '--jsn'], /unknown flag --jsn, did you mean --json\?/],
  [['check', '--json=yes'], /--json takes no value/],
];

for (const [args, message] of mistakes) {
  test(`${args.join(' ')} is unknown to a monitoring system: exit code 3`, async () => {
    const { code, out, error } = await runHere(args);
    assert.equal(code, 3);
    assert.equal(out, '');
    assert.match(error, message);
  });
}

/** Accepts and never answers. */
async function silentServer(folder: string): Promise<{ readonly server: Server; readonly configFlag: string }> {
  const server = createServer((socket) => socket.on('error', () => undefined).unref()).listen(0, '127.0.0.1');
  server.unref();
  await once(server, 'listening');
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  const path = join(folder, 'silent.yaml');
  const authentication = '{ type: sql_login, username: milink, password_file: links.password }';
  await writeFile(
    path,
    `servers:\n  - name: silent\n    host: 127.0.0.1\n    port: ${address.port}\n    authentication: ${authentication}\n`,
  );
  return { server, configFlag: `--config.file=${path}` };
}

test('a server that never answers costs its time limit, and nothing is known then', async (context) => {
  const { folder } = await simulatedLinks(context);
  const { configFlag } = await silentServer(folder);
  const finished = await runHere(['check', configFlag, '--timeout=300ms']);
  assert.equal(finished.code, 3);
  assert.match(finished.out, /^UNKNOWN +no link was seen\n[\s\S]*timeout/);
});

test('an interruption before the first result is unknown', async (context) => {
  const { folder } = await simulatedLinks(context);
  const { server, configFlag } = await silentServer(folder);
  const waiting = start(['check', configFlag, '--timeout=10m']);
  await once(server, 'connection');
  waiting.process.kill('SIGINT');
  const { code, out } = await waiting.finished;
  assert.deepEqual([code, out], [3, '']);
});
