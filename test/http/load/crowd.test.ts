import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import { createUntaken } from '../../../src/http/load/answers.ts';
import type { MetricsPage } from '../../../src/metrics/page.ts';
import { sqlServer } from '../../link/server-state.ts';
import { stateOf } from '../../metrics/series.ts';
import { startService } from '../service.ts';

const state = stateOf([sqlServer()]);
const request = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`;

async function open(context: TestContext, port: number, localAddress = '127.0.0.1'): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', localAddress });
  socket.on('error', () => undefined);
  context.after(() => socket.destroy());
  await once(socket, 'connect');
  return socket;
}

/** The first line that comes back; empty when the connection ends instead. */
async function statusLine(socket: Socket, path: string): Promise<string> {
  const answer = Promise.race([once(socket, 'data'), once(socket, 'close').then(() => [''])]);
  socket.write(request(path));
  return String((await answer)[0]).split('\r\n')[0] ?? '';
}

test('connections that nobody uses keep nobody out: neither a probe nor a scrape', async (context) => {
  const { port } = await startService(context, { state, limits: { connections: 20, connectionsPerClient: 20 } });
  const polite: Socket[] = [];
  for (let count = 0; count < 20; count += 1) {
    const socket = await open(context, port);
    assert.equal(await statusLine(socket, '/-/healthy'), 'HTTP/1.1 200 OK');
    polite.push(socket);
  }
  for (const path of ['/-/healthy', '/-/ready', '/metrics', '/'])
    assert.equal(await statusLine(await open(context, port), path), 'HTTP/1.1 200 OK');
  const [oldest, ...others] = polite;
  assert.ok(oldest?.closed || oldest?.readableEnded);
  assert.equal(await statusLine(others.at(-1) as Socket, '/metrics'), 'HTTP/1.1 200 OK');
});

test('a client that opens too many loses its own, not those of others', async (context) => {
  const { port } = await startService(context, { state, limits: { connections: 20, connectionsPerClient: 15 } });
  const other = await open(context, port, '127.0.0.2');
  assert.equal(await statusLine(other, '/-/ready'), 'HTTP/1.1 200 OK');
  for (let count = 0; count < 60; count += 1) await open(context, port, '127.0.0.1');
  for (let count = 0; count < 10; count += 1) await open(context, port, '127.0.0.3');
  assert.equal(await statusLine(other, '/metrics'), 'HTTP/1.1 200 OK');
});

/** A page of eight megabytes, which no socket takes at once; `isShared` says whether all get the same object. */
function largePage(isShared: boolean): MetricsPage {
  const one = Buffer.alloc(8 * 1024 * 1024, '#');
  return {
    prepare: async () => undefined,
    answer: async () => ({
      contentType: 'text/plain',
      contentEncoding: null,
      body: [isShared ? one : Buffer.from(one)],
    }),
  };
}

/** Asks for the page and takes only its beginning. */
async function stall(context: TestContext, port: number): Promise<Socket> {
  const socket = await open(context, port);
  socket.write(request('/metrics'));
  await once(socket, 'readable');
  return socket;
}

/** What comes when the rest is taken until the connection ends or the whole page is there. */
async function rest(socket: Socket): Promise<number> {
  let bytes = 0;
  for await (const chunk of socket) {
    bytes += chunk.length;
    if (bytes > 8 * 1024 * 1024) break;
  }
  return bytes;
}

test('a page is made once for all who ask for it at the same time, and other things go on', async (context) => {
  let made = 0;
  const onReport = (): void => {
    made += 1;
  };
  const start = performance.now();
  const { url } = await startService(context, { state, onReport });
  const codes = await Promise.all(Array.from({ length: 60 }, async () => (await fetch(`${url}/`)).status));
  assert.deepEqual(new Set(codes), new Set([200]));
  // A page is kept for a second.
  const most = 1 + Math.floor((performance.now() - start) / 1000);
  assert.ok(made <= most, `${made} of at most ${most}`);
});

test('who finds no place is told when to come again, and probes are answered all the same', async (context) => {
  const hold = Promise.withResolvers<void>();
  const asked = Promise.withResolvers<void>();
  const page: MetricsPage = {
    prepare: async () => undefined,
    answer: async () => {
      asked.resolve();
      await hold.promise;
      return { contentType: 'text/plain', contentEncoding: null, body: [Buffer.from('')] };
    },
  };
  const { url } = await startService(context, { state, page, web: { maximumScrapes: 1 } });
  const held = fetch(`${url}/metrics`);
  await asked.promise;
  const answers = await Promise.all(Array.from({ length: 120 }, () => fetch(`${url}/`)));
  const waited = answers.filter(({ status, headers }) => status === 503 && headers.get('retry-after') === '1');
  assert.equal(waited.length, 120);
  for (const path of ['/-/healthy', '/-/ready']) assert.equal((await fetch(url + path)).status, 200);
  hold.resolve();
  assert.equal((await held).status, 200);
});

test('sixty clients that do not read hold no place: scrapes, pages and probes are answered', async (context) => {
  const { port, url } = await startService(context, { state, page: largePage(true), web: { maximumScrapes: 2 } });
  const stalled = await Promise.all(Array.from({ length: 60 }, () => stall(context, port)));
  for (const path of ['/metrics', '/', '/-/healthy', '/-/ready']) {
    for (let count = 0; count < 3; count += 1) {
      const response = await fetch(url + path);
      assert.equal(response.status, 200, path);
      await response.bytes();
    }
  }
  // The same page takes its memory once: nobody is cut off for it.
  assert.ok((await rest(stalled[0] as Socket)) > 8 * 1024 * 1024);
});

test('of many pages that are not taken the oldest are cut off', async (context) => {
  const limits = { untakenBytes: 20 * 1024 * 1024 };
  const { port } = await startService(context, { state, page: largePage(false), limits });
  const stalled: Socket[] = [];
  for (let count = 0; count < 4; count += 1) stalled.push(await stall(context, port));
  const sizes: number[] = [];
  for (const socket of stalled) sizes.push(await rest(socket).catch(() => 0));
  assert.deepEqual(
    sizes.map((bytes) => bytes > 8 * 1024 * 1024),
    [false, false, true, true],
  );
});

test('who takes longer than an answer may take is cut off', (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const untaken = createUntaken({ answerTimeoutMilliseconds: 60_000, untakenBytes: 1 });
  const [slow, quick] = [new FakeResponse(), new FakeResponse()];
  for (const each of [slow, quick]) untaken.add(each, [Buffer.alloc(0)]);
  quick.emit('close');
  context.mock.timers.tick(59_999);
  assert.deepEqual([slow.isCut, quick.isCut], [false, false]);
  context.mock.timers.tick(1);
  assert.deepEqual([slow.isCut, quick.isCut], [true, false]);
});

class FakeResponse extends EventEmitter {
  isCut = false;
  destroy(): void {
    this.isCut = true;
  }
}
