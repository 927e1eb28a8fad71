import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { AzureCloud } from '../../src/config/authentication/authentication.ts';
import type { ConfigWarning } from '../../src/config/config.ts';
import { loadConfig } from '../../src/config/load.ts';
import { plain, verified } from './plain-config.ts';

const fixtures = fileURLToPath(new URL('../fixtures/config/', import.meta.url));
const env = {
  MI_PASSWORD: 'from-env',
  // As the webhook of Azure Workload Identity sets them.
  AZURE_TENANT_ID: 'webhook.example',
  AZURE_CLIENT_ID: '66666666-7777-8888-9999-000000000000',
  AZURE_FEDERATED_TOKEN_FILE: join(fixtures, 'secrets', 'sql-prod'),
  AZURE_AUTHORITY_HOST: 'https://login.microsoftonline.us/',
};

const defaults = { pollIntervalSeconds: 15, pollTimeoutSeconds: 10, views: {}, links: [] };
const tenantId = '11111111-2222-3333-4444-555555555555';
const clientId = '66666666-7777-8888-9999-000000000000';
const publicCloud = cloud('https://login.microsoftonline.com', 'https://database.windows.net');

function cloud(authorityHost: string, audience: string): AzureCloud {
  return { authorityHost, scope: `${audience}/.default`, isPublicAuthority: true };
}

function managedInstance(name: string, login: object): object {
  return { name, host: `${name}.0123abcd.database.windows.net`, port: 1433, login, tls: verified };
}

const goodFiles: readonly { file: string; config: unknown; warnings?: readonly ConfigWarning[] }[] = [
  {
    file: 'windows.yaml',
    config: {
      ...defaults,
      servers: [
        {
          name: 'sql-prod',
          host: 'sql01.corp.example',
          port: null,
          instance: 'PROD',
          login: { type: 'windows', domain: 'CORP', username: 'svc-milink', password: 'fixture-sql' },
          tls: verified,
        },
        {
          name: 'listener',
          host: 'ag-listener.corp.example',
          port: 1433,
          multiSubnetFailover: true,
          login: { type: 'windows', domain: 'corp.example', username: 'svc-milink', password: 'from-env' },
          tls: verified,
        },
      ],
    },
  },
  {
    file: 'managed-identity.yaml',
    config: {
      ...defaults,
      servers: [
        managedInstance('mi-prod', { type: 'managed_identity', clientId: null, cloud: publicCloud }),
        {
          ...managedInstance('mi-public', {
            type: 'managed_identity',
            clientId,
            cloud: cloud('https://login.microsoftonline.us', 'https://database.usgovcloudapi.net'),
          }),
          host: 'mi-prod.public.0123abcd.database.windows.net',
        },
      ],
    },
    warnings: [
      {
        path: 'servers[1].port',
        message: 'the public endpoint of a managed instance listens on port 3342, not on 1433',
      },
    ],
  },
  {
    file: 'service-principal.yaml',
    config: {
      ...defaults,
      servers: [
        managedInstance('mi-prod', {
          type: 'service_principal',
          tenantId,
          clientId,
          proof: { kind: 'secret', secret: 'fixture-mi' },
          cloud: publicCloud,
        }),
        {
          ...managedInstance('mi-china', {
            type: 'service_principal',
            tenantId: 'contoso.partner.onmschina.cn',
            clientId,
            proof: { kind: 'secret', secret: 'from-env' },
            cloud: cloud('https://login.chinacloudapi.cn', 'https://database.chinacloudapi.cn'),
          }),
          host: 'mi-china.0123abcd.database.chinacloudapi.cn',
        },
      ],
    },
  },
  {
    file: 'workload-identity.yaml',
    config: {
      ...defaults,
      servers: [
        managedInstance('mi-prod', {
          type: 'workload_identity',
          tenantId: 'webhook.example',
          clientId,
          tokenFile: join(fixtures, 'secrets', 'sql-prod'),
          cloud: cloud('https://login.microsoftonline.us', 'https://database.usgovcloudapi.net'),
        }),
        managedInstance('mi-other', {
          type: 'workload_identity',
          tenantId,
          clientId,
          tokenFile: join(fixtures, 'secrets', 'mi-prod'),
          cloud: publicCloud,
        }),
      ],
    },
  },
  {
    file: 'azure-default.yaml',
    config: {
      ...defaults,
      servers: [
        managedInstance('mi-prod', {
          type: 'azure_default',
          clientId,
          cloud: cloud('https://login.microsoftonline.us', 'https://database.usgovcloudapi.net'),
        }),
        {
          ...managedInstance('mi-local', {
            type: 'azure_default',
            clientId: null,
            cloud: {
              ...cloud('https://login.azure-stack.example', 'https://database.azure-stack.example'),
              isPublicAuthority: false,
            },
          }),
          host: 'mi-local.azure-stack.example',
        },
      ],
    },
  },
];

for (const { file, config, warnings = [] } of goodFiles) {
  test(`good file: ${file}`, async () => {
    const loaded = await loadConfig(join(fixtures, 'good', 'authentication', file), { env });
    assert.deepEqual(await plain(loaded.config), config);
    assert.deepEqual(loaded.warnings, warnings);
  });
}

test('the table has every good file', async () => {
  const files = await readdir(join(fixtures, 'good', 'authentication'));
  assert.deepEqual(goodFiles.map(({ file }) => file).toSorted(), files.toSorted());
});
