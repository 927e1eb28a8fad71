import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { AzureConfig } from '../../src/config/azure/azure.ts';
import type { LoadedConfig } from '../../src/config/config.ts';
import { loadConfig } from '../../src/config/load.ts';
import { isOwnInstance, shardOf } from '../../src/config/shard/shard.ts';
import { fc } from '../fuzz/property.ts';
import { temporaryFolder } from './temporary-folder.ts';

const id = '11111111-2222-4333-8444-555555555555';
const subscriptions = `  subscriptions: [{ id: ${id.toUpperCase()} }]`;

async function load(t: Parameters<typeof temporaryFolder>[0], lines: readonly string[]): Promise<LoadedConfig> {
  const path = join(await temporaryFolder(t), 'milink.yaml');
  await writeFile(path, lines.join('\n'));
  return loadConfig(path, { env: {} });
}

function azureOf({ config }: LoadedConfig): AzureConfig {
  assert.ok(config.azure);
  return config.azure;
}

test('azure alone is a configuration, with these defaults', async (t) => {
  const loaded = await load(t, ['azure:', '  authentication: { type: managed_identity }', subscriptions]);
  assert.deepEqual(loaded.config.servers, []);
  assert.deepEqual(azureOf(loaded), {
    authentication: {
      type: 'managed_identity',
      clientId: null,
      cloud: {
        authorityHost: 'https://login.microsoftonline.com',
        scope: 'https://management.azure.com/.default',
        isPublicAuthority: true,
      },
    },
    resourceManager: 'https://management.azure.com',
    apiVersion: '2025-01-01',
    ca: null,
    timeoutSeconds: 30,
    intervals: { linksSeconds: 60, instancesSeconds: 300, certificatesSeconds: 3600 },
    subscriptions: [{ id, name: id, managedInstances: null }],
  });
});

const clouds = [
  ['us_government', 'https://login.microsoftonline.us', 'https://management.usgovcloudapi.net'],
  ['china', 'https://login.chinacloudapi.cn', 'https://management.chinacloudapi.cn'],
] as const;

for (const [cloud, authorityHost, resourceManager] of clouds) {
  for (const [where, lines] of [
    ['of the section', [`  cloud: ${cloud}`, '  authentication: { type: managed_identity }']],
    ['of the identity', [`  cloud: ${cloud}`, `  authentication: { type: managed_identity, cloud: ${cloud} }`]],
  ] as const) {
    test(`cloud ${cloud} ${where} has its own token and host`, async (t) => {
      const azure = azureOf(await load(t, ['azure:', ...lines, subscriptions]));
      assert.equal(azure.resourceManager, resourceManager);
      assert.equal(azure.authentication.cloud.authorityHost, authorityHost);
      assert.equal(azure.authentication.cloud.scope, `${resourceManager}/.default`);
    });
  }
}

test('another host keeps the audience that is given, and nothing after its name', async (t) => {
  const azure = azureOf(
    await load(t, [
      'azure:',
      '  authentication: { type: managed_identity, audience: https://arm.local.example/ }',
      '  resource_manager: https://ARM.local.example:8443/',
      subscriptions,
    ]),
  );
  assert.equal(azure.resourceManager, 'https://arm.local.example:8443');
  assert.equal(azure.authentication.cloud.scope, 'https://arm.local.example/.default');
});

test('what is in force can be loaded again, and is the same then', async (t) => {
  const lines = [
    'azure:',
    '  authentication: { type: managed_identity }',
    '  intervals: { links: 30s }',
    '  subscriptions:',
    `    - id: ${id}`,
    '      managed_instances: [{ resource_group: rg-sales, name: MI-Prod }]',
  ];
  const first = await load(t, lines);
  assert.deepEqual(azureOf(first).subscriptions, [
    { id, name: id, managedInstances: [{ resourceGroup: 'rg-sales', name: 'mi-prod' }] },
  ]);
  const again = await load(t, first.text.split('\n'));
  assert.deepEqual(again.config, first.config);
});

test('each instance is read by one shard, and by the one of its servers', async (t) => {
  const server = (name: string): string =>
    `  - { name: ${name}, host: ${name}.example, authentication: { type: managed_identity } }`;
  const { config } = await load(t, [
    'servers:',
    ...['sql-a', 'sql-b', 'mi-c'].map(server),
    'azure:',
    '  authentication: { type: managed_identity }',
    subscriptions,
    'links:',
    '  - { link: A, managed_instance: mi-a, servers: [sql-a] }',
    '  - { link: B, managed_instance: mi-b, servers: [sql-b] }',
  ]);
  const nothing = { report: assert.fail, warn: () => undefined };
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), fc.stringMatching(/^mi-[a-z]{1,4}$/), (total, name) => {
      const shards = Array.from({ length: total }, (_, ordinal) => shardOf(config, { ordinal, total }, nothing));
      assert.equal(shards.filter(({ azure }) => isOwnInstance(azure?.share, name)).length, 1);
      for (const [instance, home] of [
        ['mi-a', 'sql-a'],
        ['mi-b', 'sql-b'],
        ['mi-c', 'mi-c'],
      ] as const) {
        const reading = shards.find(({ azure }) => isOwnInstance(azure?.share, instance));
        assert.ok(reading?.servers.some((each) => each.name === home));
      }
    }),
  );
});
