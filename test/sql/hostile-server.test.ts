import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { afterEach, test } from 'node:test';
import type { ServerConfig, TlsMode } from '../../src/config/config.ts';
import { secretOf } from '../../src/config/secret/secret.ts';
import { classifyError } from '../../src/sql/classify-error.ts';
import { connect } from '../../src/sql/mssql-connection.ts';
import { fc } from '../fuzz/property.ts';

/** Packet types (MS-TDS 2.2.3.1.1). */
const [login7, preloginRequest, batchRequest] = [0x10, 0x12, 0x01];

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** What the server answers to the n-th message of a type; null: nothing. */
type Answer = (type: number, socket: Socket) => Uint8Array | null;

interface RawServer {
  readonly config: ServerConfig & { readonly port: number };
  /** The type of each message that arrived in clear. */
  readonly received: readonly number[];
}

async function rawServer(answer: Answer, mode: TlsMode): Promise<RawServer> {
  const received: number[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined));
    socket.on('data', ([type = -1]) => {
      received.push(type);
      const bytes = answer(type, socket);
      if (bytes !== null) socket.write(bytes);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  const authentication = { type: 'sql_login', username: 'milink', password: secretOf('in-clear') } as const;
  const tls = { mode, ca: null, serverName: 'localhost', trustServerCertificate: false };
  return { received, config: { name: 'sql-1', host: '127.0.0.1', port: address.port, authentication, tls } };
}

/** A whole answer in one packet (MS-TDS 2.2.3.1: type 4, end of message, length with the header). */
function packet(data: readonly number[]): Uint8Array {
  const length = data.length + 8;
  return Uint8Array.from([4, 1, length >> 8, length & 0xff, 0, 0, 1, 0, ...data]);
}

/** PRELOGIN with a version and the encryption option: 0 login only, 1 on, 2 not supported (MS-TDS 2.2.6.5). */
function preloginAnswer(encryption: number): Uint8Array {
  return packet([0, 0, 11, 0, 6, 1, 0, 17, 0, 1, 0xff, 16, 0, 0, 0, 0, 0, encryption]);
}

/** DONE without rows (MS-TDS 2.2.7.6). */
const done = [0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
/** LOGINACK of TDS 7.4 by a program named "x" (MS-TDS 2.2.7.14). */
const loginAck = [0xad, 12, 0, 1, 0x74, 0, 0, 4, 1, 0x78, 0, 16, 0, 0, 0];

/** ENVCHANGE of type 20: go on to that port of this host (MS-TDS 2.2.7.9). */
function routing(port: number): number[] {
  const name = [...'127.0.0.1'].flatMap((character) => [character.charCodeAt(0), 0]);
  const value = [0, port & 0xff, port >> 8, name.length / 2, 0, ...name];
  return [0xe3, value.length + 5, 0, 20, value.length, 0, ...value, 0, 0];
}

function attempt(config: ServerConfig, signal: AbortSignal): ReturnType<typeof connect> {
  return connect(config, { credentials: { type: 'sql_login', username: 'milink', password: 'in-clear' }, signal });
}

for (const [name, encryption] of [
  ['can not encrypt', 2],
  ['encrypts the login only', 0],
] as const) {
  test(`the login is not sent to a server that says it ${name}`, async () => {
    const server = await rawServer(() => preloginAnswer(encryption), 'encrypt');
    await assert.rejects(attempt(server.config, AbortSignal.timeout(60_000)), (error) => {
      assert.equal(classifyError(error).reason, 'tls');
      return true;
    });
    assert.deepEqual(server.received, [preloginRequest]);
  });
}

test('a server that answers the login with half a token is left at the signal', async () => {
  const abort = new AbortController();
  const server = await rawServer((type, socket) => {
    if (type === preloginRequest) return preloginAnswer(2);
    socket.once('close', () => closed.resolve());
    setImmediate(() => abort.abort(new DOMException('late', 'TimeoutError')));
    return packet(loginAck.slice(0, 4)).with(1, 0);
  }, 'off');
  const closed = Promise.withResolvers<void>();
  await assert.rejects(attempt(server.config, abort.signal), { name: 'TimeoutError' });
  await closed.promise;
});

test('a gateway sends the client on to another address, as a managed instance does', async () => {
  const target = await rawServer(wrongAt(-1, new Uint8Array()), 'off');
  const gateway = await rawServer((type) => {
    if (type === preloginRequest) return preloginAnswer(2);
    return packet([...loginAck, ...routing(target.config.port), ...done]);
  }, 'off');
  assert.deepEqual(await outcomeOf(gateway.config, new AbortController().signal), []);
  assert.deepEqual(gateway.received, [preloginRequest, login7]);
  assert.deepEqual(target.received, [preloginRequest, login7, batchRequest, batchRequest]);
});

test('a server that hangs up in the middle of its prelogin answer: reset, and no timer is left', async () => {
  const { config } = await rawServer((_, socket) => {
    // Not the last packet of the message, and none follows.
    socket.end(preloginAnswer(2).with(1, 0));
    return null;
  }, 'off');
  const before = timers();
  assert.equal(await outcomeOf(config, new AbortController().signal), 'reset');
  await new Promise(setImmediate);
  assert.equal(timers(), before);
});

/** Answers `bytes` to messages of `stage`, and what is right to those before it. */
function wrongAt(stage: number, bytes: Uint8Array): Answer {
  let batches = 0;
  return (type) => {
    if (type === batchRequest) batches += 1;
    // The first batch is the driver's own, to set the session's options.
    if (type === stage && (type !== batchRequest || batches > 1)) return bytes;
    if (type === preloginRequest) return preloginAnswer(2);
    return packet(type === login7 ? [...loginAck, ...done] : done);
  };
}

function timers(): number {
  return process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
}

async function outcomeOf(config: ServerConfig, signal: AbortSignal): Promise<unknown> {
  try {
    const connection = await attempt(config, signal);
    try {
      return await connection.query('SELECT 42 AS answer', signal);
    } finally {
      connection.close();
    }
  } catch (error) {
    return classifyError(error).reason;
  }
}

const broken: readonly [string, number, Uint8Array][] = [
  ['a token that does not exist', batchRequest, packet([0x11, 0x22])],
  ['a token cut short', batchRequest, packet([0xad, 0])],
  ['a token that belongs elsewhere', batchRequest, packet([...loginAck, ...done])],
  ['a packet shorter than its header', batchRequest, Uint8Array.from([4, 1, 0, 3, 0, 0, 1, 0])],
  ['a token that does not exist, at login', login7, packet([0x11, 0x22])],
  ['a row without columns, at login', login7, packet([0xd1, 1, 2, 3])],
];

for (const [name, stage, bytes] of broken) {
  test(`${name}: protocol, and no timer is left`, async () => {
    const { config } = await rawServer(wrongAt(stage, bytes), 'off');
    const before = timers();
    assert.equal(await outcomeOf(config, new AbortController().signal), 'protocol');
    await new Promise(setImmediate);
    // A timer that the driver forgot would hold up the end of the program.
    assert.equal(timers(), before);
  });
}

const tokens = [0x79, 0x81, 0xa9, 0xaa, 0xab, 0xac, 0xad, 0xae, 0xd1, 0xd2, 0xd3, 0xe3, 0xed, 0xee, 0xfd, 0xfe, 0xff];
const anyAnswer = fc
  .tuple(fc.constantFrom(...tokens), fc.uint8Array({ maxLength: 40 }))
  .map(([token, bytes]) => packet([token, ...bytes]));

test('whatever a server answers, at whatever stage, is an outcome and never the end of the program', async () => {
  const stages = fc.constantFrom(preloginRequest, login7, batchRequest);
  await fc.assert(
    fc.asyncProperty(stages, anyAnswer, async (stage, bytes) => {
      const { config } = await rawServer(wrongAt(stage, bytes), 'off');
      const outcome = await outcomeOf(config, AbortSignal.timeout(100));
      assert.notEqual(outcome, undefined);
    }),
    { numRuns: 60 },
  );
});

/** Attention (MS-TDS 2.2.1.7) and DONE with its acknowledgement, bit 0x20. */
const attention = 0x06;
const acknowledged = done.with(1, 0x20);

/** The cancelled batch ends with a message of its own. */
function endOfBatchAnd(bytes: Uint8Array): Uint8Array {
  return Uint8Array.from([...packet(done), ...bytes]);
}

for (const [name, bytes] of [
  ['half of a token', packet(acknowledged.slice(0, 4)).with(1, 0)],
  ['a token that does not exist', packet([0x11, 0x22])],
  ['an answer that does not acknowledge it', packet(done)],
  ['half of a token after the end of the batch', endOfBatchAnd(packet(acknowledged.slice(0, 4)).with(1, 0))],
  ['a token that does not exist after the end of the batch', endOfBatchAnd(packet([0x11, 0x22]))],
  ['nothing', null],
] as const) {
  test(`a cancellation answered with ${name} ends the connection and nothing else`, async () => {
    let batches = 0;
    // At the batch, not after a time: a cancellation before it was sent leaves the connection as it is.
    const limit = new AbortController();
    const { config } = await rawServer((type) => {
      if (type === attention) return bytes;
      if (type === batchRequest && ++batches > 1) {
        limit.abort();
        return null;
      }
      return type === preloginRequest ? preloginAnswer(2) : packet(type === login7 ? [...loginAck, ...done] : done);
    }, 'off');
    const connection = await attempt(config, new AbortController().signal);
    const before = timers();
    await assert.rejects(
      connection.query('SELECT 42 AS answer', new AbortController().signal, limit.signal),
      (error) => {
        assert.match(classifyError(error).reason, /^(timeout|protocol|reset)$/);
        return true;
      },
    );
    await assert.rejects(connection.query('SELECT 42 AS answer', new AbortController().signal));
    await new Promise(setImmediate);
    assert.ok(timers() <= before);
  });
}
