import type { Random } from './random.ts';

/** Token types (MS-TDS 2.2.7), the ends of lengths, and what PLP says of its own (2.2.5.2.3). */
const telling = [
  0x00, 0x01, 0x7f, 0x80, 0xff, 0xfe, 0x81, 0xd1, 0xd2, 0xaa, 0xab, 0xad, 0xae, 0xe3, 0xe4, 0xed, 0xee, 0xfd,
] as const;

/** Types of columns (MS-TDS 2.2.5.4), those that nothing here asks for among them, and none. */
const columnTypes = [
  ...([0x1f, 0x24, 0x26, 0x28, 0x29, 0x2a, 0x2b, 0x2d, 0x2f, 0x30, 0x32, 0x34, 0x37, 0x38, 0x3a, 0x3b, 0x3c] as const),
  ...([0x3d, 0x3e, 0x62, 0x68, 0x6a, 0x6c, 0x6d, 0x6e, 0x6f, 0x7a, 0x7f, 0x22, 0x23, 0x63, 0xa5, 0xa7, 0xad] as const),
  ...([0xaf, 0xe7, 0xef, 0xf0, 0xf1, 0xf3, 0x00, 0xff] as const),
] as const;
const [columnMetadata, done] = [0x81, 0xfd];

/** Where a byte is that begins a token, as far as one can tell without reading all before it. */
function tokenAt(bytes: Uint8Array, token: number, random: Random): number {
  const places = [...bytes.keys()].filter((at) => bytes[at] === token);
  return places[random.below(places.length)] ?? 0;
}

/** Where the type of a column stands: behind a user type of 0 and two bytes of flags (MS-TDS 2.2.7.4). */
function columnTypeAt(bytes: Uint8Array, random: Random): number {
  const places = [...bytes.keys()].filter(
    (at) => at >= 6 && bytes.subarray(at - 6, at - 2).every((byte) => byte === 0),
  );
  return places[random.below(places.length)] ?? 0;
}

const changes: readonly [Change, ...Change[]] = [
  (bytes, random) => bytes.with(random.below(bytes.length), random.below(256)),
  (bytes, random) => bytes.with(random.below(bytes.length), random.of(telling)),
  (bytes, random) => bytes.slice(0, random.below(bytes.length)),
  (bytes, random) => without(bytes, random.below(bytes.length), 1 + random.below(4)),
  (bytes, random) => inserted(bytes, random.below(bytes.length), Uint8Array.of(random.of(telling))),
  (bytes, random) =>
    inserted(bytes, random.below(bytes.length), new Uint8Array(1 + random.below(5000)).fill(random.of(telling))),
  // A length of two or four bytes.
  (bytes, random) =>
    overwritten(bytes, random.below(bytes.length), new Uint8Array(random.of([2, 4])).fill(random.of([0, 0xff, 0x7f]))),
  (bytes, random) => {
    const at = random.below(bytes.length);
    return inserted(bytes, random.below(bytes.length), bytes.slice(at, at + 1 + random.below(200)));
  },
  (bytes, random) => bytes.with(columnTypeAt(bytes, random), random.of(columnTypes)),
  // The length of a type, or of what is behind it: none, the most, NULL, longer than all there is.
  (bytes, random) =>
    overwritten(
      bytes,
      columnTypeAt(bytes, random) + 1,
      new Uint8Array(random.of([1, 2, 4])).fill(random.of([0, 0xff, 0x7f, 0x80])),
    ),
  // How many columns there are: none, as many as can be, more than there are.
  (bytes, random) =>
    overwritten(
      bytes,
      tokenAt(bytes, columnMetadata, random) + 1,
      Uint8Array.of(random.of([0, 0xff, 1, 200]), random.of([0, 0xff, 0x7f])),
    ),
  // How many rows were counted: huge, negative.
  (bytes, random) =>
    overwritten(bytes, tokenAt(bytes, done, random) + 5, new Uint8Array(8).fill(random.of([0xff, 0x7f, 0x80]))),
  // The same packet twice.
  (bytes) => inserted(bytes, 0, bytes),
];

type Change = (bytes: Uint8Array, random: Random) => Uint8Array;

/** One to four changes of what a server sends. */
export function mutateBytes(bytes: Uint8Array, random: Random): Uint8Array {
  let mutated = bytes;
  for (let left = 1 + random.below(4); left > 0 && mutated.length > 0; left -= 1)
    mutated = random.of(changes)(mutated, random);
  return random.chance(0.5) ? lengthMended(mutated) : mutated;
}

/** The length in a packet's header (MS-TDS 2.2.3.1.3) as it is: what is behind it is then looked at. */
function lengthMended(bytes: Uint8Array): Uint8Array {
  if (bytes.length < 8 || bytes.length > 0xffff) return bytes;
  return bytes.with(2, bytes.length >> 8).with(3, bytes.length & 0xff);
}

function without(bytes: Uint8Array, at: number, count: number): Uint8Array {
  return Buffer.concat([bytes.slice(0, at), bytes.slice(at + count)]);
}

function inserted(bytes: Uint8Array, at: number, added: Uint8Array): Uint8Array {
  return Buffer.concat([bytes.slice(0, at), added, bytes.slice(at)]);
}

function overwritten(bytes: Uint8Array, at: number, written: Uint8Array): Uint8Array {
  return inserted(without(bytes, at, written.length), at, written);
}
