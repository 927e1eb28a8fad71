import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ColumnError } from '../../src/views/column.ts';
import { endpointCertificate } from '../../src/views/endpoint-certificate.ts';
import { fc } from '../fuzz/property.ts';

const encoded = new X509Certificate(readFileSync(new URL('../fixtures/config/ca.pem', import.meta.url))).raw;
const parse = (value: unknown) =>
  endpointCertificate.parse([{ EndpointCertificatePublicKey: value }], { localOffsetSeconds: 7200 });

test('a certificate gives its dates, names and thumbprint, in no zone but UTC', () => {
  const x509 = new X509Certificate(encoded);
  assert.deepEqual(parse(encoded), [
    {
      subject: 'CN=fixture authority',
      issuer: 'CN=fixture authority',
      startTimestampSeconds: Date.parse(x509.validFrom) / 1000,
      expiryTimestampSeconds: Date.parse(x509.validTo) / 1000,
      thumbprint: x509.fingerprint.replaceAll(':', ''),
    },
  ]);
  assert.match(x509.fingerprint, /^([0-9A-F]{2}:){19}[0-9A-F]{2}$/);
});

test('NULL and nothing are no certificate', () => {
  assert.deepEqual(parse(null), []);
  assert.deepEqual(parse(new Uint8Array()), []);
});

test('bytes that are no certificate, or a part of one, are an answer that can not be read', () => {
  for (const bytes of [new Uint8Array([1, 2, 3]), encoded.subarray(0, encoded.length / 2)]) {
    assert.throws(() => parse(bytes), ColumnError);
  }
  assert.throws(() => parse('0x3082'), ColumnError);
});

test('no bytes throw anything else', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1 }), fc.nat(encoded.length - 1), (bytes, at) => {
      try {
        parse(Buffer.concat([encoded.subarray(0, at), bytes, encoded.subarray(at + bytes.length)]));
      } catch (error) {
        assert.ok(error instanceof ColumnError);
      }
    }),
  );
});
