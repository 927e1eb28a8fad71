import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { format, inspect } from 'node:util';
import { readSecret, SecretError, secretFromFile, secretOf } from '../../src/config/secret/secret.ts';
import { temporaryFolder } from './temporary-folder.ts';

const marker = 'hunter2-marker';

const printers: readonly (readonly [string, (secret: object) => string])[] = [
  ['template', (secret) => `${secret}`],
  ['JSON', (secret) => JSON.stringify({ secret })],
  ['inspect', (secret) => inspect({ secret }, { depth: 9, showHidden: true })],
  ['format %s', (secret) => format('%s', secret)],
  ['format %j', (secret) => format('%j', secret)],
  ['format %o', (secret) => format('%o', secret)],
];

for (const [name, print] of printers) {
  test(`a secret does not print: ${name}`, () => {
    const text = print(secretOf(marker));
    assert.match(text, /<secret>/);
    assert.doesNotMatch(text, /hunter2/);
  });
}

test('a secret has no property and no copy that carries the value', () => {
  const secret = secretOf(marker);
  assert.deepEqual(Reflect.ownKeys(secret), []);
  assert.deepEqual({ ...secret }, {});
  assert.deepEqual(Object.keys(structuredClone(secret)), []);
});

test('a secret of a known value', async () => {
  assert.equal(await readSecret(secretOf(` ${marker}\n`)), ` ${marker}\n`);
});

const contents: readonly (readonly [string, string | Uint8Array, string])[] = [
  ['as it is', marker, marker],
  ['with a newline', `${marker}\n`, marker],
  ['with a Windows newline', `${marker}\r\n`, marker],
  ['with several', `${marker}\n\n\n`, marker],
  ['with spaces, which are kept', ` ${marker} \t\n`, ` ${marker} \t`],
  ['with a newline inside, which is kept', 'a\nb\n', 'a\nb'],
  ['with a byte order mark', `\ufeff${marker}\n`, marker],
  ['not ASCII', 'пароль🔑', 'пароль🔑'],
  ['of the largest size', 'p'.repeat(65_536), 'p'.repeat(65_536)],
];

for (const [name, content, expected] of contents) {
  test(`password file: ${name}`, async (t) => {
    const path = join(await temporaryFolder(t), 'password');
    await writeFile(path, content);
    assert.equal(await readSecret(secretFromFile(path)), expected);
  });
}

test('a password file is read again each time, so that a rotated password is used', async (t) => {
  const path = join(await temporaryFolder(t), 'password');
  const secret = secretFromFile(path);
  await writeFile(path, 'first\n');
  assert.equal(await readSecret(secret), 'first');
  await writeFile(path, 'second\n');
  assert.equal(await readSecret(secret), 'second');
  await rm(path);
  await assert.rejects(readSecret(secret), {
    name: 'SecretError',
    message: `password file ${path}: the file does not exist`,
    reason: 'the file does not exist',
  });
});

const badContents: readonly (readonly [string, string | Uint8Array, string])[] = [
  ['empty', '', 'the file is empty'],
  ['a newline', '\r\n\n', 'the file is empty'],
  ['a NUL', `${marker}\0`, 'the file holds a NUL character: it is not a text file'],
  ['not UTF-8', Buffer.from(`${marker}\u00e9`, 'latin1'), 'the file is not UTF-8 text'],
  ['a byte too large', marker.padEnd(65_537, 'x'), 'the file is larger than 64 KiB'],
];

for (const [name, content, reason] of badContents) {
  test(`bad password file: ${name}`, async (t) => {
    const path = join(await temporaryFolder(t), 'password');
    await writeFile(path, content);
    await assert.rejects(readSecret(secretFromFile(path)), (error) => {
      assert.ok(error instanceof SecretError);
      assert.equal(error.reason, reason);
      assert.doesNotMatch(inspect(error, { showHidden: true }), /hunter2/);
      return true;
    });
  });
}

test('bad password file: a folder', async (t) => {
  const path = join(await temporaryFolder(t), 'password');
  await mkdir(path);
  await assert.rejects(readSecret(secretFromFile(path)), { reason: 'the file is a folder' });
});
