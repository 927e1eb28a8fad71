import { X509Certificate } from 'node:crypto';
import type { AzureCertificate } from '../../model/azure/certificate.ts';
import { type Fields, fieldsIn, isFields, textIn } from './fields.ts';
import type { Parsed } from './parsed.ts';

/** More hexadecimal digits than this are no certificate: those of links have some 2,000. */
const maximumHexCharacters = 65_536;

/** Neither list says when a certificate ends: only the certificate itself does (`publicBlob`, hexadecimal DER). */
export function parseCertificate(item: Fields): Parsed<AzureCertificate> {
  const properties = fieldsIn(item, 'properties');
  const name = textIn(properties, 'certificateName') ?? textIn(item, 'name');
  if (name === null) return { value: null, oddity: 'a certificate without a name' };
  const certificate = certificateOf(properties);
  const given = textIn(properties, 'thumbprint')?.replace(/^0x/i, '').toUpperCase() ?? null;
  return {
    value: {
      name,
      thumbprint: certificate === null ? given : certificate.fingerprint.replaceAll(':', ''),
      subject: certificate?.subject.replaceAll('\n', ', ') ?? null,
      issuer: certificate?.issuer.replaceAll('\n', ', ') ?? null,
      // Node.js 24.9 and later.
      signatureAlgorithm: certificate?.signatureAlgorithm ?? null,
      startTimestampSeconds: secondsOf(certificate?.validFromDate),
      expiryTimestampSeconds: secondsOf(certificate?.validToDate),
    },
    oddity: certificate === null ? `certificate ${JSON.stringify(name)} can't be parsed` : null,
  };
}

function certificateOf(properties: Fields): X509Certificate | null {
  const blob = isFields(properties) && Object.hasOwn(properties, 'publicBlob') ? properties.publicBlob : null;
  if (typeof blob !== 'string' || blob.length > maximumHexCharacters) return null;
  const hex = blob.trim().replace(/^0x/i, '');
  if (!/^(?:[0-9a-f]{2})+$/i.test(hex)) return null;
  try {
    return new X509Certificate(Buffer.from(hex, 'hex'));
  } catch {
    return null;
  }
}

function secondsOf(date: Date | undefined): number | null {
  const seconds = (date?.getTime() ?? Number.NaN) / 1000;
  return Number.isFinite(seconds) ? seconds : null;
}
