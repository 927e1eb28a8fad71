import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { test } from 'node:test';
import { isAllowedRedirect } from '../../../src/sql/gate/gate.ts';
import {
  done,
  failureOf,
  flood,
  info,
  little,
  loginAck,
  oneColumn,
  packet,
  packetSize,
  prelogin,
  rawServer,
  routing,
  textColumns,
} from './raw-server.ts';

const { type: textType } = textColumns['nvarchar(max)'];
const intType = [0x38];

for (const size of ['0', '1', '4', '7', '8', '-1', '511', '32768', '1e9', '', 'x']) {
  test(`a packet size of ${JSON.stringify(size)} ends the connection that it came on`, async (context) => {
    for (const [login, strict] of [
      [true, false],
      [false, false],
      [true, true],
      [false, true],
    ] as const) {
      const tokens = packetSize(size);
      const { config } = await rawServer(context, {
        strict,
        ...(login ? { login: () => packet([...loginAck, ...tokens, ...done]) } : {}),
        ...(login ? {} : { batch: () => packet([...tokens, ...done]) }),
      });
      const failure = await failureOf(config);
      assert.equal(failure?.reason, 'protocol');
      assert.match(failure.message, /packet size of (?:NaN|-?\d+), and only 512 to 32767 is one/);
      // What a socket of TLS says after its end would end the process here: found by npm run fuzz.
      await new Promise(setImmediate);
    }
  });
}

for (const size of ['512', '4096', '32767']) {
  test(`a packet size of ${size} is taken`, async (context) => {
    const login = (): Uint8Array => packet([...loginAck, ...packetSize(size), ...done]);
    const { config } = await rawServer(context, { login });
    assert.equal(await failureOf(config), null);
  });
}

test('rows without an end', async (context) => {
  const rows = packet(new Array(1000).fill([0xd1, 1, 0, 0, 0]).flat(), false);
  const { config } = await rawServer(context, {
    batch: (socket) => {
      void flood(socket, packet(oneColumn(intType), false), rows);
      return null;
    },
  });
  const failure = await failureOf(config);
  assert.equal(failure?.reason, 'too_large');
  assert.match(failure.message, /one answer has at least 100001 rows, and limits.rows allows 100000/);
});

test('an answer of long rows', async (context) => {
  const { type } = textColumns.nvarchar;
  const row = packet([0xd1, 0x40, 0x1f, ...new Array<number>(8000).fill(0x41)], false);
  const limits = { answerBytes: 1_000_000 };
  const batch = (socket: Socket): null => {
    void flood(socket, packet(oneColumn(type), false), row);
    return null;
  };
  const { config } = await rawServer(context, { limits, batch });
  const failure = await failureOf(config);
  assert.equal(failure?.reason, 'too_large');
  assert.match(failure.message, /limits.answer_bytes allows 1000000/);
});

/** Lengths that were said, and that are never fulfilled: all that is sent is the same letter. */
const endless = {
  'one value without an end': [
    ...oneColumn(textType),
    0xd1,
    0xfe,
    0xff,
    0xff,
    0xff,
    0xff,
    0xff,
    0xff,
    0xff,
    ...little(0x7fffffff),
  ],
  'one value of 2^62 bytes': [...oneColumn(textType), 0xd1, 0, 0, 0, 0, 0, 0, 0, 0x40, ...little(0x7fffffff)],
  'TEXT of 2 GiB': [
    ...oneColumn([0x23, 0xff, 0xff, 0xff, 0x7f, 9, 4, 0xd0, 0, 0x34, 1, 1, 0, 0x78, 0]),
    ...[0xd1, 1, 0, ...new Array<number>(8).fill(0), ...little(0x7fffffff)],
  ],
  'a FEDAUTHINFO of 2 GiB': [0xee, ...little(0x7fffffff)],
  'a FEATUREEXTACK of 2 GiB': [0xae, 1, ...little(0x7fffffff)],
};

for (const [name, tokens] of Object.entries(endless)) {
  test(`${name}`, async (context) => {
    const { config } = await rawServer(context, {
      batch: (socket) => {
        void flood(socket, packet(tokens, false), packet(Buffer.alloc(30_000, 0x41), false));
        return null;
      },
    });
    const failure = await failureOf(config);
    assert.equal(failure?.reason, 'too_large', failure?.message);
    assert.match(failure.message, /one row or token has at least \d+ bytes, and limits.row_bytes allows 1048576/);
  });
}

