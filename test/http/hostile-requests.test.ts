import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, test } from 'node:test';
import { hashes } from '../config/web/files.ts';
import { sqlServer } from '../link/server-state.ts';
import { stateOf } from '../metrics/series.ts';
import { startProtected, webFolder } from './protected-service.ts';
import { sendRaw, startService } from './service.ts';

const state = stateOf([sqlServer()]);
const lastHeader = 'Host: a\r\nConnection: close\r\n\r\n';

/** The statuses of all answers on one connection. */
const statusesOf = (answer: string): string[] =>
  [...answer.matchAll(/^HTTP\/1\.1 (\d+)/gm)].map(([, status]) => status ?? '');

/** Targets that may mean something else to a proxy, and what they are here. */
const targets: Readonly<Record<string, string>> = {
  '//': '404',
  '//metrics': '404',
  '/metrics/': '404',
  '/metrics/..': '404',
  '/./metrics': '404',
  '/-/../metrics': '404',
  '/%2e%2e/metrics': '404',
  '/..%2f..%2fetc%2fpasswd': '404',
  '/%6detrics': '404',
  '/metrics%2f': '404',
  '/metrics%00': '404',
  '/metrics;x': '404',
  '/\\metrics': '404',
  '/metrics?a=b': '200',
  '/metrics#a': '200',
  'http://other.example/metrics': '200',
  'http://other.example/nothing': '404',
  'https://[/metrics': '400',
  '/%zz': '404',
  '/servers/%zz': '404',
  '/links/%ff/%c0%80': '404',
  '*': '404',
  metrics: '400',
  '/metr\0ics': '400',
  '/metr ics': '400',
};

describe('request targets: what is not exactly a place is nothing', () => {
  for (const [target, status] of Object.entries(targets)) {
    test(JSON.stringify(target), async (context) => {
      const { port, errors } = await startService(context, { state });
      const answer = await sendRaw(port, `GET ${target} HTTP/1.1\r\n${lastHeader}`);
      assert.deepEqual(statusesOf(answer), [status]);
      assert.deepEqual(errors, []);
    });
  }
});

test('no request target passes the login', async (context) => {
  const web = `basic_auth_users: { alice: ${hashes.b} }\n`;
  const { port } = await startProtected(context, await webFolder(context), { web });
  for (const [target, status] of Object.entries(targets)) {
    const answer = await sendRaw(port, `GET ${target} HTTP/1.1\r\n${lastHeader}`);
    assert.deepEqual(statusesOf(answer), [status === '400' ? '400' : '401'], target);
  }
});

describe('who the request says it is for is in no answer', () => {
  const hosts = [
    'Host: evil.example',
    'Host: a\r\nX-Forwarded-Host: evil.example\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Prefix: /evil.example',
    'Host: a\r\nForwarded: host=evil.example',
    'Host: a\r\nX-Original-URL: /evil.example\r\nX-Rewrite-URL: /evil.example',
    'Host: "><script>evil.example</script>',
  ];
  const paths = { routePrefix: '/milink', linkPrefix: '/milink', telemetryPath: '/metrics', externalUrl: null };
  for (const host of hosts) {
    test(JSON.stringify(host), async (context) => {
      const { port } = await startService(context, { state, paths });
      for (const target of ['/', '/milink', '/milink/', '/milink/metrics', '/nothing', 'http://evil.example/milink/']) {
        const answer = await sendRaw(port, `GET ${target} HTTP/1.1\r\n${host}\r\nConnection: close\r\n\r\n`);
        assert.match(answer, /^HTTP\/1\.1 /);
        assert.doesNotMatch(answer, /evil\.example/, target);
      }
    });
  }
});

describe('requests that two servers may read in two ways are refused, and what they hide is not answered', () => {
  const hidden = 'GET /-/healthy HTTP/1.1\r\nHost: a\r\n\r\n';
  const heads: Readonly<Record<string, string>> = {
    'a length and chunks': 'Content-Length: 4\r\nTransfer-Encoding: chunked',
    'chunks and a length': 'Transfer-Encoding: chunked\r\nContent-Length: 4',
    'two lengths': 'Content-Length: 0\r\nContent-Length: 40',
    'a list of lengths': 'Content-Length: 0, 40',
    'a length with a sign': 'Content-Length: +40',
    'a length in hex': 'Content-Length: 0x28',
    'a space before the colon': 'Content-Length : 40',
    'a folded header': 'Transfer-Encoding:\r\n chunked',
    'chunks that are not last': 'Transfer-Encoding: chunked, identity',
    'a line that ends early': 'X: a\nTransfer-Encoding: chunked',
    'a bare carriage return': 'X: a\rTransfer-Encoding: chunked',
    'a NUL in a header': 'X: a\0b',
    'two hosts': 'Host: b\r\nContent-Length: 5',
    'two encodings': 'Transfer-Encoding: identity\r\nTransfer-Encoding: chunked',
    'an encoding that is none, and chunks': 'Transfer-Encoding: identity, chunked',
    'an encoding nobody knows': 'Transfer-Encoding: xchunked',
  };
  for (const [name, head] of Object.entries(heads)) {
    test(name, async (context) => {
      const { port, url } = await startService(context, { state });
      const answer = await sendRaw(port, `POST / HTTP/1.1\r\nHost: a\r\n${head}\r\n\r\n0\r\n\r\n${hidden}`);
      assert.deepEqual(statusesOf(answer), ['400']);
      assert.equal((await fetch(`${url}/-/healthy`)).status, 200);
    });
  }

  test('a size of a chunk that overflows', async (context) => {
    const { port } = await startService(context, { state });
    const head = 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n';
    const answer = await sendRaw(port, `${head}fffffffffffffffff\r\n${hidden}`);
    assert.doesNotMatch(answer, /healthy/);
  });
});

