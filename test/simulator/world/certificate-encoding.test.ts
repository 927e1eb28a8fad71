import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import { encodedCertificate } from '../../../src/simulator/world/certificate-encoding.ts';

const dayMilliseconds = 86_400_000;
const startMilliseconds = Date.UTC(2026, 0, 1);

/** One serial number in 512 of those that are drawn begins like these; the rest never met the rule of X.690 8.3.2. */
const serialNumbers = [
  '00'.repeat(16),
  `${'00'.repeat(15)}0a`,
  `007f${'11'.repeat(14)}`,
  `0080${'11'.repeat(14)}`,
  `0000ff${'11'.repeat(13)}`,
  `7f${'11'.repeat(15)}`,
  `80${'11'.repeat(15)}`,
  `ff${'11'.repeat(15)}`,
];

for (const serialNumber of serialNumbers) {
  test(`a certificate with the serial number ${serialNumber} can be read`, () => {
    const { der } = encodedCertificate({
      subject: 'C=US, CN=sql1',
      issuer: 'Root',
      serialNumber,
      startMilliseconds,
      expiryMilliseconds: startMilliseconds + 365 * dayMilliseconds,
    });
    const read = new X509Certificate(Buffer.from(der));
    assert.equal(BigInt(`0x${read.serialNumber}`), BigInt(`0x${serialNumber}`));
    assert.equal(read.subject, 'C=US\nCN=sql1');
    assert.equal(read.validFromDate.getTime(), startMilliseconds);
  });
}
