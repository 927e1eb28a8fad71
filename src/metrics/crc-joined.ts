/** CRC-32 as gzip has it (RFC 1952, 8), with the lowest bit first. */
const polynomial = 0xedb88320;

/** Multiplies two polynomials modulo that of the CRC. */
function multiply(one: number, other: number): number {
  let product = 0;
  let factor = other;
  for (let bit = 0x80000000; bit !== 0; bit >>>= 1) {
    if ((one & bit) !== 0) product ^= factor;
    factor = (factor & 1) === 0 ? factor >>> 1 : (factor >>> 1) ^ polynomial;
  }
  return product >>> 0;
}

/** x to the power of 2 to the power of each index. */
const powers: number[] = [0x40000000];
while (powers.length < 32) powers.push(multiply(powers.at(-1) ?? 0, powers.at(-1) ?? 0));

/** The CRC-32 of two texts one after the other, from that of each and the length of the second: zlib's `crc32_combine`. */
export function crcJoined(first: number, second: number, secondBytes: number): number {
  let shift = 0x80000000;
  // In bits: eight for each byte.
  let [left, index] = [secondBytes, 3];
  while (left > 0) {
    if (left % 2 === 1) shift = multiply(powers[index % 32] ?? 0, shift);
    left = Math.floor(left / 2);
    index += 1;
  }
  return (multiply(shift, first) ^ second) >>> 0;
}
