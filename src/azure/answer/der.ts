/**
 * What bytes are by their outermost form, for a certificate that this program's OpenSSL refuses. SQL Server and Windows are
 * less strict: they make and take serial numbers that are negative or not in the shortest form, and dates that OpenSSL does
 * not read. Such a certificate is one all the same.
 */
export type DerForm =
  /** SEQUENCE of SEQUENCE, SEQUENCE and BIT STRING, with its last byte (RFC 5280, 4.1). */
  | 'certificate'
  /** It begins so, and its last bytes are missing. */
  | 'cut_off'
  /** Anything else: a bare public key is a SEQUENCE of SEQUENCE and BIT STRING. */
  | 'other';

const sequence = 0x30;
const bitString = 0x03;

export function derFormOf(bytes: Uint8Array): DerForm {
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
