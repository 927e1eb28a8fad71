import assert from 'node:assert/strict';
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { ConfigWarning } from '../../src/config/config.ts';
import { loadConfig } from '../../src/config/load.ts';
import { sections } from '../../src/config/schema.ts';
import { readSecret } from '../../src/config/secret/secret.ts';
import { authenticationTypes } from '../../src/config/value/formats.ts';
import { createAuthority } from '../../src/simulator/tls-identity.ts';
import { plain, verified } from './plain-config.ts';
import { temporaryFolder } from './temporary-folder.ts';

const fixtures = fileURLToPath(new URL('../fixtures/config/', import.meta.url));
const example = fileURLToPath(new URL('../../deploy/milink-exporter.example.yaml', import.meta.url));
const env = { MI_PASSWORD: 'from-env' };

const notVerified =
  "the server's certificate is not verified: whoever is in between can read the password and the data";

const goodFiles: readonly { file: string; config: unknown; warnings?: readonly ConfigWarning[] }[] = [
  {
    file: 'readme.yaml',
    config: {
      pollIntervalSeconds: 15,
      pollTimeoutSeconds: 10,
      views: {},
      servers: [
        {
          name: 'sql-prod',
          host: 'sql01.corp.example',
          port: 1433,
          login: 'milink/fixture-sql',
          tls: { ...verified, ca: 'CN=fixture authority' },
        },
        {
          name: 'mi-prod',
          host: 'mi-prod.0123abcd.database.windows.net',
          port: 1433,
          login: 'milink/from-env',
          tls: verified,
        },
      ],
      links: [{ name: 'DAG_Sales', managedInstance: 'mi-prod', servers: [], databases: ['Sales'] }],
    },
  },
  {
    file: 'minimal.yaml',
    config: {
      pollIntervalSeconds: 15,
      pollTimeoutSeconds: 10,
      views: {},
      servers: [{ name: 's', host: '127.0.0.1', port: 1433, login: 'u/from-env', tls: verified }],
      links: [],
    },
  },
  {
    file: 'anchors.yaml',
    config: {
      pollIntervalSeconds: 5,
      pollTimeoutSeconds: 5,
      views: {},
      servers: [
        { name: 'sql-a', host: 'sql.corp.example', port: 14331 },
        { name: 'שרת 🚀 "b"', host: 'fe80::1', port: 1433 },
      ].map((server) => ({
        ...server,
        login: 'milink €/fixture-sql',
        tls: { ...verified, trustServerCertificate: true },
      })),
      links: [],
    },
    warnings: [
      { path: 'servers[0].tls.trust_server_certificate', message: notVerified },
      { path: 'servers[1].tls.trust_server_certificate', message: notVerified },
    ],
  },
  {
    file: 'error-log.yaml',
    config: {
      pollIntervalSeconds: 15,
      pollTimeoutSeconds: 10,
      views: {},
      servers: [
        {
          name: 'sql-prod',
          host: 'sql01.corp.example',
          errorLog: { intervalSeconds: 300, timeoutSeconds: 5 },
        },
        { name: 'sql-lab', host: 'sql02.corp.example', errorLog: { intervalSeconds: 3600, timeoutSeconds: 60 } },
        { name: 'mi-prod', host: 'mi-prod.0123abcd.database.windows.net' },
      ].map((server) => ({ ...server, port: 1433, login: 'milink/fixture-sql', tls: verified })),
      links: [],
    },
  },
  {
    file: 'history.yaml',
    config: {
      pollIntervalSeconds: 15,
      pollTimeoutSeconds: 10,
      views: {},
      servers: [
        { name: 'sql-prod', host: 'sql01.corp.example', port: 1433, login: 'milink/fixture-sql', tls: verified },
      ],
      links: [],
      history: {
        path: '/var/lib/milink-exporter/history',
        sizeLimitBytes: 1_048_576,
        ageLimitSeconds: 8_640_000,
        objectives: { dataLossSeconds: 60, recoverySeconds: 3600 },
      },
    },
  },
  {
    file: 'plain-text-connection.yaml',
    config: {
      pollIntervalSeconds: 90,
      pollTimeoutSeconds: 2.5,
      views: {
        database_replica_states: { intervalSeconds: 600, timeoutSeconds: 90 },
        databases: { intervalSeconds: null, timeoutSeconds: null },
        certificates: { intervalSeconds: 86_400, timeoutSeconds: null },
      },
      servers: [
        {
          name: 'lab',
          host: 'LAB_01.corp.example.',
          port: 1433,
          login: 'sa/fixture-mi',
          tls: { ...verified, mode: 'off' },
        },
      ],
      links: [
        { name: 'DAG One', managedInstance: 'mi-lab', servers: ['lab'], databases: [] },
        { name: 'DAG One', managedInstance: 'mi-lab-2', servers: [], databases: [] },
      ],
    },
    warnings: [
      { path: 'servers[0].tls.mode', message: 'TLS is off: the password and the data are readable on the network' },
      {
        path: 'servers[0].authentication.username',
        message: 'sa has every right: `milink-exporter grants --for=lab` has the script of a login that may only look',
      },
    ],
  },
];

