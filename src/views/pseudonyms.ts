/** Replaces names, addresses and identifiers, each always by the same, so that what belongs together still does. */
export interface Pseudonyms {
  /** A value as it may be given away. `column` is where it stands, `type` as the server declares it. */
  readonly of: (value: unknown, column: string, type: string) => string | number | boolean | null;
}

/** Bytes that nobody can tell without the key: the same for the same kind and text. At least 20. */
export type KeyedDigest = (kind: 'word' | 'guid' | 'address' | 'bytes', text: string) => Uint8Array;

/** Texts of a closed set, or that every server of a version has: nobody's names. */
const kept =
  /(?:_desc|^counter_name|^edition|^product_version|^product_update_type|^collation|^current_state|^pvt_key_encryption_type)$/;

/** What such a text is made of; any other is no word of Microsoft's, whatever the column. */
const plainText = /^[\w .,:;()/+-]{0,256}$/;

/** Sentences of the server: names may stand anywhere in them. */
const sentences = /(?:message|description)$/;

/** Parts of addresses and of public certificates, and the databases that every server has. */
const publicWords: ReadonlySet<string> = new Set(
  (
    'tcp server database windows net com public usgovcloudapi chinacloudapi cloudapi de cn o ou c l s st dc us www ' +
    'microsoft corporation azure rsa ecc tls issuing root certificate authority ca digicert inc global g2 g3 2017 pki ' +
    'master tempdb model msdb _total sql_variant'
  ).split(' '),
);

/** What may be an address of IPv6, or anything between the signs that hold names together: those alone are kept. */
const pieces = /\[[\w:.%]+\]|[^\s,:;/\\=()[\]{}'"|]+/gu;
const ipv6 = /^[0-9a-f.]*:[0-9a-f:.]*(?:%\w+)?$/i;
const octet = /^\d{1,3}$/;
const port = /:\d{1,5}$/;
const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Both as the driver's dates are written, and as a clock's. */
const moment = /^(?:\d{4}-\d{2}-\d{2}T)?\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z?$/;
/** In bytes: SHA-256. */
const longestThumbprint = 32;

/** Creates pseudonyms; those of one key are the same, whenever and of whichever server they are made. */
export function createPseudonyms(digest: KeyedDigest): Pseudonyms {
  /** By the name in lower case, its first spelling. */
  const spellings = new Map<string, string>();

  function word(text: string): string {
    const key = text.toLowerCase();
    if (publicWords.has(key)) return text;
    const first = spellings.get(key) ?? text;
    spellings.set(key, first);
    const name = numberOf(digest('word', key), 5).toString(36).padStart(8, '0');
    // Two names that differ in case only go on to do so.
    return `${first === text ? 'n' : 'N'}${name}`;
  }

  function piece(text: string): string {
    if (!text.startsWith('[')) return dotted(text.split('.'));
    const inner = text.slice(1, -1);
    // None that anybody has: what documents are to use.
    if (ipv6.test(inner)) return `[2001:db8::${hex(digest('address', text.toLowerCase()), 2)}]`;
    return `[${inner.replaceAll(pieces, piece)}]`;
  }

  /** An address of IPv4, or names with dots between them; a sentence may end with one. */
  function dotted(names: readonly string[]): string {
    const [octets, rest] = [names.slice(0, 4), names.slice(4)];
    if (octets.length < 4 || !octets.every((each) => octet.test(each)) || rest.some((each) => each !== '')) {
      return names.map((name) => (name === '' ? name : guidOrWord(name))).join('.');
    }
    const address = octets.join('.');
    // Class E: none that anybody has.
    const other = address === '0.0.0.0' ? address : `240.${digest('address', address).slice(0, 3).join('.')}`;
    return [other, ...rest].join('.');
  }

  function guidOrWord(name: string): string {
    return guid.test(name) ? guidOf(digest('guid', name.toLowerCase())) : word(name);
  }

  function textOf(text: string): string {
    const end = text.includes('://') ? port.exec(text) : null;
    const [head, tail] = end === null ? [text, ''] : [text.slice(0, end.index), text.slice(end.index)];
    return head.replaceAll(pieces, piece) + tail;
  }

  return {
    of: (value, column, type) => {
      if (value === null || value === undefined) return null;
      if (typeof value === 'number' || typeof value === 'boolean') return value;
      if (typeof value === 'bigint') return String(value);
      if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString().slice(0, -1);
      // What is longer than a thumbprint is a whole certificate, with names in it.
      if (value instanceof Uint8Array && value.length > longestThumbprint) return null;
      if (value instanceof Uint8Array) return `0x${hex(digest('bytes', Buffer.from(value).toString('hex')), 20)}`;
      const text = String(value);
      if (/^-?\d{1,38}(?:\.\d{1,38})?$/.test(text) && isNumber(column, type)) return text;
      if ((type === 'datetimeoffset' || type === 'time') && moment.test(text)) return text;
      if (kept.test(column) && plainText.test(text)) return text;
      return sentences.test(column) ? `text of ${text.length} characters` : textOf(text);
    },
  };
}

function isNumber(column: string, type: string): boolean {
  return type === 'bigint' || type === 'numeric' || type === 'decimal' || /_lsn$/.test(column);
}

function numberOf(bytes: Uint8Array, count: number): number {
  return bytes.slice(0, count).reduce((number, byte) => number * 256 + byte, 0);
}

function hex(bytes: Uint8Array, count: number): string {
  return Buffer.from(bytes.slice(0, count)).toString('hex').toUpperCase();
}

function guidOf(bytes: Uint8Array): string {
  return `00000000-0000-4000-8000-${hex(bytes, 6)}`;
}
