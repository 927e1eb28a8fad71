import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { formatListenAddress, parseListenAddress } from '../../src/http/listen-address.ts';

const good: Readonly<Record<string, readonly [host: string | null, port: number]>> = {
  ':10522': [null, 10_522],
  '127.0.0.1:0': ['127.0.0.1', 0],
  '[::1]:10522': ['::1', 10_522],
  '[::]:1': ['::', 1],
  'exporter.corp.example:65535': ['exporter.corp.example', 65_535],
};

describe('addresses that can be used', () => {
  for (const [text, [host, port]] of Object.entries(good)) {
    test(text, () => {
      assert.deepEqual(parseListenAddress(text), { host, port });
      assert.equal(formatListenAddress({ host, port }), text);
    });
  }
});

const allowed = 'allowed are HOST:PORT, [IPV6]:PORT and :PORT with a port from 0 to 65535';
const bad: Readonly<Record<string, string>> = {
  '': 'has no port',
  '10522': 'has no colon before its port: write :10522',
  '99999': 'has no port',
  localhost: 'has no port',
  'localhost:': 'has no port',
  ':http': '"http" is not a port',
  ':65536': '"65536" is not a port',
  ':-1': '"-1" is not a port',
  ':1.5': '"1.5" is not a port',
  ': 1': '" 1" is not a port',
  '::1': 'an IPv6 address must stand in brackets',
  '::1:10522': 'an IPv6 address must stand in brackets',
  '[::1]': 'has no port',
  '[localhost]:1': '"localhost" is not an IPv6 address',
  'http://localhost:1': '"http://localhost" is not a host name or an IP address',
  'vsock://:10522': 'Node has no VM sockets',
  'unix:/run/milink.sock': 'for a Unix socket let systemd open it and use --web.systemd-socket',
  '/run/milink.sock': 'for a Unix socket let systemd open it and use --web.systemd-socket',
  'two words:1': '"two words" is not a host name or an IP address',
};

describe('addresses that can not', () => {
  for (const [text, problem] of Object.entries(bad)) {
    test(`"${text}"`, () => {
      const message = `listen address "${text}": ${problem}; ${allowed}`;
      assert.throws(() => parseListenAddress(text), { name: 'ListenAddressError', message });
    });
  }
});
