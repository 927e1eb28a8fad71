import assert from 'node:assert/strict';
import { cp, mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parse, stringify } from 'yaml';
import type { LoadedConfig } from '../../src/config/config.ts';
import { loadConfig } from '../../src/config/load.ts';
import { fc } from '../fuzz/property.ts';
import { plain } from './plain-config.ts';
import { temporaryFolder } from './temporary-folder.ts';

const fixtures = fileURLToPath(new URL('../fixtures/config/', import.meta.url));
const env = {
  MI_PASSWORD: 'from-env',
  // As the webhook of Azure Workload Identity sets them.
  AZURE_TENANT_ID: 'webhook.example',
  AZURE_CLIENT_ID: '66666666-7777-8888-9999-000000000000',
  AZURE_FEDERATED_TOKEN_FILE: join(fixtures, 'secrets', 'sql-prod'),
};

/** Loads a text as a file beside another one, so that its relative paths lead to the same files. */
async function loadBeside(path: string, text: string): Promise<LoadedConfig> {
  const copy = join(dirname(path), `.copy-${process.pid}.yaml`);
  await writeFile(copy, text);
  return loadConfig(copy, { env });
}

test('what is shown can be loaded again and is the same configuration', async (t) => {
  const folder = await temporaryFolder(t);
  await cp(fixtures, folder, { recursive: true });
  const files = (await readdir(join(folder, 'good'), { recursive: true })).filter((name) => name.endsWith('.yaml'));
  assert.ok(files.some((file) => dirname(file) === 'authentication'));
  for (const file of files) {
    const path = join(folder, 'good', file);
    const loaded = await loadConfig(path, { env });
    const again = await loadBeside(path, loaded.text);
    assert.deepEqual(await plain(again.config), await plain(loaded.config), file);
    assert.equal(again.text, loaded.text, file);
  }
});

test('defaults are filled in, aliases followed, comments left out', async (t) => {
  const path = join(await temporaryFolder(t), 'milink.yaml');
  await writeFile(
    path,
    [
      'poll_interval: 5s # often',
      'servers:',
      '  - name: a',
      '    host: a.example',
      '    authentication: &login { type: sql_login, username: milink, password_env: MI_PASSWORD }',
      '    error_log: { enabled: true }',
      '  - { name: b, host: b.example, port: 1444, authentication: *login, tls: { mode: strict } }',
    ].join('\n'),
  );
  const login = { type: 'sql_login', username: 'milink', password_env: 'MI_PASSWORD' };
  assert.deepEqual(parse((await loadConfig(path, { env })).text), {
    poll_interval: '5s',
    poll_timeout: '5s',
    limits: {
      login_bytes: 262_144,
      answer_bytes: 67_108_864,
      row_bytes: 1_048_576,
      rows: 100_000,
      value_length: 65_536,
      links: 200,
      databases: 10_000,
    },
    servers: [
      {
        name: 'a',
        host: 'a.example',
        port: 1433,
        multi_subnet_failover: false,
        authentication: login,
        tls: { mode: 'encrypt', trust_server_certificate: false },
        error_log: { enabled: true, interval: '5m', timeout: '5s' },
      },
      {
        name: 'b',
        host: 'b.example',
        port: 1444,
        multi_subnet_failover: false,
        authentication: login,
        tls: { mode: 'strict', trust_server_certificate: false },
      },
    ],
    links: [],
  });
});

test('a shard shows its own servers and links only', async (t) => {
  const path = join(await temporaryFolder(t), 'milink.yaml');
  const authentication = { type: 'sql_login', username: 'milink', password_env: 'MI_PASSWORD' };
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
  const servers = names.map((name) => ({ name, host: `${name}.example`, authentication }));
  const links = ['a b', 'c d', 'e f', 'g h'].map((ends) => ({
    link: `L_${ends}`,
    managed_instance: 'MI-Prod',
    servers: ends.split(' '),
  }));
  await writeFile(path, stringify({ servers, links }));
  const shards = await Promise.all(
    [0, 1].map(async (ordinal) => parse((await loadConfig(path, { env, shard: { ordinal, total: 2 } })).text)),
  );
  assert.deepEqual(shards.flatMap((shard) => shard.servers.map(({ name }: { name: string }) => name)).sort(), names);
  for (const shard of shards) {
    assert.ok(shard.links.length > 0);
    const own = shard.servers.map(({ name }: { name: string }) => name);
    for (const link of shard.links) assert.ok(link.servers.every((name: string) => own.includes(name)));
  }
});

test('no secret is ever in it, whatever it is and wherever it comes from', async (t) => {
  const folder = await temporaryFolder(t);
  await mkdir(join(folder, 'secrets'));
  const path = join(folder, 'milink.yaml');
  // Nothing that stands in the file by itself.
  const secret = fc.string({ minLength: 6, maxLength: 40, unit: 'grapheme' }).map((text) => `Zq7x${text.trim()}Kw9v`);
  const server = fc.record({ name: fc.uuid(), isFile: fc.boolean(), secret });
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(server, { minLength: 1, maxLength: 4, selector: ({ name }) => name }),
      async (all) => {
        fc.pre(all.every((each) => !/[\0\r\n]/.test(each.secret) && each.secret.isWellFormed()));
        const variables: Record<string, string> = {};
        const servers = [];
        for (const [index, { name, isFile, secret: value }] of all.entries()) {
          variables[`PASSWORD_${index}`] = value;
          await writeFile(join(folder, 'secrets', String(index)), value);
          const place = isFile ? { password_file: `secrets/${index}` } : { password_env: `PASSWORD_${index}` };
          servers.push({
            name,
            host: `h${index}.example`,
            authentication: { type: 'sql_login', username: 'u', ...place },
          });
        }
        await writeFile(path, stringify({ servers }));
        const { text } = await loadConfig(path, { env: variables });
        for (const each of all) assert.ok(!text.includes(each.secret));
        assert.ok(!text.includes('Zq7x') && !text.includes('Kw9v'));
        assert.match(text, /password_(file: secrets\/|env: PASSWORD_)0/);
      },
    ),
    { numRuns: 60 },
  );
});
