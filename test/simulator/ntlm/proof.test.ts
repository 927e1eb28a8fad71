import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkNegotiate, decodeAuthenticate, encodeChallenge } from '../../../src/simulator/tds/ntlm/message.ts';
import { provesPassword } from '../../../src/simulator/tds/ntlm/proof.ts';
import { ProtocolError } from '../../../src/simulator/tds/protocol-error.ts';
import { hex } from '../tds/hex.ts';

/** MS-NLMP 4.2.1 and 4.2.4: user `User` of `Domain`, password `Password`, and what NTLM version 2 makes of them. */
const challenge = hex('01 23 45 67 89 ab cd ef');
const account = { domain: 'Domain', userName: 'User' };
const lmResponse = hex('86 c3 50 97 ac 9c ec 10 25 54 76 4a 57 cc cc 19 aa aa aa aa aa aa aa aa');
const ntResponse = hex(`
  68 cd 0a b8 51 e5 1c 96 aa bc 92 7b eb ef 6a 1c
  01 01 00 00 00 00 00 00 00 00 00 00 00 00 00 00 aa aa aa aa aa aa aa aa 00 00 00 00
  02 00 0c 00 44 00 6f 00 6d 00 61 00 69 00 6e 00
  01 00 0c 00 53 00 65 00 72 00 76 00 65 00 72 00
  00 00 00 00 00 00 00 00`);
const none = Buffer.alloc(0);

test("the specification's responses prove its password", () => {
  assert.ok(provesPassword({ ...account, lmResponse: none, ntResponse }, challenge, 'Password'));
  assert.ok(provesPassword({ ...account, lmResponse, ntResponse: none }, challenge, 'Password'));
});

test('another password, challenge, user, or a cut response prove nothing', () => {
  const answer = { ...account, lmResponse, ntResponse };
  assert.ok(!provesPassword(answer, challenge, 'password'));
  assert.ok(!provesPassword(answer, hex('01 23 45 67 89 ab cd ee'), 'Password'));
  assert.ok(!provesPassword({ ...answer, userName: 'Other' }, challenge, 'Password'));
  assert.ok(!provesPassword({ ...answer, domain: 'DOMAIN' }, challenge, 'Password'));
  assert.ok(!provesPassword({ ...account, lmResponse: none, ntResponse: none }, challenge, ''));
  assert.ok(
    !provesPassword({ ...account, lmResponse: lmResponse.subarray(0, 16), ntResponse: none }, challenge, 'Password'),
  );
});

test('a challenge has the names behind its 56 bytes (MS-NLMP 2.2.1.2)', () => {
  assert.deepEqual(
    encodeChallenge(challenge, { domain: 'Do', computer: 'S' }),
    hex(`
      4e 54 4c 4d 53 53 50 00 02 00 00 00
      04 00 04 00 38 00 00 00  05 82 89 a0  01 23 45 67 89 ab cd ef  00 00 00 00 00 00 00 00
      12 00 12 00 3c 00 00 00  0a 00 7c 4f 00 00 00 0f
      44 00 6f 00
      02 00 04 00 44 00 6f 00  01 00 02 00 53 00  00 00 00 00`),
  );
});

/** An AUTHENTICATE_MESSAGE with its fields in the order in which they are named. */
function authenticate(fields: { lm: Buffer; nt: Buffer; domain: string; user: string }): Buffer {
  const parts = [fields.lm, fields.nt, Buffer.from(fields.domain, 'utf16le'), Buffer.from(fields.user, 'utf16le')];
  const header = Buffer.alloc(64);
  header.write('NTLMSSP\0', 'latin1');
  header.writeUInt32LE(3, 8);
  let offset = header.length;
  for (const [index, part] of parts.entries()) {
    header.writeUInt16LE(part.length, 12 + index * 8);
    header.writeUInt16LE(part.length, 14 + index * 8);
    header.writeUInt32LE(offset, 16 + index * 8);
    offset += part.length;
  }
  return Buffer.concat([header, ...parts]);
}

test('the fields of an answer are found where it says they are', () => {
  const message = authenticate({ lm: lmResponse, nt: ntResponse, domain: 'Domain', user: 'User' });
  assert.deepEqual(decodeAuthenticate(message), { ...account, lmResponse, ntResponse });
});

test('what is not the expected message is a protocol error', () => {
  const message = authenticate({ lm: lmResponse, nt: none, domain: 'Domain', user: 'User' });
  assert.throws(() => checkNegotiate(message), ProtocolError);
  assert.throws(() => checkNegotiate(none), ProtocolError);
  assert.throws(() => decodeAuthenticate(Buffer.from('GSSAPI and more')), ProtocolError);
  const outside = Buffer.from(message);
  outside.writeUInt32LE(message.length, 16);
  assert.throws(() => decodeAuthenticate(outside), ProtocolError);
});
