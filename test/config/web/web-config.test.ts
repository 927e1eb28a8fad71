import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { inspect } from 'node:util';
import { readSecret } from '../../../src/config/secret/secret.ts';
import { type ConfigProblem, formatProblems } from '../../../src/config/value/problem.ts';
import { readWebConfig, type WebConfigReading } from '../../../src/config/web/load.ts';
import { badFiles, goodFiles, type WebConfigCase } from './cases.ts';
import { hashes, writeCertificateFiles } from './files.ts';

let folder = '';
let pem: { readonly cert: string; readonly key: string };

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'milink-web-config-'));
  pem = await writeCertificateFiles(folder);
});
after(() => rm(folder, { recursive: true }));

let number = 0;

async function write(text: string): Promise<string> {
  number += 1;
  const path = join(folder, `web-${number}.yml`);
  await writeFile(path, text);
  return path;
}

const read = async (text: string): Promise<WebConfigReading> => readWebConfig(await write(text));

/** Without the file and the colon after it. */
function linesOf(problems: readonly ConfigProblem[]): string[] {
  if (problems.length === 0) return [];
  return formatProblems(problems.map((problem) => ({ ...problem, file: '' })))
    .split('\n')
    .map((line) => line.replace(/^(?::|: )/, ''));
}

async function promtoolAccepts(text: string): Promise<boolean> {
  const { status, error } = spawnSync('promtool', ['check', 'web-config', await write(text)]);
  assert.equal(error, undefined);
  return status === 0;
}

describe('what is said of a file, and whether promtool agrees', () => {
  const all: readonly (readonly [string, WebConfigCase, boolean])[] = [
    ...Object.entries(goodFiles).map(([name, each]) => [name, each, true] as const),
    ...Object.entries(badFiles).map(([name, each]) => [name, each, false] as const),
  ];
  for (const [name, { text, problems = [], warnings = [], promtool }, isGood] of all) {
    test(`${isGood ? 'good' : 'bad'}: ${name}`, async () => {
      const reading = await read(text);
      assert.deepEqual([linesOf(reading.problems), linesOf(reading.warnings)], [problems, warnings]);
      assert.equal(reading.config !== null, isGood);
      if (promtool === undefined) assert.equal(await promtoolAccepts(text), isGood);
    });
  }
});

test('a reason why promtool differs is given only where it does', async () => {
  for (const [name, { text, promtool }] of Object.entries({ ...goodFiles, ...badFiles })) {
    if (promtool?.startsWith('promtool 2.42')) assert.equal(await promtoolAccepts(text), false, name);
    else if (promtool !== undefined) assert.equal(await promtoolAccepts(text), true, name);
  }
});

test('the defaults are those of the toolkit', async () => {
  const { config } = await read('tls_server_config: { cert_file: server.crt, key_file: server.key }\n');
  assert.ok(config?.tls);
  const { cert, key, ...rest } = config.tls;
  assert.equal(cert, `${pem.cert.trim()}\n`);
  assert.equal(await readSecret(key), pem.key);
  assert.deepEqual(rest, {
    clientAuth: 'NoClientCert',
    clientCa: null,
    clientAllowedSans: null,
    minVersion: 'TLSv1.2',
    maxVersion: 'TLSv1.3',
    ciphers: [],
    preferServerCiphers: true,
    curves: [],
  });
  assert.deepEqual([config.http2, config.headers, config.users, config.rateLimit], [true, [], new Map(), null]);
});

test('names of Go become those of OpenSSL, in their order', async () => {
  const { config } = await read(goodFiles['suites and curves']?.text ?? '');
  assert.deepEqual(config?.tls?.ciphers, [
    'ECDHE-RSA-AES128-GCM-SHA256',
    'ECDHE-ECDSA-CHACHA20-POLY1305',
    'AES128-SHA',
  ]);
  assert.deepEqual(config?.tls?.curves, ['X25519', 'P-256', 'P-384', 'P-521']);
});

test('headers, users and the rate limit are what the file says', async () => {
  const headers = await read(goodFiles.headers?.text ?? '');
  assert.deepEqual(headers.config?.headers.slice(0, 2), [
    ['Content-Security-Policy', "default-src 'self'"],
    ['X-Frame-Options', 'deny'],
  ]);
  const users = await read(goodFiles.users?.text ?? '');
  assert.deepEqual(
    [...(users.config?.users ?? [])],
    [
      ['alice', hashes.y],
      ['bob@corp.example', hashes.b],
    ],
  );
  const rate = await read(goodFiles['a rate limit']?.text ?? '');
  assert.deepEqual(rate.config?.rateLimit, { intervalSeconds: 1.5, burst: 20 });
});

test('a certificate and its key inline, as YAML writes texts of several lines', async () => {
  const block = (text: string): string => text.trim().replaceAll(/^/gm, '    ');
  const { config, problems } = await read(
    `tls_server_config:\n  cert: |\n${block(pem.cert)}\n  key: |\n${block(pem.key)}\n`,
  );
  assert.deepEqual(problems, []);
  assert.doesNotMatch(inspect(config, { depth: null }) + JSON.stringify(config), /PRIVATE/);
});

test('problems and warnings hold no hash and no text that may be a password', async () => {
  const { problems } = await read(
    `basic_auth_users: { alice: hunter2-password }\ntls_server_config: { cert: hunter2-key, key: hunter2-key }\nhunter2:opensesame\n`,
  );
  assert.ok(problems.length > 0);
  assert.doesNotMatch(formatProblems(problems), /hunter2|opensesame/);
});

test('a file that is not there', async () => {
  const { config, problems } = await readWebConfig(join(folder, 'absent.yml'));
  assert.equal(config, null);
  assert.deepEqual(linesOf(problems), ['the file does not exist']);
});

test('stamps change with each of the files, and only then', async () => {
  const text = 'tls_server_config: { cert_file: server.crt, key_file: server.key }\n';
  const path = await write(text);
  const first = await readWebConfig(path);
  assert.deepEqual([...first.stamps.keys()], [path, join(folder, 'server.crt'), join(folder, 'server.key')]);
  assert.deepEqual((await readWebConfig(path)).stamps, first.stamps);
  await writeFile(join(folder, 'server.crt'), `${pem.cert}\n`);
  assert.notDeepEqual((await readWebConfig(path)).stamps, first.stamps);
});
