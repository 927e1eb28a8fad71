import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { test } from 'node:test';
import { guardUtf16 } from '../../../src/sql/gate/utf16.ts';
import { done, failureOf, info, loginAck, oneColumn, packet, rawServer, textColumns } from './raw-server.ts';

const text = (bytes: number): number[] => new Array<number>(bytes).fill(0x41);

// The lengths shift the address that the value begins at: one of two neighbours is odd.
for (const [name, { type, prefix }] of Object.entries(textColumns)) {
  for (const strict of [false, true]) {
    test(`${name} of an odd length, ${strict ? 'behind verified TLS' : 'without TLS'}, is no TDS`, async (context) => {
      for (const bytes of [1, 1023, 4095]) {
        const row = [0xd1, ...prefix(bytes), ...text(bytes), 0, 0, 0, 0];
        for (const shift of [0, 1]) {
          const shifted = shift === 0 ? [] : info;
          const batch = (): Uint8Array => packet([...shifted, ...oneColumn(type), ...row, ...done]);
          const { config } = await rawServer(context, { batch, strict });
          const failure = await failureOf(config);
          assert.equal(failure?.reason, 'protocol', `${bytes} bytes: ${failure?.message}`);
          assert.match(failure.message, /a text of \d*[13579] bytes/);
        }
      }
    });
  }
}

test('the domain of a Windows challenge of an odd length is no TDS', async (context) => {
  // NTLM CHALLENGE (MS-NLMP 2.2.1.2): the domain's length, at 12, is odd.
  const challenge = Buffer.concat([Buffer.from('NTLMSSP\0'), Buffer.alloc(80, 1)]);
  challenge.writeUInt32LE(2, 8);
  challenge.writeUInt16LE(7, 12);
  const sspi = [0xed, challenge.length, 0, ...challenge];
  const { config } = await rawServer(context, { login: () => packet([...sspi, ...done]) });
  const authentication = { ...config.authentication, type: 'windows', domain: 'CORP' } as never;
  assert.equal((await failureOf({ ...config, authentication }))?.reason, 'protocol');
});

test('what FEDAUTHINFO holds of an odd length is no TDS', async (context) => {
  const value = [1, 0, 0, 0, 2, 7, 0, 0, 0, 13, 0, 0, 0, ...text(7)];
  const token = [0xee, value.length, 0, 0, 0, ...value];
  const { config } = await rawServer(context, { login: () => packet([...token, ...loginAck, ...done]) });
  assert.equal((await failureOf(config))?.reason, 'protocol');
});

test('no bytes of odd length are decoded, in whatever way they are asked for', () => {
  guardUtf16();
  const bytes = Buffer.from('ab', 'utf16le');
  for (const name of ['ucs2', 'UCS-2', 'utf16le', 'UTF-16LE'] as const) {
    const encoding = name as BufferEncoding;
    assert.equal(bytes.toString(encoding), 'ab');
    assert.equal(bytes.toString(encoding, 2), 'b');
    assert.equal(bytes.toString(encoding, -2, 900), 'ab');
    assert.equal(bytes.toString(encoding, 3, 1), '');
    assert.throws(() => bytes.toString(encoding, 1), { code: 'EPARSE' });
    assert.throws(() => bytes.toString(encoding, 0, 3), { code: 'EPARSE' });
    assert.throws(() => bytes.toString(encoding, Number.NaN, 3.9), { code: 'EPARSE' });
  }
  assert.equal(bytes.toString('latin1', 0, 1), 'a');
  assert.equal(bytes.toString(), 'a\0b\0');
});

/** The sources of a package that is installed, without its maps. */
function sourcesOf(name: string): readonly string[] {
  const require = createRequire(resolve('node_modules/mssql/package.json'));
  const folder = join(dirname(require.resolve(`${name}/package.json`)), 'lib');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.js'))
    .map((file) => readFileSync(join(folder, file), 'utf8').replace(/\n\/\/# sourceMappingURL=.*/, ''));
}

test('the driver decodes UTF-16 in no way that the guard does not stand around', () => {
  const lines = sourcesOf('tedious').flatMap((source) => source.split('\n'));
  const decoders = lines.filter((line) => /toString\((['"])(?:ucs-?2|utf-?16)/i.test(line));
  // Guarded, each of them. Fewer than this: the walk has lost its way.
  assert.ok(decoders.length >= 8, String(decoders.length));
  const others =
    /StringDecoder|TextDecoder|setEncoding\(|(?:ucs2|utf16le|utf8|latin1)Slice|transcode\(|process\.binding/;
  assert.deepEqual(
    lines.filter((line) => others.test(line)),
    [],
  );
});

test('no code page that the driver gives to iconv is UTF-16', () => {
  const [collations = ''] = sourcesOf('tedious').filter((source) => source.includes('codepageByLanguageId'));
  assert.match(collations, /CP1252/);
  assert.doesNotMatch(collations, /utf-?16|ucs-?2|utf-?32|utf-?7/i);
});