describe('methods that do more than ask', () => {
  const requests: Readonly<Record<string, readonly [head: string, statuses: readonly string[]]>> = {
    'OPTIONS *': ['OPTIONS * HTTP/1.1', ['404']],
    'OPTIONS /metrics': ['OPTIONS /metrics HTTP/1.1', ['405']],
    TRACE: ['TRACE /metrics HTTP/1.1\r\nX-Secret: hunter2', ['405']],
    CONNECT: ['CONNECT 127.0.0.1:22 HTTP/1.1', []],
    'CONNECT a path': ['CONNECT /metrics HTTP/1.1', []],
    DELETE: ['DELETE /metrics HTTP/1.1', ['405']],
    PROPFIND: ['PROPFIND / HTTP/1.1', ['405']],
    'an unknown one': ['HACK / HTTP/1.1', ['400']],
    'the preface of HTTP/2': ['PRI * HTTP/2.0', ['400']],
    'HTTP/0.9': ['GET /metrics', ['400']],
    'HTTP/0.9 by its name': ['GET /metrics HTTP/0.9', ['400']],
    'HTTP/3.0': ['GET /metrics HTTP/3.0', ['400']],
    'an upgrade to HTTP/2': [
      'GET /-/healthy HTTP/1.1\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\nConnection: Upgrade, HTTP2-Settings',
      ['200'],
    ],
    'an upgrade to a WebSocket': ['GET /-/healthy HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade', ['200']],
    'Expect: 100-continue': ['GET /-/healthy HTTP/1.1\r\nExpect: 100-continue', ['100', '200']],
    'another expectation': ['GET /-/healthy HTTP/1.1\r\nExpect: all', ['417']],
  };
  for (const [name, [head, statuses]] of Object.entries(requests)) {
    test(name, async (context) => {
      const { port, url } = await startService(context, { state });
      const answer = await sendRaw(port, `${head}\r\n${lastHeader}`);
      assert.deepEqual(statusesOf(answer), statuses);
      assert.doesNotMatch(answer, /hunter2|101 Switching/);
      assert.equal((await fetch(`${url}/-/healthy`)).status, 200);
    });
  }
});

test('a header for each of a thousand names is refused, and the service goes on', async (context) => {
  const { port, url } = await startService(context, { state });
  const many = Array.from({ length: 1000 }, (_, index) => `X-${index}: a`).join('\r\n');
  // Some versions of Node count headers and drop the last ones, and then miss the Host: 400 in the place of 431.
  assert.match(statusesOf(await sendRaw(port, `GET / HTTP/1.1\r\n${many}\r\n${lastHeader}`)).join(), /^4(?:00|31)$/);
  assert.equal((await fetch(`${url}/-/healthy`)).status, 200);
});

test('a body without end is not read', async (context) => {
  const { port, url } = await startService(context, { state });
  const socket = connect(port, '127.0.0.1');
  const closed = new Promise<true>((resolve) => socket.once('close', () => resolve(true)));
  socket.on('error', () => undefined);
  socket.write('POST /-/reload HTTP/1.1\r\nHost: a\r\nContent-Length: 9000000000\r\n\r\n');
  const part = Buffer.alloc(64 * 1024);
  let sent = 0;
  while (!socket.destroyed && sent < 256 * 1024 * 1024) {
    sent += part.length;
    if (!socket.write(part)) await Promise.race([once(socket, 'drain').catch(() => undefined), closed]);
  }
  assert.ok(await closed);
  // What the system's buffers take was sent too.
  assert.ok(sent < 32 * 1024 * 1024, String(sent));
  assert.equal((await fetch(`${url}/-/healthy`)).status, 200);
});

test('many requests at once on one connection: each is answered, and Node warns of nothing', async (context) => {
  const warnings: string[] = [];
  const listener = ({ message }: Error): void => void warnings.push(message);
  process.on('warning', listener);
  context.after(() => process.off('warning', listener));
  const { port } = await startService(context, { state });
  const request = 'GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n';
  const last = 'GET /metrics HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n';
  const answer = await sendRaw(port, request.repeat(29) + last);
  assert.deepEqual(statusesOf(answer), Array(30).fill('200'));
  assert.deepEqual(warnings, []);
});
