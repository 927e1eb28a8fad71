import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Login } from '../../../src/simulator/session.ts';
import { ByteWriter } from '../../../src/simulator/tds/byte-writer.ts';
import { decodeLogin7 } from '../../../src/simulator/tds/login7.ts';
import { packetType } from '../../../src/simulator/tds/names.ts';
import { encodeMessage } from '../../../src/simulator/tds/packet.ts';
import { decodePrelogin, encodePrelogin } from '../../../src/simulator/tds/prelogin.ts';
import { ProtocolError } from '../../../src/simulator/tds/protocol-error.ts';
import { encodeFedAuthAck, encodeRouting, encodeSspi } from '../../../src/simulator/tds/tokens.ts';
import { hex, specification } from './hex.ts';
import { connectRaw } from './raw-client.ts';
import { startScripted } from './scripted-server.ts';

const headerBytes = 8;

/** The specification's LOGIN7 with a feature extension behind it: a pointer to it where ibExtension says. */
function withFeatures(features: Buffer): Buffer {
  const login = Buffer.from(specification.login7.subarray(headerBytes));
  login.writeUInt8(0x10, 27);
  login.writeUInt16LE(login.length, 56);
  login.writeUInt16LE(4, 58);
  const pointer = Buffer.alloc(4);
  pointer.writeUInt32LE(login.length + 4);
  return Buffer.concat([login, pointer, features]);
}

for (const [name, features, fedAuth] of [
  ['a token, echoed', '02 0B000000 03 06000000 6100 6200 6300 FF', { echo: true, token: 'abc' }],
  [
    'a token behind another feature, not echoed',
    '0A 01000000 01 02 07000000 02 02000000 6100 FF',
    { echo: false, token: 'a' },
  ],
  ['the library that asks where to get a token', '02 02000000 05 02 FF', { echo: true, token: null }],
  ['no FEDAUTH', '0A 01000000 01 FF', null],
] as const) {
  test(`LOGIN7 with ${name} (MS-TDS 2.2.6.4)`, () => {
    assert.deepEqual(decodeLogin7(withFeatures(hex(features))).fedAuth, fedAuth);
  });
}

for (const [name, features] of [
  ['no end', '0A 01000000 01'],
  ['a feature longer than the message', '02 FF000000 03'],
  ['a token longer than its feature', '02 06000000 03 06000000 61 FF'],
  ['a token of half a character', '02 06000000 03 01000000 61 FF'],
] as const) {
  test(`LOGIN7 with features that have ${name} is a protocol error`, () => {
    assert.throws(() => decodeLogin7(withFeatures(hex(features))), ProtocolError);
  });
}

test('a Windows login has its first message in SSPI, counted in bytes', () => {
  const message = hex('4e 54 4c');
  const login = Buffer.concat([specification.login7.subarray(headerBytes), message]);
  login.writeUInt16LE(login.length - message.length, 78);
  login.writeUInt16LE(message.length, 80);
  assert.equal(decodeLogin7(login).sspi, null);
  // fIntSecurity of OptionFlags2.
  login.writeUInt8(0x83, 25);
  assert.deepEqual(decodeLogin7(login).sspi, message);
});

test('PRELOGIN: a client says that it can use a token, and the server that it takes one (MS-TDS 2.2.6.5)', () => {
  const request = hex('00 0010 0006  01 0016 0001  06 0017 0001  FF  09000000 0000  01  01');
  assert.deepEqual(decodePrelogin(request), { encryption: 1, fedAuth: true });
  const answer = encodePrelogin('16.0.4175.1', 1, true);
  assert.deepEqual(answer.subarray(25, 31), hex('06 0028 0001 FF'));
  assert.equal(answer.at(-1), 1);
});

/** PRELOGIN of a client that can use a token, without encryption. */
const prelogin = hex('00 0010 0006  01 0016 0001  06 0017 0001  FF  09000000 0000  02  01');

/** What the server says to a login with these features. */
async function answerTo(features: string, token?: Buffer): Promise<Buffer> {
  const login: Login = ({ token }) => {
    assert.equal(token, 'abc');
    return { database: 'master', execute: async function* () {}, close: () => {} };
  };
  const server = await startScripted(() => [], { login, encryption: 'off', fedAuth: true });
  try {
    const client = await connectRaw(server);
    await client.send(encodeMessage(packetType.prelogin, prelogin));
    await client.next();
    await client.send(encodeMessage(packetType.login7, withFeatures(hex(features))));
    const { payload } = await client.next();
    if (token === undefined) return payload;
    assert.deepEqual([payload[0], payload.readUInt32LE(5)], [0xee, 2]);
    await client.send(encodeMessage(packetType.fedAuthToken, token));
    return (await client.next()).payload;
  } finally {
    await server.close();
  }
}

test('a login with a token is acknowledged as such', async () => {
  const answer = await answerTo('02 0B000000 03 06000000 6100 6200 6300 FF');
  assert.ok(answer.includes(hex('AE 02 00000000 FF')));
});

test('a client that asks where to get a token is told, and brings it (MS-TDS 2.2.7.12, 2.2.6.3)', async () => {
  const answer = await answerTo('02 02000000 05 02 FF', hex('0A000000 06000000 6100 6200 6300'));
  assert.ok(answer.includes(hex('AE 02 00000000 FF')));
});

for (const [name, features, message] of [
  ['that does not repeat what PRELOGIN said', '02 0B000000 02 06000000 6100 6200 6300 FF', 'does not repeat'],
] as const) {
  test(`a login ${name} is malformed`, async () => {
    const answer = await answerTo(features);
    assert.ok(answer.includes(Buffer.from(message, 'utf16le')));
    assert.ok(!answer.includes(hex('AE 02')));
  });
}

function written(write: (writer: ByteWriter) => void): Buffer {
  const writer = new ByteWriter();
  write(writer);
  return writer.shift(writer.length);
}

test('FEATUREEXTACK of FEDAUTH is empty and ended (MS-TDS 2.2.7.11)', () => {
  assert.deepEqual(written(encodeFedAuthAck), hex('AE 02 00000000 FF'));
});

test('ENVCHANGE of a routing has protocol, port and name, and no old value (MS-TDS 2.2.7.9)', () => {
  const bytes = written((writer) => encodeRouting(writer, { host: 'mi', port: 11_002 }));
  assert.deepEqual(bytes, hex('E3 0E00 14 0900 00 FA2A 0200 6D00 6900 0000'));
});

test('SSPI holds a message as it is (MS-TDS 2.2.7.22)', () => {
  assert.deepEqual(
    written((writer) => encodeSspi(writer, hex('01 02 03'))),
    hex('ED 0300 01 02 03'),
  );
});
