import { createHash, X509Certificate } from 'node:crypto';
import type { AzureCertificate, CertificateBlob } from '../../model/azure/certificate.ts';
import { derFormOf } from './der.ts';
import { type Fields, fieldsIn, textIn, valueIn } from './fields.ts';
import type { Parsed } from './parsed.ts';

/** More hexadecimal digits than this are no certificate: those of links have some 2,000. */
const maximumHexCharacters = 65_536;

/** Neither list says when a certificate ends: only the certificate itself does (`publicBlob`, hexadecimal DER). */
export function parseCertificate(item: Fields): Parsed<AzureCertificate> {
  const properties = fieldsIn(item, 'properties');
  const name = textIn(properties, 'certificateName') ?? textIn(item, 'name');
  if (name === null) return { value: null, oddity: 'a certificate without a name' };
  const given = textIn(properties, 'thumbprint')?.replace(/^0x/i, '').toUpperCase() ?? null;
  const { blob, ...contents } = contentsOf(properties);
  return {
    value: { name, blob, ...contents, thumbprint: contents.thumbprint ?? given },
    oddity: blob === 'read' ? null : `certificate ${JSON.stringify(name)} ${unreadWords[blob]}`,
  };
}

const unreadWords: Readonly<Record<Exclude<CertificateBlob, 'read'>, string>> = {
  unreadable: "can't be read here, and has the form of a certificate",
  cut_off: 'is cut off',
  other: 'is no certificate in DER',
  none: 'comes without publicBlob',
};

type Contents = Omit<AzureCertificate, 'name'>;

const nothing: Omit<Contents, 'blob'> = {
  thumbprint: null,
  subject: null,
  issuer: null,
  signatureAlgorithm: null,
  startTimestampSeconds: null,
  expiryTimestampSeconds: null,
};

function contentsOf(properties: Fields): Contents {
  const blob = valueIn(properties, 'publicBlob');
  if (typeof blob !== 'string' || blob.trim() === '') return { ...nothing, blob: 'none' };
  const hex = blob.length > maximumHexCharacters ? '' : blob.trim().replace(/^0x/i, '');
  if (!/^(?:[0-9a-f]{2})+$/i.test(hex)) return { ...nothing, blob: 'other' };
  const bytes = Buffer.from(hex, 'hex');
  try {
    return { ...contentsOfCertificate(new X509Certificate(bytes)), blob: 'read' };
  } catch {
    const form = derFormOf(bytes);
    if (form !== 'certificate') return { ...nothing, blob: form };
    // A thumbprint is that of the bytes, whatever they say.
    const thumbprint = createHash('sha1').update(bytes).digest('hex').toUpperCase();
    return { ...nothing, blob: 'unreadable', thumbprint };
  }
}

/** Throws what OpenSSL throws: some of a certificate it reads only when it is asked for. */
function contentsOfCertificate(certificate: X509Certificate): Omit<Contents, 'blob'> {
  const { fingerprint, subject, issuer, signatureAlgorithm, validFromDate, validToDate } = certificate;
  return {
    thumbprint: fingerprint.replaceAll(':', ''),
    subject: subject?.replaceAll('\n', ', ') ?? null,
    issuer: issuer?.replaceAll('\n', ', ') ?? null,
    // Node.js 24.9 and later.
    signatureAlgorithm: signatureAlgorithm ?? null,
    startTimestampSeconds: secondsOf(validFromDate),
    expiryTimestampSeconds: secondsOf(validToDate),
  };
}

function secondsOf(date: Date | undefined): number | null {
  const seconds = (date?.getTime() ?? Number.NaN) / 1000;
  return Number.isFinite(seconds) ? seconds : null;
}
