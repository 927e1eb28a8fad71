import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { seededBytes } from './guid.ts';

/** What an encoded certificate says. Subject and issuer are `C=US, CN=name`, or a text that becomes the common name. */
export interface EncodedFacts {
  readonly subject: string;
  readonly issuer: string;
  /** Hex. */
  readonly serialNumber: string;
  readonly startMilliseconds: number;
  readonly expiryMilliseconds: number;
}

interface Encoded {
  readonly der: Uint8Array;
  readonly thumbprint: Uint8Array;
}

/** Each of a pair's certificates is asked for again and again; a few pairs at a time are all that a process runs. */
const cacheLimit = 500;
const cache = new Map<string, Encoded>();

/**
 * A real X.509 certificate (RFC 5280 4.1), DER, and its SHA-1, which is what sys.certificates.thumbprint holds. Its key is
 * Ed25519 (RFC 8410), not RSA as on a server: from a seed it always comes out the same, signature included, and at once.
 */
export function encodedCertificate(facts: EncodedFacts): Encoded {
  const key = JSON.stringify(facts);
  const found = cache.get(key);
  if (found !== undefined) return found;
  if (cache.size >= cacheLimit) cache.clear();
  const der = encode(facts);
  const made = { der, thumbprint: new Uint8Array(createHash('sha1').update(der).digest()) };
  cache.set(key, made);
  return made;
}

const tags = { integer: 0x02, bits: 0x03, oid: 0x06, utf8: 0x0c, utcTime: 0x17, generalizedTime: 0x18 } as const;
const constructed = { sequence: 0x30, set: 0x31, version: 0xa0 } as const;
/** 1.3.101.112. */
const ed25519 = element(constructed.sequence, element(tags.oid, Buffer.from('2b6570', 'hex')));
const versionThree = element(constructed.version, element(tags.integer, Buffer.of(2)));
/** The PKCS #8 wrapping of an Ed25519 private key (RFC 8410 7). */
const privateKeyPrefix = Buffer.from('302e020100300506032b657004220420', 'hex');
/** Attributes of names that the simulated certificates use (2.5.4.x). */
const attributes: Readonly<Record<string, number>> = { CN: 3, C: 6, L: 7, S: 8, O: 10, OU: 11 };

function encode(facts: EncodedFacts): Uint8Array {
  const subjectKey = privateKey(`${facts.subject} ${facts.serialNumber}`);
  // The authority's key depends on its name only, as if one key had signed everything under it.
  const issuerKey = facts.issuer === facts.subject ? subjectKey : privateKey(facts.issuer);
  const toBeSigned = element(
    constructed.sequence,
    versionThree,
    unsigned(Buffer.from(facts.serialNumber, 'hex')),
    ed25519,
    nameOf(facts.issuer),
    element(constructed.sequence, time(facts.startMilliseconds), time(facts.expiryMilliseconds)),
    nameOf(facts.subject),
    createPublicKey(subjectKey).export({ format: 'der', type: 'spki' }),
  );
  const signature = sign(null, toBeSigned, issuerKey);
  return new Uint8Array(
    element(constructed.sequence, toBeSigned, ed25519, element(tags.bits, Buffer.of(0), signature)),
  );
}

function privateKey(seed: string): KeyObject {
  const key = Buffer.concat([privateKeyPrefix, seededBytes(32, 'certificate key', seed)]);
  return createPrivateKey({ key, format: 'der', type: 'pkcs8' });
}

function nameOf(text: string): Buffer {
  const parts = text.split(/, (?=[A-Z]{1,2}=)/).map((part) => /^([A-Z]{1,2})=(.*)$/s.exec(part));
  const known = parts.flatMap((part) => {
    const attribute = attributes[part?.[1] ?? ''];
    return attribute === undefined ? [] : [[attribute, part?.[2] ?? ''] as const];
  });
  const pairs = known.length === parts.length ? known : [[attributes.CN ?? 0, text] as const];
  return element(
    constructed.sequence,
    ...pairs.map(([attribute, value]) =>
      element(
        constructed.set,
        element(
          constructed.sequence,
          element(tags.oid, Buffer.of(0x55, 0x04, attribute)),
          element(tags.utf8, Buffer.from(value)),
        ),
      ),
    ),
  );
}

/** UTCTime up to 2049, GeneralizedTime from 2050 on (RFC 5280 4.1.2.5), to the second. */
function time(unixMilliseconds: number): Buffer {
  const digits = `${new Date(unixMilliseconds).toISOString().slice(0, 19).replaceAll(/[-:T]/g, '')}Z`;
  return digits < '2050'
    ? element(tags.utcTime, Buffer.from(digits.slice(2)))
    : element(tags.generalizedTime, Buffer.from(digits));
}

/** In as few bytes as can be (X.690 8.3.2): a leading zero that is not needed makes the whole certificate unreadable. */
function unsigned(bytes: Uint8Array): Buffer {
  const significant = bytes.subarray(bytes.findIndex((byte) => byte !== 0));
  return element(tags.integer, (significant[0] ?? 0) > 0x7f ? Buffer.of(0) : Buffer.of(), significant);
}

/** Tag, length, contents (X.690 8.1). */
function element(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  if (content.length < 0x80) return Buffer.concat([Buffer.of(tag, content.length), content]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  const significant = length.subarray(length.findIndex((byte) => byte !== 0));
  return Buffer.concat([Buffer.of(tag, 0x80 | significant.length), significant, content]);
}