for (const { file, config, warnings = [] } of goodFiles) {
  test(`good file: ${file}`, async () => {
    const loaded = await loadConfig(join(fixtures, 'good', file), { env });
    assert.deepEqual(await plain(loaded.config), config);
    assert.deepEqual(loaded.warnings, warnings);
  });
}

test('the table has every good file', async () => {
  const entries = await readdir(join(fixtures, 'good'), { withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  assert.deepEqual(goodFiles.map(({ file }) => file).toSorted(), files.toSorted());
});

test('a configuration is frozen in all its depth', async () => {
  const loaded = await loadConfig(join(fixtures, 'good', 'readme.yaml'), { env });
  const pending: unknown[] = [loaded];
  let seen = 0;
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    assert.ok(Object.isFrozen(value));
    pending.push(...Object.values(value));
    seen += 1;
  }
  assert.ok(seen > 10);
});

test('ca_file gives its certificates and nothing else of the file', async (t) => {
  const folder = await temporaryFolder(t);
  const certificate = await readFile(join(fixtures, 'ca.pem'), 'utf8');
  const key = certificate.replaceAll('CERTIFICATE', 'PRIVATE KEY');
  await writeFile(join(folder, 'ca.pem'), `Corporate CA\n${key}${certificate}\n# and again\n${certificate}`);
  await writeFile(join(folder, 'password'), 'p');
  const login = 'authentication: { type: sql_login, username: u, password_file: password }';
  await writeFile(join(folder, 'milink.yaml'), `servers: [{ name: s, host: h, ${login}, tls: { ca_file: ca.pem } }]\n`);
  const { config } = await loadConfig(join(folder, 'milink.yaml'), { env: {} });
  assert.equal(config.servers[0]?.tls.ca, certificate + certificate);
});

test('the shipped example loads, and shows every key', async (t) => {
  const folder = await temporaryFolder(t);
  await mkdir(join(folder, 'secrets'));
  await cp(example, join(folder, 'milink.yaml'));
  await cp(join(fixtures, 'ca.pem'), join(folder, 'corporate-ca.pem'));
  const { key, cert } = await (await createAuthority()).issue(['milink']);
  const secrets = {
    'sql-prod-01': 'from-file\n',
    'svc-milink': 'p',
    'network-test': 'p',
    'milink-application': 's',
    'milink-application.pem': cert + key,
    'milink-application.password': 'p',
    'service-account-token': 't',
  };
  for (const [name, text] of Object.entries(secrets)) await writeFile(join(folder, 'secrets', name), text);
  const env = { MILINK_MI_PROD_PASSWORD: 'from-env', MILINK_CLIENT_SECRET: 's' };
  const loaded = await loadConfig(join(folder, 'milink.yaml'), { env });
  assert.deepEqual(loaded.warnings, []);
  const { authentication } = loaded.config.servers[0] ?? {};
  assert.ok(authentication?.type === 'sql_login');
  assert.equal(await readSecret(authentication.password), 'from-file');
  const types = new Set(loaded.config.servers.map((server) => server.authentication.type));
  assert.deepEqual([...types], authenticationTypes);
  const text = await readFile(example, 'utf8');
  // It stands in the place of `exclude`.
  const keys = sections.flatMap((section) => section.keys).filter((key) => key !== 'include');
  assert.deepEqual(
    keys.filter((key) => !new RegExp(`^ *(?:- )?(?:\\{ (?:\\w+: [^,}]+, )*)?${key}:`, 'm').test(text)),
    [],
  );
});
