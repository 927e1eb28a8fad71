import type { Random } from './random.ts';

/** Token types (MS-TDS 2.2.7), the ends of lengths, and what PLP says of its own (2.2.5.2.3). */
const telling = [
  0x00, 0x01, 0x7f, 0x80, 0xff, 0xfe, 0x81, 0xd1, 0xd2, 0xaa, 0xab, 0xad, 0xae, 0xe3, 0xe4, 0xed, 0xee, 0xfd,
] as const;

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
