import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import type { Resolve } from '../../src/resolve/resolver.ts';
import { classifyError } from '../../src/sql/classify-error.ts';
import { openSocket, type SocketOptions, type SocketStage } from '../../src/sql/open-socket.ts';
import { untilAborted } from '../../src/threads/abort-signals.ts';

const running = new AbortController().signal;

/** A listener of an availability group, whose name stands for these addresses. */
function addresses(...list: readonly string[]): Resolve {
  return async () => list;
}

const never: Resolve = (_, signal) => untilAborted(Promise.withResolvers<never>().promise, signal);

async function listening(t: TestContext): Promise<{ readonly port: number; readonly sockets: Socket[] }> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => sockets.push(socket.on('error', () => undefined)));
  server.listen(0, '127.0.0.2');
  await once(server, 'listening');
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  return { port: address.port, sockets };
}

function open(port: number, options: Partial<SocketOptions>): Promise<Socket> {
  return openSocket({
    host: 'listener.example',
    port,
    signal: running,
    onStage: () => {},
    allAtOnce: true,
    ...options,
  });
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!condition()) {
    assert.ok(Date.now() < deadline);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test('all addresses are tried at once, and one connection is kept', async (t) => {
  const { port, sockets } = await listening(t);
  const stages: SocketStage[] = [];
  const resolve = addresses('127.0.0.2', '127.0.0.2', '127.0.0.2');
  const socket = await open(port, { resolve, onStage: (stage) => stages.push(stage) });
  await until(() => sockets.length === 3);
  for (const each of sockets) each.resume();
  await until(() => sockets.filter((each) => each.destroyed || each.readableEnded).length === 2);
  assert.ok(!socket.destroyed);
  assert.deepEqual(stages, ['resolving', 'connecting', 'connected']);
  socket.destroy();
});

test('an address that refuses does not matter beside one that answers', async (t) => {
  const { port } = await listening(t);
  const socket = await open(port, { resolve: addresses('127.0.0.3', '127.0.0.2') });
  assert.equal(socket.remoteAddress, '127.0.0.2');
  socket.destroy();
});

test('when all refuse, that is the reason', async (t) => {
  const { port } = await listening(t);
  await assert.rejects(open(port, { resolve: addresses('127.0.0.3', '127.0.0.4') }), (error) => {
    assert.equal(classifyError(error).reason, 'refused');
    return true;
  });
});

test('a name that does not resolve is told as such', async () => {
  const resolve: Resolve = () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' }));
  await assert.rejects(open(1433, { resolve }), (error) => classifyError(error).reason === 'dns');
});

test('the signal ends the resolving, and the connecting', async () => {
  const reason = new Error('stopped');
  for (const during of ['resolving', 'connecting']) {
    const abort = new AbortController();
    const resolve: Resolve = during === 'resolving' ? never : addresses('127.0.0.3');
    const onStage = (stage: SocketStage): void => {
      if (stage === during) setImmediate(() => abort.abort(reason));
      if (stage === 'connecting') abort.abort(reason);
    };
    await assert.rejects(open(1433, { resolve, onStage, signal: abort.signal }), reason);
  }
});
