import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Answer, createAnswer } from '../../../src/simulator/tds/answer.ts';
import { createTlsTunnel } from '../../../src/simulator/tds/tls-tunnel.ts';
import { hex } from './hex.ts';
import { packetLengths } from './raw-client.ts';

function answerOf(packetSizeBytes: number): { readonly answer: Answer; readonly sent: Buffer[] } {
  const sent: Buffer[] = [];
  const send = async (bytes: Buffer): Promise<void> => {
    sent.push(bytes);
  };
  return { answer: createAnswer({ packetSizeBytes, processId: 51, send }), sent };
}

describe('an answer (MS-TDS 2.2.3)', () => {
  test('little is sent only at its end', async () => {
    const { answer, sent } = answerOf(512);
    answer.tokens.bytes(Buffer.alloc(1000, 1));
    await answer.flush();
    assert.equal(sent.length, 0);
    await answer.end();
    assert.deepEqual(packetLengths(Buffer.concat(sent)), [512, 504]);
  });

  test('much is sent in whole packets, and the last packet of the message is not empty', async () => {
    const { answer, sent } = answerOf(512);
    answer.tokens.bytes(Buffer.alloc(504 * 100, 1));
    await answer.flush();
    assert.deepEqual(packetLengths(Buffer.concat(sent)), Array(99).fill(512));
    await answer.end();
    const bytes = Buffer.concat(sent);
    assert.deepEqual(packetLengths(bytes), Array(100).fill(512));
    const statuses = Array.from({ length: 100 }, (_, index) => bytes[index * 512 + 1]);
    assert.deepEqual(statuses, [...Array(99).fill(0), 1]);
    const ids = Array.from({ length: 100 }, (_, index) => bytes[index * 512 + 6]);
    assert.deepEqual(
      ids,
      Array.from({ length: 100 }, (_, index) => index + 1),
    );
  });

  test('the largest packets are kept to as well', async () => {
    const { answer, sent } = answerOf(32767);
    answer.tokens.bytes(Buffer.alloc(100_000));
    await answer.flush();
    await answer.end();
    assert.deepEqual(packetLengths(Buffer.concat(sent)), [32767, 32767, 32767, 100_000 - 3 * 32759 + 8]);
  });
});

describe('TLS inside PRELOGIN (MS-TDS 2.2.6.5)', () => {
  const tunnelOf = (framed: boolean) => {
    const sent: Buffer[] = [];
    const tunnel = createTlsTunnel({
      framed,
      send: (bytes, done) => {
        sent.push(bytes);
        done();
      },
    });
    return { tunnel, sent };
  };

  test('a flight of several writes is one message', () => {
    const { tunnel, sent } = tunnelOf(true);
    tunnel.stream.cork();
    tunnel.stream.write(hex('16 01'));
    tunnel.stream.write(hex('16 02'));
    tunnel.stream.uncork();
    assert.deepEqual(sent, [hex('12 01 000C 0000 01 00 1601 1602')]);
  });

  test("the client's first bare record ends the wrapping, in both directions", () => {
    const { tunnel, sent } = tunnelOf(true);
    for (const byte of hex('12 01 000A 0000 01 00 1603  17 0303')) tunnel.receive(Buffer.of(byte));
    assert.deepEqual(tunnel.stream.read(), hex('1603 17 0303'));
    tunnel.stream.write(hex('17 01'));
    assert.deepEqual(sent, [hex('17 01')]);
  });

  test('in TDS 8 nothing is wrapped', () => {
    const { tunnel, sent } = tunnelOf(false);
    tunnel.stream.write(hex('16 01'));
    tunnel.receive(hex('12 34'));
    assert.deepEqual([sent, tunnel.stream.read()], [[hex('16 01')], hex('12 34')]);
  });

  for (const [what, bytes] of [
    ['a packet without content', hex('12 01 0008 0000 01 00')],
    ['another kind of packet', hex('10 01 0008 0000 01 00')],
  ] as const) {
    test(`${what} is a protocol error`, () => {
      assert.throws(() => tunnelOf(true).tunnel.receive(bytes), /prelogin packet of 8 bytes|byte 16 where TLS is due/);
    });
  }
});
