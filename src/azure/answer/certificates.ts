import { createHash, X509Certificate } from 'node:crypto';
import type { AzureCertificate, CertificateBlob } from '../../model/azure/instance.ts';
import { type Fields, fieldsIn, type Parsed, textIn, valueIn } from './fields.ts';

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

/**
 * What bytes are by their outermost form, for a certificate that this program's OpenSSL refuses. SQL Server and Windows are
 * less strict: they make and take serial numbers that are negative or not in the shortest form, and dates that OpenSSL does
 * not read. Such a certificate is one all the same.
 */
type DerForm =
  /** SEQUENCE of SEQUENCE, SEQUENCE and BIT STRING, with its last byte (RFC 5280, 4.1). */
  | 'certificate'
  /** It begins so, and its last bytes are missing. */
  | 'cut_off'
  /** Anything else: a bare public key is a SEQUENCE of SEQUENCE and BIT STRING. */
  | 'other';

const sequence = 0x30;
const bitString = 0x03;

function derFormOf(bytes: Uint8Array): DerForm {
  const outer = elementAt(bytes, 0);
  if (outer?.tag !== sequence) return 'other';
  if (outer.end > bytes.length) return tagsIn(bytes, outer)[0] === sequence ? 'cut_off' : 'other';
  const tags = tagsIn(bytes, outer);
  const isCertificate = tags.length === 3 && tags[0] === sequence && tags[1] === sequence && tags[2] === bitString;
  return isCertificate && outer.end === bytes.length ? 'certificate' : 'other';
}

interface Element {
  readonly tag: number;
  readonly start: number;
  readonly end: number;
}

/** Null where there is none, or its length has no definite form of up to four bytes. */
function elementAt(bytes: Uint8Array, at: number): Element | null {
  const [tag, first] = [bytes[at], bytes[at + 1]];
  if (tag === undefined || first === undefined) return null;
  if (first < 0x80) return { tag, start: at + 2, end: at + 2 + first };
  const count = first - 0x80;
  const digits = bytes.subarray(at + 2, at + 2 + count);
  if (count === 0 || count > 4 || digits.length < count) return null;
  const length = digits.reduce((sum, digit) => sum * 256 + digit, 0);
  return { tag, start: at + 2 + count, end: at + 2 + count + length };
}

/** The first four at most, so that odd bytes cost no more than a certificate. */
function tagsIn(bytes: Uint8Array, outer: Element): readonly number[] {
  const tags: number[] = [];
  let at = outer.start;
  while (at < Math.min(outer.end, bytes.length) && tags.length < 4) {
    const element = elementAt(bytes, at);
    if (element === null) break;
    tags.push(element.tag);
    at = element.end;
  }
  return tags;
}
