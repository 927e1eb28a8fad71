/** Replaces names, addresses and identifiers, each always by the same, so that what belongs together still does. */
export interface Pseudonyms {
  /** A value as it may be given away. `column` is where it stands, `type` as the server declares it. */
  readonly of: (value: unknown, column: string, type: string) => string | number | boolean | null;
}

/** Texts of a closed set, or that every server of a version has: nobody's names. */
const kept =
  /(?:_desc|^counter_name|^object_name|^edition|^product_version|^product_update_type|^collation|^current_state|^pvt_key_encryption_type)$/;

/** Sentences of the server: names may stand anywhere in them. */
const sentences = /(?:message|description)$/;

/** Parts of addresses and of public certificates, and the databases that every server has. */
const publicWords: ReadonlySet<string> = new Set(
  (
    'tcp server database windows net com public usgovcloudapi chinacloudapi cloudapi de cn o ou c l s st dc us www ' +
    'microsoft corporation azure rsa ecc tls issuing root certificate authority ca digicert inc global g2 g3 2017 pki ' +
    'master tempdb model msdb _total'
  ).split(' '),
);

const parts =
  /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{1,3}(?:\.\d{1,3}){3}|:\d{1,5}\b|[\p{L}\p{M}\p{N}_$#@-]+/giu;
/** In bytes: SHA-256. */
const longestThumbprint = 32;

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Creates pseudonyms for what is recorded together: numbered in the order in which names come up. */
export function createPseudonyms(): Pseudonyms {
  const words = new Map<string, { readonly number: number; readonly spelling: string }>();
  const others = {
    guid: new Map<string, string>(),
    address: new Map<string, string>(),
    bytes: new Map<string, string>(),
  };
  const other = (key: string, kind: keyof typeof others, make: (number: number) => string): string => {
    const known = others[kind].get(key) ?? make(others[kind].size + 1);
    others[kind].set(key, known);
    return known;
  };

  function word(text: string): string {
    const key = text.toLowerCase();
    if (publicWords.has(key)) return text;
    const known = words.get(key) ?? { number: words.size + 1, spelling: text };
    words.set(key, known);
    // Two names that differ in case only go on to do so.
    return known.spelling === text ? `n${known.number}` : `N${known.number}`;
  }

  function part(text: string): string {
    if (guid.test(text)) return other(text.toLowerCase(), 'guid', guidOf);
    if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(text)) {
      return text === '0.0.0.0' ? text : other(text, 'address', (number) => `192.0.2.${number % 256}`);
    }
    return text.startsWith(':') ? text : word(text);
  }

  return {
    of: (value, column, type) => {
      if (value === null || value === undefined) return null;
      if (typeof value === 'number' || typeof value === 'boolean') return value;
      if (typeof value === 'bigint') return String(value);
      if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString().slice(0, -1);
      // What is longer than a thumbprint is a whole certificate, with names in it.
      if (value instanceof Uint8Array && value.length > longestThumbprint) return null;
      if (value instanceof Uint8Array) return other(Buffer.from(value).toString('hex'), 'bytes', bytesOf);
      const text = String(value);
      if (type === 'bigint' || type === 'numeric' || /_lsn$/.test(column) || kept.test(column)) return text;
      return sentences.test(column) ? `text of ${text.length} characters` : text.replaceAll(parts, part);
    },
  };
}

function guidOf(number: number): string {
  return `00000000-0000-4000-8000-${number.toString(16).toUpperCase().padStart(12, '0')}`;
}

/** As long as a thumbprint is. */
function bytesOf(number: number): string {
  return `0x${number.toString(16).toUpperCase().padStart(40, '0')}`;
}
