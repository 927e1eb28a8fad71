import assert from 'node:assert/strict';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import { createCertificate } from '../../src/simulator/certificate.ts';

test('a certificate is for the names and dates asked for, and its own authority', async () => {
  const notBefore = new Date('2026-01-01T00:00:00Z');
  const notAfter = new Date('2026-02-01T00:00:00Z');
  const altNames = ['sql01.example', '127.0.0.1', '::1'];
  const { key, cert } = await createCertificate({ commonName: 'sql01.example', altNames, notBefore, notAfter });
  const parsed = new X509Certificate(cert);
  assert.equal(parsed.subject, 'CN=sql01.example');
  assert.equal(parsed.subjectAltName, 'DNS:sql01.example, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1');
  assert.deepEqual([parsed.validFromDate, parsed.validToDate], [notBefore, notAfter]);
  assert.ok(parsed.ca && parsed.verify(parsed.publicKey), 'self-signed');
  assert.ok(parsed.checkPrivateKey(createPrivateKey(key)));
});

test('a year from now by default', async () => {
  const parsed = new X509Certificate((await createCertificate({ commonName: 'a', altNames: ['a'] })).cert);
  const days = (parsed.validToDate.getTime() - parsed.validFromDate.getTime()) / 86_400_000;
  assert.equal(days, 365);
});
