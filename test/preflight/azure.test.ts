import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { failureWithoutAnswer } from '../../src/azure/failure.ts';
import type { AzureCertificate } from '../../src/model/azure/instance.ts';
import { azureConditions } from '../../src/preflight/conditions/azure.ts';
import { certificates, endpoints } from '../../src/preflight/questions.ts';
import { named, readyInstance } from '../link/azure-state.ts';
import { evidence, judged, side, sight } from './evidence.ts';

const certificate: AzureCertificate = {
  name: 'sql-prod',
  thumbprint: 'ABCD',
  blob: 'read',
  subject: 'CN=sql-prod',
  issuer: 'CN=sql-prod',
  signatureAlgorithm: 'sha256WithRSAEncryption',
  startTimestampSeconds: 1,
  expiryTimestampSeconds: 2e9,
};
const many = (count: number) => Array.from({ length: count }, (_, index) => ({ name: `DAG_${index}`, properties: {} }));
const operation = {
  ...{ operation: 'UpsertManagedServer', friendlyName: 'UPDATE MANAGED SERVER', state: 'InProgress', progress: 0.5 },
  ...{ startTimestampSeconds: null, estimatedCompletionTimestampSeconds: null, step: null },
};

const cases: readonly (readonly [id: string, azure: ReturnType<typeof sight>, expected: readonly RegExp[]])[] = [
  [
    'azure_instance_ready',
    sight({ instance: readyInstance, operations: [] }),
    [/^passed it is Ready/, /^passed no operation/],
  ],
  [
    'azure_instance_ready',
    sight({ instance: { ...readyInstance, state: 'Stopped' }, operations: [] }),
    [/^failed it is Stopped/, /^passed/],
  ],
  [
    'azure_instance_ready',
    sight({ instance: { ...readyInstance, state: null }, operations: [] }),
    [/^untold Azure gives no state/, /^passed/],
  ],
  [
    'azure_instance_ready',
    sight({ instance: readyInstance, operations: [operation] }),
    [/^passed/, /^failed UPDATE MANAGED SERVER is under way, 50 % done/],
  ],
  [
    'azure_instance_ready',
    sight({ instance: readyInstance, operations: [{ ...operation, state: 'Succeeded' }] }),
    [/^passed/, /^passed/],
  ],
  ['azure_failover_group', sight({}), [/^passed it is in none/]],
  [
    'azure_failover_group',
    sight({}, { value: [{ name: 'fg', instances: ['other', 'mi-prod'] }], failure: null }),
    [/^failed it is in fg/],
  ],
  ['azure_failover_group', sight({}, { value: [{ name: 'fg', instances: ['other'] }], failure: null }), [/^passed/]],
  ['azure_failover_group', sight({}, { value: null, failure: null }), [/^untold Azure does not say in which region/]],
  [
    'azure_failover_group',
    sight({}, { value: null, failure: { ...failureWithoutAnswer('forbidden', 'm'), action: 'a/read' } }),
    [/^untold Azure could not be read: the identity lacks a\/read/],
  ],
  ['azure_link_count', sight({ links: many(99), instance: readyInstance }), [/^passed it has 99 of at most 100/]],
  [
    'azure_link_count',
    sight({ links: many(100), instance: readyInstance }),
    [/^untold it has 100: more than 100 only Next-gen/],
  ],
  [
    'azure_link_count',
    sight({ links: many(100), instance: { ...readyInstance, isNextGeneration: false } }),
    [/^failed it has 100 of at most 100/],
  ],
  [
    'azure_link_count',
    sight({ links: many(100), instance: { ...readyInstance, isNextGeneration: true } }),
    [/^passed it has 100 of at most 500/],
  ],
  [
    'azure_link_count',
    sight({ links: null, failure: failureWithoutAnswer('network', 'no route') }),
    [/^untold Azure could not be read: network: no route/],
  ],
  // Not read yet is no empty list.
  ['azure_link_count', sight({ links: null }), [/^untold Azure has not told it/]],
  ['azure_link_error', sight({ links: null }), [/^untold/]],
  ['azure_signature', sight({}), [/^untold/]],
  ['azure_uploaded_certificates', sight({}), [/^untold/]],
  ['azure_link_error', sight({ links: [named('link-init-error')] }), [/^warning Azure shows DAG_Sales in error/]],
  ['azure_link_error', sight({ links: [named('link-mi-secondary-synchronizing')] }), [/^passed/]],
  ['azure_uploaded_certificates', sight({ trusted: [certificate] }), [/^passed 1 uploaded/]],
  [
    'azure_uploaded_certificates',
    sight({ trusted: [{ ...certificate, blob: 'other' }] }),
    [/^failed sql-prod is no certificate in DER: upload the whole one/],
  ],
  [
    'azure_uploaded_certificates',
    sight({ trusted: [{ ...certificate, blob: 'cut_off' }, certificate] }),
    [/^failed sql-prod is cut off/],
  ],
  // What this program's OpenSSL refuses may be good to SQL Server.
  [
    'azure_uploaded_certificates',
    sight({ trusted: [{ ...certificate, blob: 'unreadable', expiryTimestampSeconds: null }] }),
    [/^untold sql-prod is whole, and can not be read here: .* Compare its thumbprint ABCD/],
  ],
  [
    'azure_uploaded_certificates',
    sight({ trusted: [{ ...certificate, blob: 'none' }] }),
    [/^untold Azure does not give sql-prod itself/],
  ],
  // A date that no calendar holds makes it no less whole.
  [
    'azure_uploaded_certificates',
    sight({ trusted: [{ ...certificate, expiryTimestampSeconds: null }] }),
    [/^passed 1 uploaded/],
  ],
  [
    'azure_signature',
    sight({ trusted: [{ ...certificate, signatureAlgorithm: 'md5WithRSAEncryption' }] }),
    [/^warning sql-prod \(md5With/],
  ],
  [
    'azure_signature',
    sight({ trusted: [{ ...certificate, signatureAlgorithm: null }] }),
    [/^untold what sql-prod is signed with is not known/],
  ],
  ['azure_signature', sight({ trusted: [certificate] }), [/^passed/]],
  [
    'azure_public_endpoint',
    sight({ instance: { ...readyInstance, hasPublicEndpoint: null } }),
    [/^untold Azure does not say/],
  ],
  [
    'azure_public_endpoint',
    sight({ instance: { ...readyInstance, hasPublicEndpoint: true } }),
    [/^passed it has one, of which a link makes no use/],
  ],
];

describe('what Azure says before a link', () => {
  for (const [index, [id, azure, expected]] of cases.entries()) {
    test(`${index} ${id}: ${expected.map(({ source }) => source).join(' ')}`, () => {
      const found = judged(id, evidence({ azure }));
      assert.equal(found.length, expected.length, found.join('\n'));
      for (const [at, pattern] of expected.entries()) assert.match(found[at] ?? '', pattern);
    });
  }

  test('nothing is told of it where Azure is not read, and why not where the instance is not among those read', () => {
    for (const { id } of azureConditions) {
      assert.deepEqual(judged(id, evidence()), []);
      const found = judged(id, evidence({ azure: { kind: 'absent', why: 'none of that name is read' } }));
      assert.ok(found.length > 0 && found.every((each) => each === 'untold none of that name is read.'), id);
    }
  });

  test("SQL Server's certificate is looked for in what was uploaded, the instance's own in what it shows", () => {
    const own = [{ endpoint_id: 1, name: 'e', certificate_id: 7, connection_auth_desc: 'CERTIFICATE' }];
    const rows = (name: string, thumbprint: string) => [
      { certificate_id: 7, name, thumbprint: Buffer.from(thumbprint, 'hex') },
    ];
    const given = (azure: ReturnType<typeof sight>, name = 'sql-prod') =>
      evidence({
        azure,
        sqlServer: side('sql_server', [
          [endpoints, own],
          [certificates, rows(name, 'abcd')],
        ]),
        managedInstance: side('managed_instance', [[certificates, []]], {
          serverName: 'mi-prod.zone.database.windows.net',
        }),
      });
    assert.match(judged('own_certificate_known', given(sight({ trusted: [certificate] })))[0] ?? '', /^passed/);
    const other = { ...certificate, thumbprint: 'FFFF' };
    assert.match(
      judged('own_certificate_known', given(sight({ trusted: [other] })))[0] ?? '',
      /^failed Azure lists no/,
    );
    assert.match(judged('own_certificate_known', given(sight({})))[0] ?? '', /^untold sys\.certificates does not show/);
    const imported = 'mi-prod.zone.database.windows.net';
    assert.match(
      judged('partner_certificate', given(sight({ own: [certificate] }), imported))[0] ?? '',
      /^passed .*present one/,
    );
    assert.match(
      judged('partner_certificate', given(sight({ own: [other] }), imported))[0] ?? '',
      /^failed .*another one now/,
    );
  });
});
