import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { loadConfig } from '../../src/config/load.ts';
import { ConfigError } from '../../src/config/value/problem.ts';
import { temporaryFolder } from './temporary-folder.ts';

const good = 'servers: [{ name: s, host: h, authentication: { type: sql_login, username: u, password_env: P } }]\n';
const env = { P: 'p' };

async function messagesOf(path: string): Promise<readonly string[]> {
  try {
    await loadConfig(path, { env });
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    for (const problem of error.problems) {
      assert.equal(problem.file, path);
      assert.equal(problem.line, null);
      assert.equal(problem.path, '');
    }
    return error.problems.map(({ message }) => message);
  }
}

interface FileFault {
  readonly fault: string;
  /** Puts something at `path`, or nothing. */
  readonly make: (path: string) => Promise<unknown>;
  readonly message: string;
}

const faults: readonly FileFault[] = [
  { fault: 'missing', make: async () => null, message: 'the file does not exist' },
  { fault: 'a folder', make: (path) => mkdir(path), message: 'the file is a folder' },
  {
    fault: 'a link to itself',
    make: (path) => symlink(path, path),
    message: 'the file is a symbolic link that leads back to itself',
  },
  { fault: 'a link to nothing', make: (path) => symlink(`${path}.absent`, path), message: 'the file does not exist' },
  {
    fault: 'a named pipe that nobody writes to',
    make: (path) => promisify(execFile)('mkfifo', [path]),
    message: 'the file is not a regular file',
  },
  {
    fault: 'one byte too large',
    make: (path) => writeFile(path, good.padEnd(1024 * 1024, '#').concat('\n')),
    message: 'the file is larger than 1024 KiB',
  },
  {
    fault: 'Latin-1',
    make: (path) => writeFile(path, Buffer.from(`# caf\u00e9\n${good}`, 'latin1')),
    message: 'the file is not UTF-8 text',
  },
  {
    fault: 'UTF-16, as a Windows editor saves it',
    make: (path) => writeFile(path, Buffer.from(`\ufeff${good}`, 'utf16le')),
    message: 'the file is not UTF-8 text',
  },
];

for (const { fault, make, message } of faults) {
  test(`configuration file: ${fault}`, async (t) => {
    const path = join(await temporaryFolder(t), 'milink.yaml');
    await make(path);
    assert.deepEqual(await messagesOf(path), [message]);
  });
}

test('configuration file: a path through a file, a path too long, a path with NUL', async (t) => {
  const folder = await temporaryFolder(t);
  await writeFile(join(folder, 'file'), good);
  assert.deepEqual(await messagesOf(join(folder, 'file', 'milink.yaml')), [
    'the file does not exist: a part of its path is not a folder',
  ]);
  assert.deepEqual(await messagesOf(join(folder, 'x'.repeat(5000))), ['the file does not exist: its path is too long']);
  assert.deepEqual(await messagesOf(join(folder, 'a\0b')), [
    'the file does not exist: its path contains a NUL character',
  ]);
});

test('configuration file: no permission to read it', async (t) => {
  const path = join(await temporaryFolder(t), 'milink.yaml');
  await writeFile(path, good);
  await chmod(path, 0o000);
  // The superuser reads everything: for it there is nothing to refuse.
  const expected =
    process.getuid?.() === 0 ? [] : ['the file is not readable: allow the user that runs milink-exporter to read it'];
  assert.deepEqual(await messagesOf(path), expected);
});

const goodBytes: readonly (readonly [string, string])[] = [
  ['exactly the largest size', good.padEnd(1024 * 1024, '#').replace(/##$/, '#\n')],
  ['a byte order mark', `\ufeff${good}`],
  ['Windows line ends', `# first\r\n${good.replace('\n', '\r\n')}`],
  ['no newline at its end', good.trimEnd()],
  [
    'JSON',
    JSON.stringify({
      servers: [{ name: 's', host: 'h', authentication: { type: 'sql_login', username: 'u', password_env: 'P' } }],
    }),
  ],
];

for (const [name, text] of goodBytes) {
  test(`configuration file: ${name}`, async (t) => {
    const path = join(await temporaryFolder(t), 'milink.yaml');
    await writeFile(path, text);
    assert.equal((await loadConfig(path, { env })).config.servers.length, 1);
  });
}

test('configuration file: without options, the process environment is used', async (t) => {
  const path = join(await temporaryFolder(t), 'milink.yaml');
  await writeFile(path, good.replace('password_env: P', 'password_env: PATH'));
  assert.equal((await loadConfig(path)).config.servers.length, 1);
});
