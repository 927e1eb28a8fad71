import { connect } from 'node:net';
import { mutateBytes } from './mutate-bytes.ts';
import { randomOf } from './random.ts';
import { oddText } from './texts.ts';

const targets = [
  '/',
  '/metrics',
  '/link?name=DAG',
  '/servers',
  '/server?name=s-1',
  '/debug',
  '/sd',
  '/config',
  '/-/ready',
  '/-/reload',
  '*',
  'http://x/',
] as const;
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'OPTIONS', 'TRACE', 'CONNECT', 'GET GET'] as const;
const headers = [
  'Host: x',
  'Host: x\r\nHost: y',
  'Content-Length: 5',
  'Content-Length: -1',
  'Transfer-Encoding: chunked',
  'Transfer-Encoding: identity',
  'Accept: application/openmetrics-text;version=1.0.0;q=0.5',
  'Accept-Encoding: gzip;q=x',
  'Authorization: Basic eDp5',
  'Origin: null',
  'Sec-Fetch-Site: cross-site',
  'Expect: 100-continue',
  'Connection: Upgrade\r\nUpgrade: h2c',
  'Range: bytes=0-',
] as const;

/** Sends one request that a seed and a number decide, and is gone at the answer's end, an error, or after a second. */
export async function sendOddRequest(port: number, seed: number, index: number): Promise<void> {
  const random = randomOf(seed, index);
  const target = random.of(targets) + (random.chance(0.3) ? encodeURI(oddText(random).toWellFormed()) : '');
  const lines = Array.from({ length: random.below(6) }, () => random.of(headers));
  const text = [`${random.of(methods)} ${target} HTTP/1.${random.below(3)}`, ...lines, '', ''].join('\r\n');
  const bytes = Buffer.from(text + (random.chance(0.3) ? oddText(random) : ''));
  const sent = random.chance(0.6) ? mutateBytes(bytes, random) : bytes;
  const socket = connect(port, '127.0.0.1');
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  socket.on('error', () => resolve()).on('close', () => resolve());
  socket.on('data', () => socket.end());
  const timer = setTimeout(() => socket.destroy(), 1000);
  socket.write(sent);
  await ended;
  clearTimeout(timer);
}
