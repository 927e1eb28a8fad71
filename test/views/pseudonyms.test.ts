import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { createPseudonyms, type KeyedDigest } from '../../src/views/pseudonyms.ts';

const digestWith =
  (key: string): KeyedDigest =>
  (kind, text) =>
    createHmac('sha256', key).update(`${kind} ${text}`).digest();
const made = (value: unknown, column = 'name', type = 'nvarchar', key = 'k'): string =>
  String(createPseudonyms(digestWith(key)).of(value, column, type));

/** What nothing of the result may hold, beside the value: each is a name, an address, or a part of one. */
const hostile: readonly (readonly [value: string, column: string, ...secrets: string[]])[] = [
  ['Sales', 'name', 'sales'],
  ['Contoso Payroll 2026', 'name', 'contoso', 'payroll', '2026'],
  ['O\'Brien & Söhne "GmbH"', 'name', 'brien', 'söhne', 'gmbh', '&'],
  ['★★★', 'name', '★'],
  ['🚀', 'name', '🚀'],
  ['€€', 'name', '€'],
  ['データ', 'name', 'データ'],
  ['a\u202eb\u0000c', 'name', 'a\u202e', 'b'],
  ['1234:5678', 'name', '1234', '5678'],
  ['TCP://sql01.corp.example:5022', 'endpoint_url', 'sql01', 'corp', 'example'],
  ['tcp://mi-prod.0123abcd.database.windows.net:5022;Server=[DAG_1]', 'endpoint_url', 'mi-prod', '0123abcd', 'dag_1'],
  ['TCP://[fe80::1234:5678%eth0]:5022', 'endpoint_url', 'fe80', '1234', '5678', 'eth0'],
  ['TCP://10.20.30.40:5022', 'endpoint_url', '10.20', '30.40'],
  ['F:\\Data\\Contoso\\Sales_log.ldf', 'physical_name', 'contoso', 'sales', '\\data'],
  ['https://contoso.blob.core.windows.net/backups/Sales.bak', 'physical_name', 'contoso', 'sales', 'backups'],
  ['CN=sql01.corp.example, OU=Contoso IT, O=Contoso', 'subject', 'sql01', 'contoso', 'corp'],
  ['CORP\\svc-milink', 'login_name', 'corp', 'milink'],
  ['7A 00 00 12 34', 'cert_serial_number', '7a', '1234'],
  ['MSSQL$PAYROLL:Databases', 'object_name', 'payroll'],
  ['the login CORP\\admin failed for Sales', 'failure_message', 'corp', 'admin', 'sales'],
  ['connection to sql01 failed', 'last_connect_error_description', 'sql01'],
  ['<Sales of Contoso>', 'role_desc', 'contoso'],
  ['0F8FAD5B-D9CB-469F-A165-70867728950E', 'group_id', '0f8fad5b', '70867728950e'],
  ['2026-11-21T10:30 Sales', 'name', 'sales'],
];

for (const [value, column, ...secrets] of hostile) {
  test(`nothing is told of ${JSON.stringify(value)} in ${column}`, () => {
    const text = made(value, column).toLowerCase();
    for (const secret of secrets) assert.ok(!text.includes(secret), `${secret} in ${text}`);
    assert.equal(made(value, column), made(value, column));
  });
}

test('what belongs together still does: names within addresses, names in another case, thumbprints', () => {
  const pseudonyms = createPseudonyms(digestWith('k'));
  const of = (value: unknown, column = 'name'): string => String(pseudonyms.of(value, column, 'nvarchar'));
  assert.ok(of('TCP://SQL01.corp.example:5022').startsWith(`TCP://${of('SQL01')}.`));
  assert.match(of('TCP://SQL01.corp.example:5022'), /:5022$/);
  assert.match(of('mi.0123.database.windows.net'), /^n\w{8}\.n\w{8}\.database\.windows\.net$/);
  const [first, other] = [of('Db'), of('DB')];
  assert.notEqual(first, other);
  assert.equal(first.toLowerCase(), other.toLowerCase());
  const thumbprint = new Uint8Array(20).fill(7);
  assert.equal(of(thumbprint, 'thumbprint'), of(new Uint8Array(20).fill(7), 'thumbprint'));
  assert.notEqual(of(thumbprint, 'thumbprint'), of(new Uint8Array(20).fill(8), 'thumbprint'));
  assert.equal(pseudonyms.of(new Uint8Array(900), 'certificate', 'varbinary'), null);
});

test('another key gives other names, and what is nobody’s stays', () => {
  assert.notEqual(made('Sales'), made('Sales', 'name', 'nvarchar', 'another'));
  for (const [value, column, type] of [
    ['SYNCHRONIZED', 'synchronization_state_desc', 'nvarchar'],
    ['master', 'name', 'nvarchar'],
    ['41000000087800001', 'last_sent_lsn', 'varchar'],
    ['123', 'log_send_rate', 'bigint'],
    ['2026-11-21T08:30:00.123Z', 'create_time', 'datetimeoffset'],
    ['16.0.4175.1', 'product_version', 'nvarchar'],
    ['0.0.0.0', 'ip_address', 'nvarchar'],
  ] as const)
    assert.equal(made(value, column, type), value);
});
