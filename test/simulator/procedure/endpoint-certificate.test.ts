import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { describe, it } from 'node:test';
import type { Pair } from '../../../src/simulator/pair.ts';
import { type EndName, endNames, otherEnd } from '../../../src/simulator/world/topology.ts';
import { ask, withPair } from '../pair-client.ts';

const call = 'EXEC sp_get_endpoint_certificate @endpoint_type = 4';
/** The certificate that the mirroring endpoint names. */
const ownQuery = `SELECT certificates.* FROM sys.certificates AS certificates
  JOIN sys.database_mirroring_endpoints AS endpoints ON endpoints.certificate_id = certificates.certificate_id`;

async function certificateOf(pair: Pair, end: EndName, sql = call): Promise<X509Certificate> {
  const [row] = await ask(pair, pair[end], sql);
  return new X509Certificate(row?.EndpointCertificatePublicKey as Uint8Array);
}

const hexOf = (value: unknown): string =>
  Buffer.from(value as Uint8Array)
    .toString('hex')
    .toUpperCase();
const thumbprintOf = (certificate: X509Certificate): string => certificate.fingerprint.replaceAll(':', '');

describe('sp_get_endpoint_certificate', () => {
  for (const end of endNames) {
    it(`gives the certificate of ${end} as sys.certificates of both ends has it`, () =>
      withPair({ scenario: 'certificate-expiring' }, async (pair) => {
        const certificate = await certificateOf(pair, end);
        const [own] = await ask(pair, pair[end], ownQuery);
        assert.equal(thumbprintOf(certificate), hexOf(own?.thumbprint));
        assert.equal(Date.parse(certificate.validTo), Number(own?.expiry_date));
        assert.equal(Date.parse(certificate.validFrom), Number(own?.start_date));
        assert.equal(certificate.serialNumber, String(own?.cert_serial_number).replaceAll(' ', '').toUpperCase());
        const partner = await ask(pair, pair[otherEnd(end)], 'SELECT name, thumbprint FROM sys.certificates');
        const imported = partner.find(({ name }) => name === own?.name);
        assert.equal(hexOf(imported?.thumbprint), thumbprintOf(certificate));
      }));
  }

  it('names its subject and issuer, and is signed', () =>
    withPair({}, async (pair) => {
      const own = await certificateOf(pair, 'sqlServer', 'EXEC sys.sp_get_endpoint_certificate 4');
      assert.equal(own.subject, 'CN=Certificate for sql-prod-01');
      assert.ok(own.verify(own.publicKey));
      const managed = await certificateOf(pair, 'managedInstance');
      assert.match(managed.subject, /CN=\*\.0123abcd\.database\.windows\.net$/);
      assert.match(managed.issuer, /CN=Microsoft Azure RSA TLS Issuing CA 03$/);
    }));

  it('differs from what the partner has imported when that is a former one, and tells so in the log', () => {
    const accounts = [{ name: 'milink', password: 'milink-demo', permissions: ['CONTROL SERVER'] }];
    return withPair({ staleImports: ['managedInstance'], accounts }, async (pair) => {
      const own = await certificateOf(pair, 'sqlServer');
      const query = "SELECT thumbprint, expiry_date FROM sys.certificates WHERE name = 'Cert_sql-prod-01_endpoint'";
      const [imported] = await ask(pair, pair.managedInstance, query);
      assert.notEqual(hexOf(imported?.thumbprint), thumbprintOf(own));
      assert.ok(Number(imported?.expiry_date) < Date.parse(own.validTo));
      const refusals = "EXEC sp_readerrorlog 0, 1, N'Connection handshake failed'";
      assert.equal((await ask(pair, pair.managedInstance, refusals)).length, 1);
      assert.equal((await ask(pair, pair.sqlServer, refusals)).length, 0);
    });
  });

  it('has nothing for Service Broker, and knows no other endpoint', () =>
    withPair({}, async (pair) => {
      const ofType = (type: number): Promise<unknown> =>
        ask(pair, pair.sqlServer, `EXEC sp_get_endpoint_certificate ${type}`);
      assert.deepEqual(await ofType(3), []);
      await assert.rejects(ofType(5), { number: 15_600 });
    }));

  it('is refused without the right to see definitions, and may be missing', () =>
    withPair({}, async (pair) => {
      pair.sqlServer.setFaults({ permissions: ['VIEW SERVER STATE'] });
      await assert.rejects(ask(pair, pair.sqlServer, call), { number: 15_247 });
      pair.sqlServer.setFaults({ missing: ['sp_get_endpoint_certificate'] });
      await assert.rejects(ask(pair, pair.sqlServer, call), { number: 2812 });
    }));
});
