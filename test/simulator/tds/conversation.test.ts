import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { BatchEvent, Login } from '../../../src/simulator/session.ts';
import { encodeMessage } from '../../../src/simulator/tds/packet.ts';
import { startTdsServer, type TdsServer } from '../../../src/simulator/tds/server.ts';
import { fc } from '../../fuzz/property.ts';
import { hex, specification } from './hex.ts';
import { connectRaw, packetLengths, type RawClient } from './raw-client.ts';

const login: Login = () => ({
  database: 'master',
  execute: async function* (): AsyncGenerator<BatchEvent> {
    const type = { name: 'varchar', length: 3 } as const;
    yield { kind: 'rows', columns: [{ name: 'bar', type, nullable: false }], rows: [['foo']] };
    yield { kind: 'done', rowCount: 1 };
  },
  close: () => {},
});

const wrongSize = encodeMessage(0x10, Buffer.alloc(20));
const unknownType = Buffer.concat([
  Buffer.from(specification.batch.subarray(0, 1)).fill(0x0e),
  specification.batch.subarray(1),
]);

describe('a conversation in the bytes of MS-TDS section 4', () => {
  let server: TdsServer;
  before(async () => {
    server = await startTdsServer({
      host: '127.0.0.1',
      port: 0,
      login,
      encryption: 'off',
      productVersion: '16.0.4175.1',
    });
  });
  after(() => server.close());

  const logIn = async (login7: Buffer = specification.login7): Promise<RawClient> => {
    const client = await connectRaw(server);
    await client.send(specification.prelogin);
    await client.next();
    await client.send(login7);
    await client.next();
    return client;
  };

  test('prelogin, login and a batch, one byte at a time', async () => {
    const client = await connectRaw(server);
    const sendSlowly = async (bytes: Buffer): Promise<void> => {
      for (const byte of bytes) await client.send(Uint8Array.of(byte));
    };
    await sendSlowly(specification.prelogin);
    // No encryption, in the answer's second option.
    assert.equal((await client.next()).payload.readUInt8(0x20), 0x02);
    await sendSlowly(specification.login7);
    const answer = (await client.next()).payload;
    assert.ok(answer.includes(hex('AD 36 00 01 72090002 16')), 'LOGINACK with the version asked for');
    assert.ok(answer.includes(hex('E3 1B00 01 06')), 'ENVCHANGE of the database');
    await sendSlowly(specification.batch);
    assert.deepEqual((await client.next()).payload, specification.batchAnswer.subarray(8));
    client.socket.destroy();
  });

  test('requests sent at once are answered in turn', async () => {
    const client = await logIn();
    await client.send(Buffer.concat([specification.batch, specification.batch, specification.attention]));
    const expected = specification.batchAnswer.subarray(8);
    const [first, second, third] = [await client.next(), await client.next(), await client.next()];
    assert.deepEqual(first.payload, expected);
    // The attention cuts the second short or comes after it: it is acknowledged once either way.
    assert.ok([expected.length, 13].includes(second.payload.length));
    assert.deepEqual(third.payload, hex('FD 2000 0000 0000000000000000'));
    client.socket.destroy();
  });

  test('a message given up half way is not executed', async () => {
    const client = await logIn();
    const executed = server.batchCount();
    await client.send(hex('01 00 000A 0000 01 00 1600'));
    await client.send(hex('01 03 0008 0000 02 00'));
    assert.deepEqual((await client.next()).payload, hex('FD 0200 0000 0000000000000000'));
    await client.send(specification.batch);
    assert.deepEqual((await client.next()).payload, specification.batchAnswer.subarray(8));
    assert.equal(server.batchCount(), executed + 1);
    client.socket.destroy();
  });

  test('a reset of the connection is acknowledged in front of the answer', async () => {
    const client = await logIn();
    const batch = Buffer.from(specification.batch);
    batch.writeUInt8(0x09, 1);
    await client.send(batch);
    const expected = Buffer.concat([hex('E3 0300 12 00 00'), specification.batchAnswer.subarray(8)]);
    assert.deepEqual((await client.next()).payload, expected);
    client.socket.destroy();
  });

  test('what is not simulated is an error, and the connection goes on', async () => {
    const client = await logIn();
    await client.send(unknownType);
    const { payload } = await client.next();
    // Not Buffer's own: the exporter, which may share this process, refuses a text of half a character there.
    assert.match(
      new TextDecoder('utf-16le').decode(payload.subarray(3)),
      /not simulated: transaction requests of type 10/,
    );
    await client.send(specification.batch);
    assert.deepEqual((await client.next()).payload, specification.batchAnswer.subarray(8));
    client.socket.destroy();
  });

  for (const [what, bytes, message] of [
    [
      'a malformed login',
      [specification.prelogin, wrongSize],
      /login packet used to open the connection is structurally invalid/,
    ],
    ['a batch before the login', [specification.prelogin, specification.batch], /message of type 1 before login/],
    [
      'a malformed batch',
      [specification.prelogin, specification.login7, hex('01 01 000C 0000 01 00 FFFFFFFF')],
      /protocol stream is incorrect/,
    ],
    [
      'a malformed packet',
      [specification.prelogin, specification.login7, hex('01 01 0001 0000 01 00')],
      /packet of 1 bytes/,
    ],
  ] as const) {
    test(`${what} is reported, and ends the connection`, async () => {
      const client = await connectRaw(server);
      for (const part of bytes) await client.send(part);
      await client.closed;
      assert.match(client.received().toString('latin1').replaceAll('\0', ''), message);
    });
  }

  for (const [what, bytes] of [
    ['HTTP', Buffer.from('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')],
    ['a login without prelogin', specification.login7],
    ['TLS where there is none', hex('16 03 01 0040 01')],
  ] as const) {
    test(`${what} first: closed without an answer`, async () => {
      const client = await connectRaw(server);
      await client.send(bytes);
      await client.closed;
      assert.equal(client.received().length, 0);
    });
  }

  test('no bytes at any stage are the end of the server', async () => {
    const stages = [[], [specification.prelogin], [specification.prelogin, specification.login7]];
    const damage = fc.record({
      stage: fc.constantFrom(...stages),
      type: fc.constantFrom(0x01, 0x03, 0x06, 0x0e, 0x10, 0x12, 0x16),
      payload: fc.uint8Array({ maxLength: 120 }),
      tail: fc.uint8Array({ maxLength: 20 }),
    });
    await fc.assert(
      fc.asyncProperty(damage, async ({ stage, type, payload, tail }) => {
        const client = await connectRaw(server);
        for (const part of stage) await client.send(part);
        await client.send(Buffer.concat([encodeMessage(type, Buffer.from(payload)), tail]));
        client.socket.end();
        await client.closed;
      }),
      { numRuns: 150 },
    );
    const client = await logIn();
    client.socket.destroy();
  });

  test('answers keep to the packet size that the login asked for', async () => {
    const login7 = Buffer.from(specification.login7);
    login7.writeUInt32LE(512, 8 + 8);
    const big = await startTdsServer({
      host: '127.0.0.1',
      port: 0,
      encryption: 'off',
      productVersion: '16.0.4175.1',
      login: () => ({
        database: 'master',
        execute: async function* (): AsyncGenerator<BatchEvent> {
          const type = { name: 'varchar', length: 1000 } as const;
          const rows = Array.from({ length: 100 }, () => ['x'.repeat(1000)]);
          yield { kind: 'rows', columns: [{ name: 'c', type, nullable: false }], rows };
        },
        close: () => {},
      }),
    });
    const client = await connectRaw(big);
    for (const part of [specification.prelogin, login7]) await client.send(part);
    await client.next();
    await client.next();
    const before = client.received().length;
    await client.send(specification.batch);
    const { payload } = await client.next();
    const lengths = packetLengths(client.received().subarray(before));
    assert.ok(payload.length > 100_000);
    assert.ok(
      lengths.slice(0, -1).every((length) => length === 512),
      lengths.join(),
    );
    client.socket.destroy();
    await big.close();
  });
});
