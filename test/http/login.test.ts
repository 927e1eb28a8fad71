import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Bcrypt, LoginAsker } from '../../src/http/bcrypt.ts';
import { createBcrypt } from '../../src/http/bcrypt.ts';
import { createLogin, type LoginVerdict } from '../../src/http/web-guard.ts';
import { hashes } from '../config/web/files.ts';
import { oneAsker } from './login-asker.ts';

const basic = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
const users = new Map([['alice', hashes.b]]);

type TestLogin = (
  header: string | undefined,
  users: ReadonlyMap<string, string>,
  asker?: Partial<LoginAsker>,
) => Promise<LoginVerdict>;

/** A login, and the hash of each comparison that it made. */
function counted(real: Bcrypt = createBcrypt()): { readonly login: TestLogin; readonly compared: readonly string[] } {
  const compared: string[] = [];
  const login = createLogin((password, hash, asker) => {
    compared.push(hash);
    return real(password, hash, asker);
  });
  return { login: (header, known, asker) => login(header, known, oneAsker(asker)), compared };
}

describe('who gets in', () => {
  const cases: readonly (readonly [name: string, header: string | undefined, verdict: string])[] = [
    ['nobody', undefined, 'bad'],
    ['the right password', basic('alice', 'opensesame'), 'good'],
    ['the scheme in another case', basic('alice', 'opensesame').replace('Basic', 'bASIC'), 'good'],
    ['another password', basic('alice', 'opensesam'), 'bad'],
    ['no password', basic('alice', ''), 'bad'],
    ['another user', basic('bob', 'opensesame'), 'bad'],
    ['a user in another case', basic('Alice', 'opensesame'), 'bad'],
    ['a user that objects have', basic('constructor', 'opensesame'), 'bad'],
    ['no colon', `Basic ${Buffer.from('alice').toString('base64')}`, 'bad'],
    ['no base64', 'Basic alice:opensesame', 'bad'],
    ['another scheme', basic('alice', 'opensesame').replace('Basic', 'Bearer'), 'bad'],
    ['two headers in one', `${basic('bob', 'x')}, ${basic('alice', 'opensesame')}`, 'bad'],
    ['bytes that are no text', `Basic ${Buffer.from([0xff, 0x3a, 0xfe]).toString('base64')}`, 'bad'],
  ];
  const { login } = counted();
  for (const [name, header, verdict] of cases) {
    test(name, async () => assert.equal(await login(header, users), verdict));
  }
});

test('an unknown user is not let in whatever the comparison says', async () => {
  const { login } = counted(async () => true);
  assert.deepEqual(
    [await login(basic('nobody', 'a'), users), await login(basic('alice', 'a'), users)],
    ['bad', 'good'],
  );
});

test('a hash of htpasswd is as good as one of OpenBSD', async () => {
  assert.equal(await counted().login(basic('alice', 'opensesame'), new Map([['alice', hashes.y]])), 'good');
});

test('a good login is computed once, a bad one each time, and bad ones push nothing out', async () => {
  const { login, compared } = counted();
  for (let i = 0; i < 3; i += 1) assert.equal(await login(basic('alice', 'opensesame'), users), 'good');
  assert.equal(compared.length, 1);
  for (let i = 0; i < 3; i += 1) assert.equal(await login(basic('alice', 'guess'), users), 'bad');
  assert.equal(compared.length, 4);
  assert.equal(await login(basic('alice', 'opensesame'), users), 'good');
  assert.equal(compared.length, 4);
});

test('a login is forgotten with its hash and with its user', async () => {
  const { login, compared } = counted();
  const header = basic('alice', 'opensesame');
  assert.equal(await login(header, users), 'good');
  assert.equal(await login(header, new Map([['alice', hashes.b.replace(/.$/, 'z')]])), 'bad');
  assert.equal(await login(header, new Map([['bob', hashes.b]])), 'bad');
  assert.equal(await login(header, new Map()), 'bad');
  assert.equal(compared.length, 4);
});

test('an unknown user costs what a known one does: a hash of the same cost, in every case', async () => {
  const { login, compared } = counted();
  for (const cost of ['04', '05', '06']) {
    const known = new Map([['alice', hashes.b.replace('$04$', `$${cost}$`)]]);
    await login(basic('alice', 'guess'), known);
    await login(basic('nobody', 'guess'), known);
  }
  assert.deepEqual(
    compared.map((hash) => [hash.length, hash.slice(4, 6)]),
    ['04', '04', '05', '05', '06', '06'].map((cost) => [60, cost]),
  );
});

