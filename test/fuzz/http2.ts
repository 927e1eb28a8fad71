import { once } from 'node:events';
import { connect } from 'node:tls';
import { mutateBytes } from './mutate-bytes.ts';
import { type Random, randomOf } from './random.ts';

const preface = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');

/** Frame types (RFC 9113 6): SETTINGS, HEADERS, and all there are. */
const [settings, headers] = [4, 1];
const everyType = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

function frame(type: number, flags: number, stream: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head.writeUInt8(type, 3);
  head.writeUInt8(flags, 4);
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

/** A field that is sent as it is, under a new name (RFC 7541 6.2.2). */
function field(name: string, value: string): Buffer {
  const [key, text] = [Buffer.from(name).subarray(0, 126), Buffer.from(value).subarray(0, 126)];
  return Buffer.concat([Buffer.from([0, key.length]), key, Buffer.from([text.length]), text]);
}

const paths = ['/', '/metrics', '/servers', '/-/healthy', '/debug', '/config', '/sd', '/-/reload', '*', ''] as const;
const methods = ['GET', 'POST', 'HEAD', 'CONNECT', 'GET GET', ''] as const;
type Pair = readonly [string, string];

const extras: readonly [Pair, ...Pair[]] = [
  ['connection', 'close'],
  ['transfer-encoding', 'chunked'],
  ['content-length', '-1'],
  ['te', 'trailers'],
  ['Upper', 'case'],
  ['authorization', 'Basic eDp5'],
  ['accept-encoding', 'gzip'],
];

function request(random: Random, stream: number): Buffer {
  const [name, value] = random.of(extras);
  const fields = [
    field(':method', random.of(methods)),
    field(':scheme', 'https'),
    field(':path', random.of(paths)),
    field(':authority', 'x'),
    field(name, value),
  ];
  return frame(headers, random.of([4, 5, 0, 1]), stream, Buffer.concat(fields));
}

function oddFrame(random: Random): Buffer {
  const stream = random.of([0, 1, 3, 2, 0x7fffffff]);
  const payload = Buffer.alloc(random.of([0, 4, 6, 8, 100, 20_000]), random.below(256));
  return frame(random.of(everyType), random.below(256), stream, payload);
}

/** One connection of HTTP/2 that a seed and a number decide; gone at its end, an error, or after a second. */
export async function sendOddFrames(port: number, seed: number, index: number): Promise<void> {
  const random = randomOf(seed, index);
  const socket = connect({ port, host: '127.0.0.1', ALPNProtocols: ['h2'], rejectUnauthorized: false });
  socket.on('error', () => undefined).resume();
  const timer = setTimeout(() => socket.destroy(), 1000);
  const frames: Uint8Array[] = [preface, frame(settings, 0, 0, Buffer.alloc(0))];
  for (let stream = 1; stream < 2 * (1 + random.below(12)); stream += 2) {
    const next = random.chance(0.7) ? request(random, stream) : oddFrame(random);
    frames.push(random.chance(0.3) ? mutateBytes(next, random) : next);
  }
  socket.write(Buffer.concat(frames));
  if (!socket.destroyed) await once(socket, 'close').catch(() => undefined);
  clearTimeout(timer);
}
