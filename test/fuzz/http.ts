import { connect } from 'node:net';
import { oddHeaders } from './headers.ts';
import { mutateBytes } from './mutate-bytes.ts';
import { randomOf } from './random.ts';
import { oddText } from './texts.ts';

const targets = [
  ...([
    '/',
    '/metrics',
    '/link?name=DAG',
    '/servers',
    '/server?name=s-1',
    '/debug',
    '/sd',
    '/config',
    '/-/ready',
  ] as const),
  ...([
    '/metrics?name[]=milink_up',
    '/api/v1/links',
    '/api/v1/check',
    '/api/v1/history?since=',
    '/api/v1/servers',
  ] as const),
  ...(['/-/reload', '*', 'http://x/'] as const),
] as const;
const methods = ['GET', 'GET', 'GET', 'HEAD', 'POST', 'PUT', 'OPTIONS', 'TRACE', 'CONNECT', 'GET GET'] as const;

/**
 * Sends one request that a seed and a number decide, and is gone at the answer's end, an error, or after a second. Resolves
 * to what is wrong with the answer; null where nothing is, or there was none.
 */
export async function sendOddRequest(port: number, seed: number, index: number): Promise<string | null> {
  const random = randomOf(seed, index);
  const target = random.of(targets) + (random.chance(0.3) ? encodeURI(oddText(random).toWellFormed()) : '');
  const lines = oddHeaders(random);
  const text = [`${random.of(methods)} ${target} HTTP/1.${random.below(3)}`, ...lines, '', ''].join('\r\n');
  const bytes = Buffer.from(text + (random.chance(0.3) ? oddText(random) : ''));
  const sent = random.chance(0.3) ? mutateBytes(bytes, random) : bytes;
  const socket = connect(port, '127.0.0.1');
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  let answer = '';
  socket.on('error', () => resolve()).on('close', () => resolve());
  socket.on('data', (chunk) => {
    answer += chunk.toString('latin1');
    socket.end();
  });
  const timer = setTimeout(() => socket.destroy(), 1000);
  socket.write(sent);
  await ended;
  clearTimeout(timer);
  const wrong = answerFault(answer);
  return wrong === null ? null : `request ${index} of seed ${seed}: ${wrong}: ${answer.slice(0, 500)}`;
}

/** 503: not ready. What was asked wrongly is the client's fault, and its answer shows nothing of the program. */
function answerFault(answer: string): string | null {
  if (answer === '') return null;
  const status = /^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1];
  if (status === undefined) return 'no answer of HTTP';
  if (status.startsWith('5') && !['501', '503', '505'].includes(status)) return `status ${status}`;
  return /\n +at .+:\d+:\d+|node_modules|\/src\/http\//.test(answer) ? 'it shows where the program is' : null;
}