test('one value in packets of one byte: no work in the square of its length', async (context) => {
  const { config } = await rawServer(context, {
    batch: (socket) => {
      const small = Buffer.concat(new Array(4000).fill(packet([0x41], false)));
      void flood(socket, packet(endless['one value without an end'], false), small);
      return null;
    },
  });
  assert.equal((await failureOf(config, AbortSignal.timeout(60_000)))?.reason, 'too_large');
});

test('one value that is longer than a value may be', async (context) => {
  const value = Buffer.alloc(200_000, 0x41);
  const row = [0xd1, 0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, ...little(value.length)];
  const { config } = await rawServer(context, {
    batch: (socket) => {
      socket.write(packet([...oneColumn(textType), ...row], false));
      for (let at = 0; at < value.length; at += 20_000) socket.write(packet(value.subarray(at, at + 20_000), false));
      return packet([0, 0, 0, 0, ...done]);
    },
  });
  const failure = await failureOf(config);
  assert.equal(failure?.reason, 'too_large');
  assert.match(failure.message, /one value has at least 100000 characters, and limits.value_length allows 65536/);
});

for (const stage of ['prelogin', 'login'] as const) {
  test(`a ${stage} answer without an end`, async (context) => {
    const { config } = await rawServer(context, {
      [stage]: (socket: Socket) => {
        const [start, more] = stage === 'prelogin' ? [prelogin.subarray(8), [0]] : [loginAck, info];
        void flood(socket, packet(start, false), packet(new Array(2000).fill(more).flat(), false));
        return null;
      },
    });
    const failure = await failureOf(config);
    assert.equal(failure?.reason, 'too_large', failure?.message);
    assert.match(failure.message, /the login has at least \d+ bytes, and limits.login_bytes allows 262144/);
  });
}

test('a server that sends the login on to itself gets it four times, and no fifth time', async (context) => {
  const server = await rawServer(context, {
    login: () => packet([...loginAck, ...routing('127.0.0.1', server.config.port), ...done]),
  });
  const failure = await failureOf(server.config);
  assert.equal(failure?.reason, 'unavailable', failure?.message);
  assert.match(
    failure.message,
    /sends the client in circles .*127\.0\.0\.1:\d+ had sent the client on to 127\.0\.0\.1:\d+/,
  );
  assert.equal(server.logins(), 4);
});

test('a login goes to no name that the configuration does not stand for', async (context) => {
  const away = await rawServer(context, {});
  const { config } = await rawServer(context, {
    login: () => packet([...loginAck, ...routing('localhost', away.config.port), ...done]),
  });
  const failure = await failureOf(config);
  assert.equal(failure?.reason, 'protocol');
  assert.match(failure.message, /sent the login on to localhost, which is outside of the domain of 127.0.0.1/);
  assert.equal(away.logins(), 0);
});

const managedInstance = 'mi-prod.0123abcd.database.windows.net';
const redirects: readonly (readonly [string, string, boolean])[] = [
  [managedInstance, managedInstance, true],
  [managedInstance, 'd4c2a1.tr12.northeurope1-a.worker.database.windows.net', true],
  [managedInstance, 'mi-prod.0123abcd.DATABASE.windows.net.', true],
  [managedInstance, 'database.windows.net.evil.example', false],
  [managedInstance, 'evil.example', false],
  ['sql01.corp.example', 'sql02.corp.example', true],
  ['sql01.corp.example', 'sql02.other.example', false],
  ['sql01.corp.example', 'evilcorp.example', false],
  ['sql01.corp.example', '10.0.0.1', false],
  ['sql01', 'sql02', false],
  ['sql01', 'sql01', true],
  ['sql01.example', 'evil.example', false],
  ['10.0.0.1', '10.0.0.1', true],
  ['10.0.0.1', '10.0.0.2', false],
];

for (const [host, target, allowed] of redirects) {
  test(`${host} may ${allowed ? '' : 'not '}send the login on to ${target}`, () => {
    const tls = { mode: 'encrypt', ca: null, serverName: null, trustServerCertificate: false } as const;
    assert.equal(isAllowedRedirect({ host, tls }, target), allowed);
    // Whatever the target: its certificate must carry the configured name.
    assert.equal(isAllowedRedirect({ host, tls: { ...tls, serverName: host } }, target), true);
    const trusting = { ...tls, serverName: host, trustServerCertificate: true };
    assert.equal(isAllowedRedirect({ host, tls: trusting }, target), allowed);
  });
}
