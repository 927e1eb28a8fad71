import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, type TestContext, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createCertificate } from '../../src/simulator/certificate.ts';
import { type Pair, startPair } from '../../src/simulator/pair.ts';
import { temporaryFolder } from '../config/temporary-folder.ts';
import { type Running, start } from './process.ts';

const password = 'Pa55-which-nothing-may-show';
let pair: Pair;

before(async () => {
  pair = await startPair({ scenario: 'healthy', accounts: [{ name: 'milink', password }] });
});
after(() => pair.close());

interface Daemon {
  readonly running: Running;
  readonly url: string;
  readonly folder: string;
  /** The page's lines that begin with a text. */
  readonly lines: (start: string) => Promise<string[]>;
  readonly configure: (text: string) => Promise<void>;
}

const authentication = 'authentication: { type: sql_login, username: milink, password_file: password }';

/** One line of the file for an end of the pair. */
function server(name: string, { host, port }: Pair['sqlServer'], more = ''): string {
  return `  - { name: ${name}, host: ${host}, port: ${port}, ${authentication}, tls: { ca_file: ca.pem, server_name: localhost }${more} }\n`;
}

async function startDaemon(
  t: TestContext,
  text: string,
  flags: readonly string[] = [],
  { authority = pair.certificateAuthority } = {},
): Promise<Daemon> {
  const folder = await temporaryFolder(t);
  const configure = (content: string): Promise<void> => writeFile(join(folder, 'milink.yaml'), content);
  await writeFile(join(folder, 'password'), password);
  await writeFile(join(folder, 'ca.pem'), authority);
  await configure(text);
  const running = start(['--web.listen-address=127.0.0.1:0', ...flags], { cwd: folder });
  t.after(async () => {
    running.process.kill();
    const { out, error } = await running.finished;
    assert.ok(!`${out}${error}`.includes(password));
  });
  const [, port] = await running.seen(/address=127\.0\.0\.1:(\d+)/);
  const url = `http://127.0.0.1:${port}`;
  const lines: Daemon['lines'] = async (begin) =>
    (await (await fetch(`${url}/metrics`)).text()).split('\n').filter((line) => line.startsWith(begin));
  return { running, url, folder, lines, configure };
}

/** Looks until it is so; the test's time limit ends it otherwise. */
async function until(is: () => Promise<boolean>): Promise<void> {
  while (!(await is())) await nextTurn();
}

const both = (interval: string): string =>
  `poll_interval: ${interval}\nservers:\n${server('sql', pair.sqlServer)}${server('mi', pair.managedInstance)}`;

test('SIGHUP and POST put a good file in force and keep the connections; a bad file changes nothing', async (t) => {
  const { running, url, lines, configure } = await startDaemon(t, both('1h'));
  const isUp = async (): Promise<boolean> =>
    (await lines('milink_up')).filter((line) => line.endsWith(' 1')).length === 2;
  await until(isUp);
  const logins = ['milink_logins_total{server="sql"} 1', 'milink_logins_total{server="mi"} 1'];

  await configure(`${both('1s')}links:\n  - { link: DAG_Gone, managed_instance: mi, servers: [sql, mi] }\n`);
  running.process.kill('SIGHUP');
  await running.seen(/links=1 msg="configuration reloaded"/);
  await until(async () => (await lines('milink_polls_total{server="sql"}')).join().endsWith(' 3'));
  assert.deepEqual(await lines('milink_logins_total'), logins);
  assert.equal(
    (await lines('milink_link_verdict{link="DAG_Gone",managed_instance="mi",verdict="missing"} 1')).length,
    1,
  );

  await configure(`${both('1s')}link: []\nservers: []\n`);
  const refused = await fetch(`${url}/-/reload`, { method: 'POST' });
  assert.equal(refused.status, 500);
  assert.match(await refused.text(), /^configuration not reloaded.*\nmilink\.yaml:\d+: .*twice/);
  await running.seen(/level=error .*msg="configuration problem"/);
  assert.deepEqual(await lines('milink_exporter_config_last_reload_successful'), [
    'milink_exporter_config_last_reload_successful 0',
  ]);
  assert.deepEqual(await lines('milink_logins_total'), logins);
  assert.ok(await isUp());

  await configure(`poll_interval: 1h\nservers:\n${server('sql', pair.sqlServer)}`);
  assert.equal((await fetch(`${url}/-/reload`, { method: 'PUT' })).status, 200);
  assert.deepEqual(
    (await lines('milink_')).filter((line) => line.includes('server="mi"')),
    [],
  );
  assert.deepEqual(await lines('milink_logins_total'), [logins[0]]);
  assert.deepEqual(await lines('milink_exporter_config_last_reload_successful'), [
    'milink_exporter_config_last_reload_successful 1',
  ]);
  const shown = await (await fetch(`${url}/config`)).text();
  assert.match(shown, /^poll_interval: 1h\n.*password_file: password\n/s);
  assert.ok(!shown.includes(password));
});

test('a server that a reload changes is logged in to anew, and one that it adds is polled', async (t) => {
  const { url, lines, configure } = await startDaemon(
    t,
    `poll_interval: 1h\nservers:\n${server('sql', pair.sqlServer)}`,
  );
  await until(async () => (await lines('milink_up')).length === 1);
  const more = ', error_log: { enabled: true }';
  await configure(
    `poll_interval: 1h\nservers:\n${server('mi', pair.managedInstance)}${server('sql', pair.sqlServer, more)}`,
  );
  assert.equal((await fetch(`${url}/-/reload`, { method: 'POST' })).status, 200);
  // Still there: it is the same server, whatever way it is read.
  assert.deepEqual(await lines('milink_up{server="sql"}'), ['milink_up{server="sql"} 1']);
  await until(
    async () =>
      (await lines('milink_polls_total')).join() ===
      'milink_polls_total{server="mi"} 1,milink_polls_total{server="sql"} 2',
  );
  assert.deepEqual(await lines('milink_logins_total'), [
    'milink_logins_total{server="mi"} 1',
    'milink_logins_total{server="sql"} 2',
  ]);
});

test('an untrusted server is asked again at once when the file of its authority was replaced', async (t) => {
  const { url, lines, folder } = await startDaemon(
    t,
    `poll_interval: 1h\nservers:\n${server('sql', pair.sqlServer)}`,
    [],
    {
      authority: (await createCertificate({ commonName: 'somebody else', altNames: ['localhost'] })).cert,
    },
  );
  await until(async () => (await lines('milink_poll_failed{server="sql",reason="tls"} 1')).length === 1);
  await writeFile(join(folder, 'ca.pem'), pair.certificateAuthority);
  assert.equal((await fetch(`${url}/-/reload`, { method: 'POST' })).status, 200);
  await until(async () => (await lines('milink_up')).join() === 'milink_up{server="sql"} 1');
});

test('with --config.enable-auto-reload a changed file is in force by itself', async (t) => {
  const flags = ['--config.enable-auto-reload', '--config.auto-reload-interval=1s'];
  const { running, lines, configure } = await startDaemon(t, both('1h'), flags);
  await configure('servers: none\n');
  await running.seen(/configuration not reloaded/);
  await configure(`poll_interval: 1h\nservers:\n${server('sql', pair.sqlServer)}`);
  await running.seen(/removed=1 .*msg="configuration reloaded"/);
  assert.deepEqual(await lines('milink_polls_total{server="mi"}'), []);
});
