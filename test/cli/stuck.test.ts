import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { Agent, get } from 'node:https';
import { join, resolve } from 'node:path';
import { type TestContext, test } from 'node:test';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import bcrypt from 'bcryptjs';
import { testAuthority } from '../http/certificates.ts';
import { startNameServer } from '../resolve/name-server.ts';
import { type Running, startProgram } from './process.ts';
import { simulatedLinks } from './simulated-links.ts';

const here = import.meta.dirname;
const main = resolve(here, '../../src/main.ts');
const unzip = promisify(gunzip);

/** A comparison takes half a second. */
const slowCost = 13;

const deadNames = Array.from({ length: 20 }, (_, index) => `dead-${index}`);
const deadFolders = Array.from({ length: 4 }, (_, index) => `stuck-${index}`);

/** Beside the simulated pair: servers whose names nobody resolves, and such whose files are on the share. */
const otherServers = (): string =>
  [
    ...deadNames.flatMap((name) => [
      `  - name: ${name}`,
      `    host: ${name}.corp.example`,
      '    authentication: { type: sql_login, username: milink, password_env: MILINK_PASSWORD }',
    ]),
    ...deadFolders.flatMap((name, index) => [
      `  - name: ${name}`,
      '    host: 127.0.0.1',
      `    port: ${index + 1}`,
      `    authentication: { type: sql_login, username: milink, password_file: share/${name}/password }`,
      `    tls: { ca_file: share/${name}/ca.pem }`,
    ]),
    'test_network:',
  ].join('\n');

interface Stuck {
  readonly daemon: Running;
  /** From now on nothing in the folder `share` answers. */
  readonly loseShare: () => Promise<void>;
}

/** The daemon with a name server that is silent, and a folder that can get lost. */
async function startStuck(context: TestContext): Promise<Stuck> {
  const { folder, configFlag } = await simulatedLinks(context);
  const path = configFlag.replace('--config.file=', '');
  const text = await readFile(path, 'utf8');
  const [, authorityFile = ''] = /ca_file: "([^"]+)"/.exec(text) ?? [];
  for (const name of deadFolders) {
    await mkdir(join(folder, 'share', name), { recursive: true });
    await writeFile(join(folder, 'share', name, 'password'), 'hunter2\n');
    await writeFile(join(folder, 'share', name, 'ca.pem'), await readFile(join(folder, authorityFile)));
  }
  await writeFile(
    path,
    text.replace('poll_interval: 5s', 'poll_interval: 1s').replace('test_network:', otherServers()),
  );
  const authority = await testAuthority(join(folder, 'share'));
  await authority.issue('exporter');
  const users = ['alice', 'bob'].map((user) => `${user}: ${bcrypt.hashSync('opensesame', slowCost)}`);
  const tls = 'cert_file: share/exporter.crt, key_file: share/exporter.key';
  await writeFile(
    join(folder, 'web.yml'),
    `tls_server_config: { ${tls} }\nbasic_auth_users: { ${users.join(', ')} }\n`,
  );
  const silent = await startNameServer(() => 'silent');
  context.after(silent.close);
  await writeFile(join(folder, 'resolv.conf'), `nameserver ${silent.address}\n`);
  const lost = join(folder, 'lost');
  const flags = ['--web.listen-address=127.0.0.1:0', '--web.config.file=web.yml', '--config.enable-auto-reload'];
  const command = [process.execPath, main, configFlag, ...flags, '--config.auto-reload-interval=1s'];
  const stuck = ['/usr/bin/python3', join(here, 'stuck.py'), join(folder, 'share/'), lost];
  const [program = '', ...rest] = [...inNamespace(), ...stuck, ...command];
  const daemon = startProgram(program, rest, { cwd: folder, env: { MILINK_PASSWORD: 'hunter2' } });
  context.after(() => daemon.process.kill('SIGKILL'));
  return { daemon, loseShare: () => writeFile(lost, '') };
}

/**
 * Starts a program in a mount namespace of its own, where resolv.conf is the one of this folder. Where the machine allows
 * none, the names are not silent there but unknown to the system's own name server.
 */
function inNamespace(): readonly string[] {
  const unshare = ['unshare', '--map-root-user', '--mount'] as const;
  const [program, ...options] = unshare;
  if (spawnSync(program, [...options, 'true']).status !== 0) return [];
  return [...unshare, 'sh', '-c', 'mount --bind resolv.conf /etc/resolv.conf && exec "$@"', 'sh'];
}

/** The page, compressed on its way, as a user sees it over a connection of its own; or the status of another answer. */
function page(url: string, user: string, password = 'opensesame'): Promise<string> {
  return new Promise((done, fail) => {
    const signal = AbortSignal.timeout(30_000);
    const options = {
      signal,
      auth: `${user}:${password}`,
      headers: { 'accept-encoding': 'gzip' },
      rejectUnauthorized: false,
    };
    get(`${url}/metrics`, { ...options, agent: new Agent() }, async (response) => {
      const body = Buffer.concat(await response.toArray());
      done(response.statusCode === 200 ? (await unzip(body)).toString() : String(response.statusCode));
    }).once('error', fail);
  });
}

function sample(text: string, series: string): number | null {
  const line = text.split('\n').find((each) => each.startsWith(`${series} `));
  return line === undefined ? null : Number(line.slice(series.length + 1));
}

const good = ['sql-prod-01', 'mi-prod'] as const;
const goodPolls = (text: string): readonly (number | null)[] =>
  good.map((server) => sample(text, `milink_polls_total{server="${server}"}`));

/** Pages for the user until one is as wanted. */
async function pageWith(isWanted: (text: string) => boolean, url: string, user: string): Promise<string> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const text = await page(url, user);
    if (isWanted(text)) return text;
    assert.ok(Date.now() < deadline, text);
  }
}

const isThere = (text: string): boolean => good.every((server) => sample(text, `milink_up{server="${server}"}`) === 1);

const isTold = (text: string): boolean => {
  const failed = (server: string, reason: string): boolean =>
    sample(text, `milink_poll_failed{server="${server}",reason="${reason}"}`) === 1;
  return deadNames.every((name) => failed(name, 'dns')) && deadFolders.every((name) => failed(name, 'secret'));
};

test('dead names, a lost share and slow passwords at once keep no server, scrape or end waiting', async (context) => {
  const { daemon, loseShare } = await startStuck(context);
  const [, address] = await daemon.seen(/address=(\S+) msg=listening/);
  const url = `https://${address}`;
  await pageWith(isThere, url, 'alice');
  await loseShare();
  let isOver = false;
  const guessing = (async () => {
    while (!isOver) assert.equal(await page(url, 'alice', 'guess'), '401');
  })();
  const before = goodPolls(await pageWith(isTold, url, 'alice'));
  // All that may hang does now; what is well goes on, also for one that logs in for the first time.
  const isLater = (text: string): boolean =>
    goodPolls(text).every((polls, index) => Number(polls) >= Number(before[index]) + 3);
  const text = await pageWith(isLater, url, 'bob');
  assert.ok(isThere(text), text);
  const failures = text
    .split('\n')
    .filter((line) => /^milink_poll_failures_total\{server="(?:sql-prod-01|mi-prod)"/.test(line));
  assert.deepEqual(
    failures.filter((line) => !line.endsWith(' 0')),
    [],
  );
  isOver = true;
  await guessing;
  daemon.process.kill('SIGTERM');
  const timer = setTimeout(() => daemon.process.kill('SIGKILL'), 30_000);
  context.after(() => clearTimeout(timer));
  assert.equal((await daemon.finished).code, 0);
});
