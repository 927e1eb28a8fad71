import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { assessLinks } from '../../src/link/assessor.ts';
import type { Certificate } from '../../src/model/endpoint.ts';
import { certificate, managedInstance, mirroringEndpoint, sqlServer } from './server-state.ts';

const miName = 'mi-prod.0123abcd.database.windows.net';
const endpoints = { database_mirroring_endpoints: [mirroringEndpoint()] };

const own = certificate({ name: 'Cert_SQL01_endpoint', thumbprint: 'AA', subject: 'CN=SQL01' });
const ownOfInstance = certificate({ name: miName, thumbprint: 'BB', subject: 'CN=mi' });

function imported(row: Certificate, change: Partial<Certificate> = {}): Certificate {
  return { ...row, certificateId: 300, privateKeyEncryption: 'NA', ...change };
}

function linkOf(onServer: readonly Certificate[], onInstance: readonly Certificate[]) {
  const [link] = assessLinks(
    [
      sqlServer({}, { views: { ...endpoints, certificates: onServer } }),
      managedInstance({}, { views: { ...endpoints, certificates: onInstance } }),
    ],
    [],
  );
  assert.ok(link);
  return link;
}

const rows: readonly (readonly [string, readonly Certificate[], readonly Certificate[], Record<string, boolean>])[] = [
  [
    'both ends show both certificates',
    [own, imported(ownOfInstance)],
    [ownOfInstance, imported(own)],
    { managed_instance: true, sql_server: true },
  ],
  [
    'the managed instance has a new certificate that was not imported',
    [own, imported(ownOfInstance, { thumbprint: 'B0' })],
    [ownOfInstance],
    { managed_instance: false },
  ],
  [
    'the new certificate was imported beside the old one, under another name',
    [own, imported(ownOfInstance, { thumbprint: 'B0' }), imported(ownOfInstance, { name: 'new' })],
    [ownOfInstance],
    { managed_instance: true },
  ],
  [
    'the managed instance holds an older certificate of the SQL Server',
    [own],
    [ownOfInstance, imported(own, { thumbprint: 'A0' })],
    { sql_server: false },
  ],
  [
    'the managed instance shows only certificates of others',
    [own],
    [imported(own, { thumbprint: 'A0', subject: 'CN=x' })],
    {},
  ],
  ['the managed instance shows none', [own, imported(ownOfInstance)], [], {}],
  ['the SQL Server has imported none', [own], [ownOfInstance], {}],
  [
    'thumbprints that are NULL',
    [own, imported(ownOfInstance, { thumbprint: null })],
    [{ ...ownOfInstance, thumbprint: null }],
    {},
  ],
  [
    'the certificate of another managed instance',
    [own, imported(ownOfInstance, { name: 'mi-two.x', thumbprint: 'C0' })],
    [ownOfInstance],
    {},
  ],
];

describe('certificates as both ends show them', () => {
  for (const [name, onServer, onInstance, expected] of rows) {
    test(name, () => {
      const { certificateMatches, findings } = linkOf(onServer, onInstance);
      assert.deepEqual(Object.fromEntries(certificateMatches.map(({ owner, isSame }) => [owner, isSame])), expected);
      const differs = findings.some(({ code }) => code === 'certificate_differs');
      assert.equal(differs, Object.values(expected).includes(false));
    });
  }
});

test('a certificate that differs is told, but the link works until it has to connect anew', () => {
  const link = linkOf([own, imported(ownOfInstance, { thumbprint: 'B0' })], [ownOfInstance]);
  assert.equal(link.verdict, 'partially_healthy');

  for (const [thumbprint, isSame] of [
    ['BB', true],
    ['B0', false],
  ] as const) {
    test(`a managed instance whose catalog shows none gives its own by procedure: ${isSame ? 'the' : 'not the'} one imported`, () => {
      const given = {
        subject: `CN=${miName}`,
        issuer: 'CN=authority',
        startTimestampSeconds: 0,
        expiryTimestampSeconds: 4e9,
        thumbprint,
      };
      const [link] = assessLinks(
        [
          sqlServer({}, { views: { ...endpoints, certificates: [own, imported(ownOfInstance)] } }),
          managedInstance({}, { views: { certificates: [], endpoint_certificate: [given] } }),
        ],
        [],
      );
      assert.deepEqual(link?.certificateMatches, [{ owner: 'managed_instance', isSame }]);
    });
  }
});
