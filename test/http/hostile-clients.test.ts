import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { type ClientHttp2Session, connect as connectHttp2 } from 'node:http2';
import { connect, type Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import { connect as connectTls } from 'node:tls';
import { comes } from '../daemons/comes.ts';
import { sqlServer } from '../link/server-state.ts';
import { stateOf } from '../metrics/series.ts';
import { testAuthority } from './certificates.ts';
import { type ProtectedService, startProtected, webFolder } from './protected-service.ts';
import { sendRaw, startService } from './service.ts';

const state = stateOf([sqlServer()]);

const hugeBody = [Buffer.alloc(64 * 1024 * 1024, 'a')];

/** A page that no socket takes at once. */
const hugePage = {
  prepare: async (): Promise<void> => undefined,
  answer: async (): Promise<{ contentType: string; contentEncoding: null; body: readonly Buffer[] }> => ({
    contentType: 'text/plain',
    contentEncoding: null,
    body: hugeBody,
  }),
};

/** 0 without an answer. */
async function statusOf(url: string): Promise<number> {
  try {
    const response = await fetch(url);
    await response.body?.cancel();
    return response.status;
  } catch {
    return 0;
  }
}

/** Resolves when the other side has ended the connection. */
async function ended(socket: Socket): Promise<void> {
  socket.on('error', () => undefined);
  socket.resume();
  if (!socket.closed) await once(socket, 'close');
}

test('a body that does not come holds nothing up: it is answered at once, and cut off later', async (context) => {
  const limits = { headersTimeoutMilliseconds: 500, requestTimeoutMilliseconds: 600 };
  const { port } = await startService(context, { state, limits });
  const answer = await sendRaw(port, 'POST /metrics HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\na');
  assert.match(answer, /^HTTP\/1\.1 405 /);
});

test('a client that does not read its scrape takes nobody the place, and is cut off', async (context) => {
  const limits = { idleTimeoutMilliseconds: 1000 };
  const { port, url } = await startService(context, { state, limits, page: hugePage, web: { maximumScrapes: 1 } });
  const stalled = connect(port, '127.0.0.1');
  context.after(() => stalled.destroy());
  stalled.on('error', () => undefined);
  stalled.pause();
  stalled.write('GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n');
  await once(stalled, 'readable');
  assert.equal(await statusOf(`${url}/metrics`), 200);
  await ended(stalled);
});

test('hundreds of connections at once: those within the limit are served, the others closed', async (context) => {
  const { port, url } = await startService(context, { state, limits: { connections: 50 } });
  const request = 'GET /-/healthy HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n';
  const answers = await Promise.all(Array.from({ length: 300 }, () => sendRaw(port, request).catch(() => '')));
  const served = answers.filter((answer) => answer.startsWith('HTTP/1.1 200 ')).length;
  assert.ok(served >= 50, String(served));
  assert.equal(answers.filter((answer) => answer !== '' && !answer.startsWith('HTTP/1.1 200 ')).length, 0);
  await comes('room again', async () => (await statusOf(`${url}/-/healthy`)) === 200);
});

/** A service with TLS, and the authority that its clients trust. */
async function startTls(
  context: TestContext,
  options: Omit<Parameters<typeof startProtected>[2], 'web'> = {},
): Promise<ProtectedService & { readonly ca: string }> {
  const folder = await webFolder(context);
  const { issue, file } = await testAuthority(folder);
  await issue('server');
  const web = 'tls_server_config: { cert_file: server.crt, key_file: server.key }\n';
  return { ...(await startProtected(context, folder, { ...options, web })), ca: await readFile(file, 'utf8') };
}

function openSession(context: TestContext, { url, ca }: { url: string; ca: string }): ClientHttp2Session {
  const session = connectHttp2(url, { ca });
  session.on('error', () => undefined);
  context.after(() => session.destroy());
  return session;
}

/** The status that a session gets for a path. */
async function ask(session: ClientHttp2Session, headers: Readonly<Record<string, string>>): Promise<number> {
  const stream = session.request(headers);
  const [answer] = await once(stream, 'response');
  stream.resume();
  await once(stream, 'close');
  return Number(answer[':status']);
}

test('who does not shake hands is cut off, and who sends anything else too', async (context) => {
  const service = await startTls(context, { limits: { headersTimeoutMilliseconds: 500 } });
  await ended(connect(service.port, '127.0.0.1'));
  assert.equal(await sendRaw(service.port, 'GET / HTTP/1.1\r\nHost: a\r\n\r\n').catch(() => ''), '');
  assert.equal(await ask(openSession(context, service), { ':path': '/-/healthy' }), 200);
});

test('HTTP/2 tells its limits, and headers beyond them end the request only', async (context) => {
  const session = openSession(context, await startTls(context));
  await once(session, 'remoteSettings');
  const { maxConcurrentStreams, maxHeaderListSize } = session.remoteSettings;
  assert.deepEqual([maxConcurrentStreams, maxHeaderListSize], [32, 8192]);
  const huge = session.request({ ':path': '/metrics', 'x-huge': 'a'.repeat(12_000) });
  await assert.rejects(once(huge, 'response'), { code: 'ERR_HTTP2_STREAM_ERROR' });
  assert.equal(await ask(session, { ':path': '/metrics' }), 200);
});

/** RFC 9113 section 4.1. */
function frame(type: number, flags: number, stream: number, payload: Buffer = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head.writeUInt8(type, 3);
  head.writeUInt8(flags, 4);
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

/** `GET https://a/` in HPACK's static table (RFC 7541 appendix A), whole. */
const getRoot = Buffer.from([0x82, 0x87, 0x84, 0x41, 0x01, 0x61]);

test('requests of HTTP/2 that are reset at once, without end, end the connection', async (context) => {
  // Idle for an hour is longer than the suite waits: only the resets can end it.
  const service = await startTls(context, { limits: { keepAliveTimeoutMilliseconds: 3_600_000 } });
  const options = { host: '127.0.0.1', port: service.port, ca: service.ca, ALPNProtocols: ['h2'] };
  const socket = connectTls(options);
  await once(socket, 'secureConnect');
  const isOver = ended(socket);
  socket.write(Buffer.concat([Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), frame(4, 0, 0)]));
  for (let stream = 1; stream < 2000; stream += 2) {
    socket.write(Buffer.concat([frame(1, 5, stream, getRoot), frame(3, 0, stream, Buffer.from([0, 0, 0, 8]))]));
  }
  await isOver;
  assert.equal(await ask(openSession(context, service), { ':path': '/-/healthy' }), 200);
});

test('a client of HTTP/2 that takes no data takes nobody the place, and is cut off', async (context) => {
  const limits = { idleTimeoutMilliseconds: 1000 };
  const service = await startTls(context, { limits, page: hugePage, maximumScrapes: 1 });
  const stalled = openSession(context, service).request({ ':path': '/metrics' });
  stalled.on('error', () => undefined);
  stalled.pause();
  await once(stalled, 'response');
  const other = openSession(context, service);
  const scrape = async (): Promise<number> => {
    const stream = other.request({ ':path': '/metrics' });
    const [answer] = await once(stream, 'response');
    stream.on('error', () => undefined);
    stream.close();
    return Number(answer[':status']);
  };
  assert.equal(await scrape(), 200);
  await comes('the end of the stalled answer', async () => stalled.closed);
});

test('a body of HTTP/2 that drips, and an answer that is taken in drips, have an end', async (context) => {
  const times = { headersTimeoutMilliseconds: 500, requestTimeoutMilliseconds: 500 };
  const limits = { ...times, answerTimeoutMilliseconds: 500 };
  const service = await startTls(context, { limits, page: hugePage });
  const session = openSession(context, service);
  const dripping = session.request({ ':path': '/-/healthy', ':method': 'POST' });
  const taking = session.request({ ':path': '/metrics' });
  taking.pause();
  const drip = setInterval(() => {
    if (!dripping.destroyed) dripping.write('a');
    taking.read(1024);
  }, 50);
  context.after(() => clearInterval(drip));
  for (const stream of [dripping, taking]) stream.on('error', () => undefined);
  await Promise.all([comes('its end', async () => dripping.closed), comes('its end', async () => taking.closed)]);
  assert.equal(await ask(openSession(context, service), { ':path': '/-/healthy' }), 200);
});

test('a session of HTTP/2 may take several large pages at once', async (context) => {
  const body = [Buffer.alloc(8 * 1024 * 1024, 'a')];
  const page = { ...hugePage, answer: async () => ({ ...(await hugePage.answer()), body }) };
  const session = openSession(context, await startTls(context, { page }));
  const slow = session.request({ ':path': '/metrics' });
  slow.pause();
  await once(slow, 'response');
  const statuses = await Promise.all(Array.from({ length: 8 }, () => ask(session, { ':path': '/metrics' })));
  assert.deepEqual(statuses, Array(8).fill(200));
  assert.equal(await ask(session, { ':path': '/metrics', ':method': 'HEAD' }), 200);
});

test('closing ends a session of HTTP/2 and a handshake that hangs', async (context) => {
  const service = await startTls(context, { limits: { closeGraceMilliseconds: 200 } });
  const session = openSession(context, service);
  assert.equal(await ask(session, { ':path': '/-/healthy' }), 200);
  const hanging = connect(service.port, '127.0.0.1');
  await once(hanging, 'connect');
  const gone = ended(hanging);
  await service.close();
  await gone;
  if (!session.closed) await once(session, 'close');
});
