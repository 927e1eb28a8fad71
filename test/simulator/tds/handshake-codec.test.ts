import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decodeLogin7, hasNullBitmapRows, isSupportedVersion } from '../../../src/simulator/tds/login7.ts';
import {
  decodePrelogin,
  encodePrelogin,
  negotiateEncryption,
  parseProductVersion,
} from '../../../src/simulator/tds/prelogin.ts';
import { ProtocolError } from '../../../src/simulator/tds/protocol-error.ts';
import { fc } from '../../fuzz/property.ts';
import { hex, specification } from './hex.ts';

const headerBytes = 8;

describe('PRELOGIN (MS-TDS 2.2.6.5)', () => {
  test("the specification's request asks for encryption", () => {
    assert.deepEqual(decodePrelogin(specification.prelogin.subarray(headerBytes)), {
      encryption: 0x01,
      fedAuth: false,
    });
  });

  test('without the option the client has no encryption', () => {
    assert.deepEqual(decodePrelogin(hex('00 0006 0006 FF 09000000 0000')), {
      encryption: 0x02,
      fedAuth: false,
    });
  });

  test('the answer has version, encryption, instance, thread id and MARS', () => {
    const expected = hex(`
      00 001A 0006  01 0020 0001  02 0021 0001  03 0022 0000  04 0022 0001  FF
      10 00 104F 0001  01  00  00`);
    assert.deepEqual(encodePrelogin('16.0.4175.1', 0x01), expected);
  });

  const answers = { off: 0x00, on: 0x01, notSupported: 0x02, required: 0x03 } as const;
  for (const [client, policy, answer, scope] of [
    ['off', 'off', 'notSupported', 'none'],
    ['on', 'off', 'notSupported', 'none'],
    ['notSupported', 'off', 'notSupported', 'none'],
    ['off', 'on', 'off', 'login'],
    ['on', 'on', 'on', 'all'],
    ['required', 'on', 'on', 'all'],
    ['notSupported', 'on', 'notSupported', 'none'],
    ['off', 'required', 'required', 'all'],
    ['on', 'required', 'required', 'all'],
    ['notSupported', 'required', 'required', 'all'],
  ] as const) {
    test(`client ${client}, server ${policy}: answer ${answer}, ${scope} encrypted`, () => {
      assert.deepEqual(negotiateEncryption(answers[client], policy), { answer: answers[answer], scope });
    });
  }

  for (const [what, bytes] of [
    ['nothing', hex('')],
    ['a table without end', hex('00 0006 0006')],
    ['an option outside the message', hex('00 0006 0006 FF')],
    ['an encryption outside the message', hex('00 000B 0006 01 0011 0001 FF 09000000 0000')],
    ['no version', hex('01 0006 0001 FF 00')],
  ] as const) {
    test(`${what} is a protocol error`, () => {
      assert.throws(() => decodePrelogin(bytes), ProtocolError);
    });
  }

  test('a product version has four numbers', () => {
    assert.deepEqual(parseProductVersion('12.0.2000.8'), [12, 0, 2000, 8]);
    assert.throws(() => parseProductVersion('16.0'), /four numbers such as 16\.0\.4175\.1 expected/);
  });
});

describe('LOGIN7 (MS-TDS 2.2.6.4)', () => {
  const payload = specification.login7.subarray(headerBytes);

  test("the specification's request", () => {
    assert.deepEqual(decodeLogin7(payload), {
      tdsVersion: 0x72090002,
      packetSizeBytes: 4096,
      request: {
        userName: 'sa',
        password: '',
        database: '',
        applicationName: 'OSQL-32',
        hostName: 'skostov1',
        readOnlyIntent: false,
        language: '',
        changesPassword: false,
        attachedFile: '',
        interfaceName: 'ODBC',
        driverVersion: 0x0700_0000,
        processId: 0x0100,
      },
      sspi: null,
      fedAuth: null,
    });
  });

  test('the password is put right', () => {
    // `aé`: 61 00 E9 00, nibbles swapped, xor A5.
    const login = Buffer.concat([payload, hex('B3 A5 3B A5')]);
    login.writeUInt16LE(payload.length, 44);
    login.writeUInt16LE(2, 46);
    assert.equal(decodeLogin7(login).request.password, 'aé');
  });

  test('read-only intent is a type flag', () => {
    const login = Buffer.from(payload);
    login.writeUInt8(0x20, 26);
    assert.equal(decodeLogin7(login).request.readOnlyIntent, true);
  });

  for (const [asked, given] of [
    [0, 4096],
    [511, 512],
    [512, 512],
    [8000, 8000],
    [32767, 32767],
    [65535, 32767],
  ] as const) {
    test(`packet size ${asked} becomes ${given}`, () => {
      const login = Buffer.from(payload);
      login.writeUInt32LE(asked, 8);
      assert.equal(decodeLogin7(login).packetSizeBytes, given);
    });
  }

  for (const [version, supported, nullBitmap] of [
    [0x71000001, false, false],
    [0x72090002, true, false],
    [0x730a0003, true, false],
    [0x730b0003, true, true],
    [0x74000004, true, true],
    [0x08000000, true, true],
    [0x75000000, false, true],
  ] as const) {
    test(`version 0x${version.toString(16)}: supported ${supported}`, () => {
      assert.equal(isSupportedVersion(version), supported);
      if (supported) assert.equal(hasNullBitmapRows(version), nullBitmap);
    });
  }

  test('bytes that are no login are a protocol error, never another', () => {
    const damaged = fc
      .tuple(fc.uint8Array({ minLength: 94, maxLength: 200 }), fc.boolean())
      .map(([bytes, keepLength]) => {
        const login = Buffer.from(bytes);
        if (keepLength) login.writeUInt32LE(login.length, 0);
        return login;
      });
    fc.assert(
      fc.property(damaged, (login) => {
        try {
          decodeLogin7(login);
        } catch (error) {
          assert.ok(error instanceof ProtocolError, String(error));
        }
      }),
    );
  });
});
