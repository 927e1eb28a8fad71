import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { certificateUsage } from '../../src/link/certificate-usage.ts';
import type { Engine } from '../../src/model/server.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { certificate, linkRows, mirroringEndpoint, serverFacts, snapshot } from './server-state.ts';

const miName = 'mi-prod.0123abcd.database.windows.net';
const all = [
  certificate({ certificateId: 1, name: 'Cert_SQL01_endpoint' }),
  certificate({ certificateId: 2, name: miName.toUpperCase(), privateKeyEncryption: 'NA', issuer: 'CN=Root' }),
  certificate({
    certificateId: 3,
    name: 'DigiCert',
    privateKeyEncryption: 'NA',
    issuer: 'CN=Root',
    subject: 'CN=Root',
  }),
  certificate({ certificateId: 4, name: 'TDE' }),
  certificate({ certificateId: 5, name: 'broker', privateKeyEncryption: 'NA', issuer: 'CN=x', subject: 'CN=y' }),
  certificate({
    certificateId: 7,
    name: 'other server',
    privateKeyEncryption: 'NA',
    issuer: 'CN=z',
    subject: 'CN=z',
    principalId: 12,
  }),
  certificate({ certificateId: 6, name: 'nothing', privateKeyEncryption: 'NA', issuer: null, subject: null }),
];

function usages(engine: Engine, views: Partial<Snapshot['views']> = {}): Record<number, string> {
  const { groups, replicas } = linkRows(engine);
  const whole = {
    certificates: all,
    availability_groups: groups,
    availability_replicas: replicas,
    database_mirroring_endpoints: [mirroringEndpoint({ certificateId: 1 })],
    ...views,
  };
  return Object.fromEntries(certificateUsage(snapshot(serverFacts({ engine }), whole)));
}

describe('on a SQL Server', () => {
  const rows: readonly (readonly [string, Partial<Snapshot['views']>, Record<number, string>])[] = [
    [
      'each part of the link has its usage, TDE and Service Broker none',
      {},
      { 1: 'endpoint', 2: 'partner', 3: 'authority' },
    ],
    [
      'an endpoint with Windows authentication binds none',
      { database_mirroring_endpoints: [mirroringEndpoint({ certificateId: 0 })] },
      { 2: 'partner', 3: 'authority' },
    ],
    [
      'endpoints that were not read bind none',
      { database_mirroring_endpoints: null },
      { 2: 'partner', 3: 'authority' },
    ],
    ['without the members no certificate is the partner', { availability_replicas: null }, { 1: 'endpoint' }],
    ['without a distributed group no certificate is the partner', { availability_groups: [] }, { 1: 'endpoint' }],
    [
      'a bound certificate is the endpoint, whatever its name',
      { database_mirroring_endpoints: [mirroringEndpoint({ certificateId: 2 })] },
      { 2: 'endpoint', 3: 'authority' },
    ],
    [
      'a partner that signed itself is still the partner',
      {
        certificates: [
          certificate({ certificateId: 2, name: miName, privateKeyEncryption: 'NA', issuer: 'CN=a', subject: 'CN=a' }),
        ],
      },
      { 2: 'partner' },
    ],
    [
      'a private key of that name is no import',
      { certificates: [certificate({ certificateId: 2, name: miName })] },
      {},
    ],
    ['certificates that were not read', { certificates: null }, {}],
  ];
  for (const [what, views, expected] of rows) test(what, () => assert.deepEqual(usages('sql_server', views), expected));
});

test('on a managed instance only the bound certificate is claimed', () => {
  assert.deepEqual(usages('managed_instance'), { 1: 'endpoint' });
});
