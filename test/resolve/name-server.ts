import { createSocket } from 'node:dgram';
import { once } from 'node:events';

/** What a name server says of a name: addresses, that there is no such name, that it failed, or nothing at all. */
export type Said =
  | { readonly v4?: readonly string[]; readonly v6?: readonly string[] }
  | 'NXDOMAIN'
  | 'SERVFAIL'
  | 'silent';

export interface NameServer {
  /** `127.0.0.1:PORT`. */
  readonly address: string;
  /** The names that it was asked for, each with `A` or `AAAA`, in order. */
  readonly questions: readonly string[];
  readonly close: () => void;
}

const typeNames: Readonly<Record<number, string>> = { 1: 'A', 28: 'AAAA' };
const codes = { NXDOMAIN: 3, SERVFAIL: 2 } as const;

/** A name server on a free port of the loopback (RFC 1035 4): it answers as `say` says of a name, in lower case. */
export async function startNameServer(say: (name: string) => Said): Promise<NameServer> {
  const questions: string[] = [];
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  socket.on('message', (question, from) => {
    const { name, end, type } = questionIn(question);
    questions.push(`${name} ${typeNames[type]}`);
    const said = say(name);
    if (said !== 'silent') socket.send(answerTo(question.subarray(0, end), type, said), from.port, from.address);
  });
  return { address: `127.0.0.1:${socket.address().port}`, questions, close: () => socket.close() };
}

function questionIn(message: Buffer): { readonly name: string; readonly type: number; readonly end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = message[at] ?? 0; length > 0; length = message[at] ?? 0) {
    labels.push(message.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.').toLowerCase(), type: message.readUInt16BE(at + 1), end: at + 5 };
}

function answerTo(question: Buffer, type: number, said: Exclude<Said, 'silent'>): Buffer {
  const addresses = typeof said === 'string' ? [] : ((type === 1 ? said.v4 : said.v6) ?? []);
  const head = Buffer.from(question);
  // An answer, recursion available, and the code.
  head.writeUInt16BE(0x8180 | (typeof said === 'string' ? codes[said] : 0), 2);
  head.writeUInt16BE(addresses.length, 6);
  head.writeUInt32BE(0, 8);
  return Buffer.concat([head, ...addresses.map((address) => record(type, bytesOf(address)))]);
}

/** The name by its place in the question, class IN, 60 seconds. */
function record(type: number, data: Buffer): Buffer {
  const head = Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 60, 0, data.length]);
  return Buffer.concat([head, data]);
}

/** IPv6 in full: eight groups. */
function bytesOf(address: string): Buffer {
  if (!address.includes(':')) return Buffer.from(address.split('.').map(Number));
  return Buffer.concat(address.split(':').map((group) => Buffer.from(group.padStart(4, '0'), 'hex')));
}
