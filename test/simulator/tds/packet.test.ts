import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { packetType } from '../../../src/simulator/tds/names.ts';
import {
  createMessageAssembler,
  encodeMessage,
  encodePacket,
  type Message,
} from '../../../src/simulator/tds/packet.ts';
import { ProtocolError } from '../../../src/simulator/tds/protocol-error.ts';
import { fc } from '../../fuzz/property.ts';
import { hex, specification } from './hex.ts';

const messages = fc.record({
  type: fc.constantFrom(packetType.sqlBatch, packetType.rpc, packetType.login7),
  payload: fc.uint8Array({ maxLength: 3000 }).map((bytes) => Buffer.from(bytes)),
  packetSizeBytes: fc.integer({ min: 512, max: 1500 }),
});

function cutAt(bytes: Buffer, cuts: readonly number[]): readonly Buffer[] {
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  return places.slice(1).map((end, index) => bytes.subarray(places[index], end));
}

function assembled(chunks: Iterable<Uint8Array>, limitBytes?: number): readonly Message[] {
  const received: Message[] = [];
  const assemble = createMessageAssembler((message) => received.push(message), limitBytes);
  for (const chunk of chunks) assemble(chunk);
  return received;
}

describe('packets (MS-TDS 2.2.3)', () => {
  test('an attention is a header alone', () => {
    const [message] = assembled([specification.attention]);
    const flags = { ignored: false, resetsConnection: false, keepsTransaction: false };
    const expected: Message = { type: 0x06, ...flags, payload: Buffer.alloc(0) };
    assert.deepEqual(message, expected);
  });

  test('a header counts itself and is big endian', () => {
    const packet = encodePacket({ type: 4, last: true, processId: 0x0133, id: 257 }, hex('AABBCC'));
    assert.deepEqual(packet, hex('04 01 000B 0133 01 00 AABBCC'));
  });

  test('messages survive any packet size and any cut of the bytes', () => {
    fc.assert(
      fc.property(fc.array(messages, { maxLength: 5 }), fc.array(fc.nat()), (sent, cuts) => {
        const bytes = Buffer.concat(sent.map((one) => encodeMessage(one.type, one.payload, one.packetSizeBytes)));
        const received = assembled(cutAt(bytes, cuts));
        const expected = sent.map(({ type, payload }) => ({ type, payload }));
        assert.deepEqual(
          received.map(({ type, payload }) => ({ type, payload })),
          expected,
        );
      }),
    );
  });

  test('one byte at a time', () => {
    const bytes = [...specification.batch].map((byte) => Uint8Array.of(byte));
    assert.equal(assembled(bytes.slice(0, -1)).length, 0);
    assert.deepEqual(assembled(bytes)[0]?.payload, specification.batch.subarray(8));
  });

  test('no packet is larger than the size asked for', () => {
    const bytes = encodeMessage(packetType.sqlBatch, Buffer.alloc(1009), 512);
    const lengths: number[] = [];
    for (let at = 0; at < bytes.length; at += bytes.readUInt16BE(at + 2)) lengths.push(bytes.readUInt16BE(at + 2));
    assert.deepEqual(lengths, [512, 512, 9]);
  });

  for (const [status, flag] of [
    ['03', 'ignored'],
    ['09', 'resetsConnection'],
    ['11', 'resetsConnection'],
  ] as const) {
    test(`status ${status} is ${flag}`, () => {
      const [message] = assembled([hex(`01 ${status} 0008 0000 01 00`)]);
      assert.equal(message?.[flag], true);
    });
  }

  for (const [what, bytes] of [
    ['a packet shorter than its header', hex('01 01 0007 0000 01 00')],
    [
      'another type in the middle of a message',
      Buffer.concat([hex('01 00 0008 0000 01 00'), hex('03 01 0008 0000 02 00')]),
    ],
  ] as const) {
    test(`${what} is a protocol error`, () => {
      assert.throws(() => assembled([bytes]), ProtocolError);
    });
  }

  test('a message above the limit is a protocol error', () => {
    const message = (sizeBytes: number): Buffer => encodeMessage(packetType.sqlBatch, Buffer.alloc(sizeBytes), 512);
    assert.equal(assembled([message(1000)], 1000).length, 1);
    assert.throws(() => assembled([message(1001)], 1000), /limit of 1000 bytes/);
  });
});
