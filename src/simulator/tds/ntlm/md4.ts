const blockSizeBytes = 64;

/** The order of the words, and by how much each step rotates, in the three rounds (RFC 1320 section 3.4). */
const rounds = [
  { order: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15], turns: [3, 7, 11, 19], added: 0 },
  { order: [0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15], turns: [3, 5, 9, 13], added: 0x5a827999 },
  { order: [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15], turns: [3, 9, 11, 15], added: 0x6ed9eba1 },
] as const;

const mixers = [
  (x: number, y: number, z: number): number => (x & y) | (~x & z),
  (x: number, y: number, z: number): number => (x & y) | (x & z) | (y & z),
  (x: number, y: number, z: number): number => x ^ y ^ z,
] as const;

/**
 * MD4 (RFC 1320), which NTLM makes of a password. OpenSSL 3 has it no more without its legacy provider; the package that
 * the driver takes it from would only be compared with itself.
 */
export function md4(message: Uint8Array): Buffer {
  const padded = pad(message);
  const state = new Int32Array([0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476]);
  for (let start = 0; start < padded.length; start += blockSizeBytes) addBlock(state, padded.subarray(start));
  const digest = Buffer.alloc(16);
  for (const [index, word] of state.entries()) digest.writeInt32LE(word, index * 4);
  return digest;
}

/** A 1 bit, then zeros, then the length in bits: whole blocks (RFC 1320 sections 3.1 and 3.2). */
function pad(message: Uint8Array): Buffer {
  const blocks = Math.ceil((message.length + 9) / blockSizeBytes);
  const padded = Buffer.alloc(blocks * blockSizeBytes);
  padded.set(message);
  padded.writeUInt8(0x80, message.length);
  padded.writeBigUInt64LE(BigInt(message.length) * 8n, padded.length - 8);
  return padded;
}

function addBlock(state: Int32Array, block: Buffer): void {
  let [a = 0, b = 0, c = 0, d = 0] = state;
  for (const [round, { order, turns, added }] of rounds.entries()) {
    const mix = mixers[round] ?? mixers[0];
    for (const [step, word] of order.entries()) {
      const sum = (a + mix(b, c, d) + block.readInt32LE(word * 4) + added) | 0;
      const turn = turns[step % 4] ?? 0;
      [a, b, c, d] = [d, (sum << turn) | (sum >>> (32 - turn)), b, c];
    }
  }
  for (const [index, value] of [a, b, c, d].entries()) state[index] = ((state[index] ?? 0) + value) | 0;
}
