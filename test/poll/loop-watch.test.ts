import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { watchLoop } from '../../src/poll/time/loop-watch.ts';
import { endLimit } from '../../src/threads/abort-signals.ts';

/** Computes for so long that nothing else of this process goes on. */
function compute(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('what the loop was late is counted, while it is late too', async () => {
  const watch = watchLoop();
  compute(200);
  const during = watch.lateSeconds();
  assert.ok(during >= 0.17, String(during));
  for (let turn = 0; turn < 3; turn += 1) await nextTurn();
  assert.ok(watch.lateSeconds() >= during);
});

test('a limit aborts with a TimeoutError', async () => {
  const signal = watchLoop().timeLimit(0.02);
  // The limit alone keeps no program running.
  const running = setInterval(() => undefined, 1000);
  await once(signal, 'abort');
  clearInterval(running);
  assert.equal(signal.reason.name, 'TimeoutError');
});

test('a limit that nobody needs any more never comes', async () => {
  const watch = watchLoop();
  const [ended, other] = [watch.timeLimit(0.01), watch.timeLimit(0.2)];
  endLimit(ended);
  endLimit(ended);
  const running = setInterval(() => undefined, 1000);
  await once(other, 'abort');
  clearInterval(running);
  assert.equal(ended.aborted, false);
});

/** A server in a thread of its own, which answers although this one computes. */
const answering = `
const { createServer } = require('node:net');
const { parentPort } = require('node:worker_threads');
const server = createServer((socket) => socket.on('error', () => {}).on('data', () => socket.write('here')));
server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
`;

test('an answer that came while the loop was late comes before the limit, however late the loop was', async (context) => {
  const worker = new Worker(answering, { eval: true });
  context.after(() => worker.terminate());
  const [port] = await once(worker, 'message');
  const socket = connect(port, '127.0.0.1');
  context.after(() => socket.destroy());
  await once(socket, 'connect');
  const signal = watchLoop().timeLimit(0.2);
  const first = Promise.race([once(socket, 'data').then(() => 'answer'), once(signal, 'abort').then(() => 'limit')]);
  socket.write('?');
  await nextTurn();
  compute(1000);
  assert.equal(await first, 'answer');
});

test('a server that is silent while the loop is busy in between meets its limit', async (context) => {
  const silent = createServer(() => undefined).listen(0, '127.0.0.1');
  context.after(() => silent.close());
  await once(silent, 'listening');
  const signal = watchLoop().timeLimit(0.3);
  const busy = setInterval(() => compute(40), 50);
  context.after(() => clearInterval(busy));
  await once(signal, 'abort');
});

test('how late the timers were is the same for each who asks, and nothing before the first of them', async () => {
  const watch = watchLoop();
  assert.equal(watch.lag(), null);
  compute(200);
  // The watch's timer is the first to come.
  await new Promise((resolve) => setTimeout(resolve, 0));
  const lag = watch.lag();
  assert.ok((lag?.maximum ?? 0) >= 0.1, JSON.stringify(lag));
  assert.deepEqual(watch.lag(), lag);
});
