/** The byte order of the wire: the first three groups are little endian, as in the structure GUID of MS-DTYP 2.3.4. */
const order = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15] as const;
const pattern = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** The 16 bytes of a GUID's text; Error when it is none. */
export function encodeGuid(text: string): Buffer {
  if (!pattern.test(text)) throw new Error(`not a uniqueidentifier: ${JSON.stringify(text)}`);
  const plain = Buffer.from(text.replaceAll('-', ''), 'hex');
  return Buffer.from(order.map((index) => plain.readUInt8(index)));
}

/** Upper-case text with dashes. */
export function decodeGuid(bytes: Buffer): string {
  const hex = Buffer.from(order.map((index) => bytes.readUInt8(index)))
    .toString('hex')
    .toUpperCase();
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