test('with hashes of several costs an unknown user always has the same one of them', async () => {
  const { login, compared } = counted();
  const mixed = new Map(['04', '05'].map((cost) => [`user${cost}`, hashes.b.replace('$04$', `$${cost}$`)]));
  for (const name of ['nobody', 'nobody', 'nobody']) await login(basic(name, 'guess'), mixed);
  assert.equal(new Set(compared.map((hash) => hash.slice(4, 6))).size, 1);
  for (let i = 0; i < 40; i += 1) await login(basic(`nobody${i}`, 'guess'), mixed);
  assert.deepEqual([...new Set(compared.map((hash) => hash.slice(4, 6)))].sort(), ['04', '05']);
});

test('the same question at the same time is computed once', async () => {
  const { login, compared } = counted();
  const verdicts = await Promise.all(Array.from({ length: 20 }, () => login(basic('alice', 'opensesame'), users)));
  assert.deepEqual(new Set(verdicts), new Set(['good']));
  assert.equal(compared.length, 1);
});

test('a connection that has too many waiting is told so at once', async () => {
  const { login } = counted();
  const verdicts = await Promise.all(Array.from({ length: 20 }, (_, i) => login(basic('alice', `guess${i}`), users)));
  assert.equal(verdicts.filter((verdict) => verdict === 'bad').length, 9);
  assert.equal(verdicts.filter((verdict) => verdict === 'busy').length, 11);
  assert.equal(await login(basic('alice', 'opensesame'), users), 'good');
});

/** A comparison that is held until it is let go on, and the passwords in the order in which they were looked at. */
function heldBehind(first: LoginAsker): { readonly compare: Bcrypt; readonly order: () => Promise<readonly string[]> } {
  const bcrypt = createBcrypt();
  const done: string[] = [];
  const all: Promise<unknown>[] = [];
  const compare: Bcrypt = (password, hash, asker) => {
    const answer = bcrypt(password, hash, asker).then((matches) => {
      if (matches !== null) done.push(password);
      return matches;
    });
    all.push(answer);
    return answer;
  };
  void compare('held', hashes.b, first);
  return { compare, order: () => Promise.all(all).then(() => done) };
}

describe('whoever guesses keeps nobody out', () => {
  const guesses = Array.from({ length: 100 }, (_, index) => index);
  const cases: readonly (readonly [name: string, guesser: (index: number) => Partial<LoginAsker>, before: number])[] = [
    ['from another address', (index) => ({ client: '10.6.6.6', connection: index }), 2],
    ['as another user', (index) => ({ user: 'root', connection: index }), 2],
    ['in one connection', () => ({ connection: 'one' }), 2],
    ['in as many connections, after those', (index) => ({ connection: index }), 101],
  ];
  for (const [name, guesser, before] of cases) {
    test(name, async () => {
      const { compare, order } = heldBehind(oneAsker(guesser(0)));
      for (const index of guesses) void compare(`guess${index}`, hashes.b, oneAsker(guesser(index)));
      const own = compare('opensesame', hashes.b, oneAsker({ connection: 'own' }));
      assert.equal(await own, true);
      const place = (await order()).indexOf('opensesame');
      assert.ok(place <= before, String(place));
    });
  }
});

test('a good login whose client did not wait long enough is known when it comes again', async () => {
  const { login, compared } = counted();
  const guesses = Array.from({ length: 20 }, (_, connection) =>
    login(basic('alice', `guess${connection}`), users, { connection }),
  );
  const gone = new AbortController();
  const first = login(basic('alice', 'opensesame'), users, { connection: 'own', gone: gone.signal });
  gone.abort();
  await Promise.all(guesses);
  assert.equal(await first, 'good');
  const made = compared.length;
  assert.equal(await login(basic('alice', 'opensesame'), users), 'good');
  assert.equal(compared.length, made);
});

test('those who do not wait any more are not compared without end', async () => {
  const { login } = counted();
  const gone = new AbortController();
  const left = Array.from({ length: 100 }, (_, connection) =>
    login(basic('alice', `guess${connection}`), users, { connection, gone: gone.signal }),
  );
  gone.abort();
  const verdicts = await Promise.all(left);
  // One is being compared already.
  assert.equal(verdicts.filter((verdict) => verdict === 'bad').length, 33);
});
