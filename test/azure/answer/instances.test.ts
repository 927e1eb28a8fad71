import assert from 'node:assert/strict';
import { createHash, X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import { parseCertificate } from '../../../src/azure/answer/certificates.ts';
import { parseInstance, parseOperation } from '../../../src/azure/answer/instances.ts';
import { missingAction, parseErrorBody } from '../../../src/azure/failure.ts';
import { parseFailoverGroup } from '../../../src/azure/read-failover-groups.ts';
import { isReady, isUnderWay } from '../../../src/model/azure/instance.ts';
import { fixture } from './fixture.ts';

type Item = Readonly<Record<string, unknown>>;

const itemsOf = (name: string): readonly Item[] => fixture(name).value as readonly Item[];

for (const [name, state, ready, format] of [
  ['instance-creating', 'Creating', false, null],
  ['instance-ready', 'Ready', true, null],
  ['instance-newest-keys', 'Ready', true, 'SQLServer2022'],
] as const) {
  test(`${name} is ${state}`, () => {
    const { value } = parseInstance(fixture(name));
    assert.deepEqual(value && { ...value, provisioningState: null }, {
      name: 'mi-prod',
      resourceGroup: 'rg-orders',
      state,
      provisioningState: null,
      domainName: 'mi-prod.89abcdef0123.database.windows.net',
      databaseFormat: format,
      tier: 'GeneralPurpose',
      vCores: 4,
      storageSizeBytes: 256 * 1024 ** 3,
      location: 'westcentralus',
      hasPublicEndpoint: false,
      isNextGeneration: null,
    });
    assert.equal(value && isReady(value), ready);
  });
}

test('an instance of which hardly anything is said is that much', () => {
  const { value } = parseInstance({ name: 'MI-Prod', id: '/subscriptions/x/RESOURCEGROUPS/rg/providers' });
  assert.deepEqual(
    [value?.name, value?.resourceGroup, value?.state, value && isReady(value)],
    ['mi-prod', 'rg', null, null],
  );
  assert.equal(parseInstance({ properties: {} }).value, null);
});

test('failover groups name their instances in lower case, whatever shape the rest has', () => {
  const id = (name: string) => `/subscriptions/x/resourceGroups/rg/providers/Microsoft.Sql/managedInstances/${name}`;
  const pair = { primaryManagedInstanceId: id('MI-Prod'), partnerManagedInstanceId: id('mi-other') };
  const named = (managedInstancePairs: unknown) =>
    parseFailoverGroup({ name: 'fg', properties: { managedInstancePairs } });
  assert.deepEqual(named([pair]).value?.instances, ['mi-prod', 'mi-other']);
  assert.deepEqual(named([{ partnerManagedInstanceId: id('mi-prod') }, null, 7]).value?.instances, ['mi-prod']);
  for (const odd of [undefined, null, [], {}, 'x', [{ primaryManagedInstanceId: '' }]]) {
    assert.deepEqual(named(odd).value?.instances, []);
    assert.match(named(odd).oddity ?? '', /names no instance/);
  }
  assert.equal(parseFailoverGroup({ properties: {} }).value, null);
});

test('truth is also taken from a text', () => {
  const publicOf = (publicDataEndpointEnabled: unknown) =>
    parseInstance({ name: 'a', properties: { publicDataEndpointEnabled } }).value?.hasPublicEndpoint;
  assert.deepEqual([true, 'True', false, ' false ', 1, 'yes', null, {}].map(publicOf), [
    true,
    true,
    false,
    false,
    null,
    null,
    null,
    null,
  ]);
});

test('operations tell what goes on and how far it is', () => {
  const [running, failed] = itemsOf('operations').map((item) => parseOperation(item).value);
  assert.deepEqual(running, {
    operation: 'UpsertManagedServer',
    friendlyName: 'UPDATE MANAGED SERVER',
    state: 'InProgress',
    progress: 0.5,
    startTimestampSeconds: Date.parse('2019-12-06T11:08:44.49Z') / 1000,
    estimatedCompletionTimestampSeconds: null,
    step: 'New SQL Instance Startup',
  });
  assert.deepEqual([running && isUnderWay(running), failed && isUnderWay(failed), failed?.step], [true, false, null]);
});

test('certificates end when their DER says so, in both lists', () => {
  for (const list of ['server-trust-certificates', 'endpoint-certificates']) {
    for (const item of itemsOf(list)) {
      const blob = String((item.properties as Item).publicBlob);
      const der = Buffer.from(blob, 'hex');
      const { value, oddity } = parseCertificate(item);
      assert.equal(oddity, null);
      assert.equal(value?.thumbprint, createHash('sha1').update(der).digest('hex').toUpperCase());
      assert.equal(value?.expiryTimestampSeconds, Date.parse(new X509Certificate(der).validTo) / 1000);
      const prefixed = { ...item, properties: { ...(item.properties as Item), publicBlob: `0x${blob.toLowerCase()}` } };
      assert.deepEqual(parseCertificate(prefixed).value, value);
    }
  }
});

const derOf = (list: string): Buffer => {
  const blobs = itemsOf(list).map(({ properties }) => String((properties as Item).publicBlob));
  return Buffer.from(blobs[0] ?? '', 'hex');
};
const parsedBlob = (publicBlob: unknown) =>
  parseCertificate({ name: 'c', properties: { publicBlob, thumbprint: '0xab' } });

test('what is no certificate keeps the thumbprint that is told, and is told of', () => {
  const der = derOf('server-trust-certificates').toString('hex');
  const cases: readonly (readonly [unknown, string, RegExp])[] = [
    ...['', '  ', null, 7, {}].map((blob) => [blob, 'none', /comes without publicBlob$/] as const),
    ...['zz', '308', '3082', '3003020101', 'ab'.repeat(40_000)].map(
      (blob) => [blob, 'other', /is no certificate in DER$/] as const,
    ),
    [der.slice(0, 400), 'cut_off', /is cut off$/],
    [publicKeyOf(der), 'other', /is no certificate in DER$/],
  ];
  for (const [blob, form, oddity] of cases) {
    const found = parsedBlob(blob);
    assert.deepEqual([found.value?.blob, found.value?.thumbprint], [form, 'AB'], String(blob).slice(0, 60));
    assert.equal(found.value?.expiryTimestampSeconds, null);
    assert.match(found.oddity ?? '', oddity);
  }
});

function publicKeyOf(der: string): string {
  const { publicKey } = new X509Certificate(Buffer.from(der, 'hex'));
  return publicKey.export({ type: 'spki', format: 'der' }).toString('hex');
}

/** SQL Server and Windows make and take certificates that OpenSSL refuses. */
test('a certificate that can not be read here is not called none', () => {
  const der = derOf('server-trust-certificates');
  const [serial, date] = [der.indexOf(Buffer.from('020102', 'hex')) + 3, der.indexOf(Buffer.from('170d', 'hex')) + 2];
  const changed = (at: number, bytes: string): Buffer => {
    const copy = Buffer.from(der);
    copy.write(bytes, at, 'latin1');
    return copy;
  };
  assert.ok(serial > 3 && date > 2);
  const forms = [
    // Of its serial number: more bytes than it takes, of either sign; negative.
    ...['\x00\x01', '\xff\xff', '\x80\x00'].map((bytes) => changed(serial + 2, bytes)),
    ...['991332', 'abcdef', '000000'].map((bytes) => changed(date, bytes)),
  ].map((bytes) => {
    const { value } = parsedBlob(bytes.toString('hex'));
    assert.equal(value?.thumbprint, createHash('sha1').update(bytes).digest('hex').toUpperCase());
    assert.ok(value?.blob === 'read' || value?.blob === 'unreadable', value?.blob);
    return value.blob;
  });
  assert.ok(forms.includes('unreadable'), forms.join(' '));
});

test('errors say their code and words, and pages of others nothing', () => {
  const errors = fixture('errors') as unknown as readonly { readonly body: unknown }[];
  assert.deepEqual(
    errors.map(({ body }) => parseErrorBody(JSON.stringify(body)).code),
    errors.map(({ body }) => ((body as Item).error as Item).code),
  );
  for (const body of ['', '<html>407 Proxy</html>', '[]', 'null', '"x"', '{"error":7}']) {
    assert.deepEqual(parseErrorBody(body), { code: null, message: null });
  }
  assert.deepEqual(parseErrorBody('{"error":"invalid_token"}'), { code: null, message: 'invalid_token' });
  assert.doesNotMatch(
    JSON.stringify(parseErrorBody('{"error":{"message":"token eyJhbGci.eyJhdWQi.c2ln was bad"}}')),
    /eyJ/,
  );
});

test('the right that is missing is named', () => {
  const message =
    "The client 'x' with object id 'y' does not have authorization to perform action 'Microsoft.Sql/managedInstances/read' over scope '/subscriptions/z' or the scope is invalid.";
  assert.equal(missingAction(message), 'Microsoft.Sql/managedInstances/read');
  assert.equal(missingAction('no'), null);
});
