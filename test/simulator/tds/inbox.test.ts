import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createInbox } from '../../../src/simulator/tds/inbox.ts';
import { packetType } from '../../../src/simulator/tds/names.ts';
import { encodeMessage } from '../../../src/simulator/tds/packet.ts';
import { specification } from './hex.ts';

const batch = (sizeBytes: number): Buffer => encodeMessage(packetType.sqlBatch, Buffer.alloc(sizeBytes), 32767);
const mebibyte = 1024 * 1024;

test('messages that wait are limited together', async () => {
  const inbox = createInbox();
  inbox.receive(batch(9 * mebibyte));
  await inbox.next();
  inbox.receive(batch(9 * mebibyte));
  assert.throws(() => inbox.receive(batch(9 * mebibyte)), /too many requests wait/);
});

test('what came before the end is still given, then the end', async () => {
  for (const error of [null, new Error('broken')]) {
    const inbox = createInbox();
    const first = inbox.next();
    inbox.receive(Buffer.concat([specification.batch, specification.rpc]));
    inbox.end(error);
    inbox.end(null);
    assert.equal((await first)?.type, packetType.sqlBatch);
    assert.equal((await inbox.next())?.type, packetType.rpc);
    if (error === null) assert.equal(await inbox.next(), null);
    else await assert.rejects(inbox.next(), error);
  }
});

test('an attention interrupts whoever listens, and waits its turn otherwise', async () => {
  const inbox = createInbox();
  const seen: string[] = [];
  inbox.onInterruption((reason) => seen.push(reason));
  inbox.receive(specification.attention);
  inbox.onInterruption(null);
  inbox.receive(specification.attention);
  assert.deepEqual(seen, ['attention']);
  assert.equal((await inbox.next())?.type, packetType.attention);
  inbox.end(null);
  inbox.onInterruption((reason) => seen.push(reason));
  assert.deepEqual(seen, ['attention', 'closed']);
});
