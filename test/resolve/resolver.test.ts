import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { askNameServers } from '../../src/resolve/name-servers.ts';
import { createResolver, type ResolverOptions } from '../../src/resolve/resolver.ts';
import { candidatesFor, hostsIn, rulesIn } from '../../src/resolve/system-files.ts';
import { classifyError } from '../../src/sql/classify-error.ts';
import { untilAborted } from '../../src/threads/abort-signals.ts';
import { type Said, startNameServer } from './name-server.ts';

const running = new AbortController().signal;
const notFound = (): Promise<never> => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' }));

interface Setting extends Partial<ResolverOptions> {
  readonly hosts?: string;
  readonly resolvConf?: string;
}

/** A resolver with a real name server, and with files that are texts. */
async function resolverWith(context: TestContext, say: (name: string) => Said, setting: Setting = {}) {
  const server = await startNameServer(say);
  context.after(server.close);
  const { hosts = '', resolvConf = '', ...options } = setting;
  const resolve = createResolver({
    files: { hosts: (name) => hostsIn(hosts, name), rules: () => rulesIn(resolvConf, {}) },
    askServers: (name, signal) => askNameServers(name, signal, [server.address]),
    lookUp: notFound,
    ...options,
  });
  return { resolve, questions: server.questions };
}

const reasonOf = (error: unknown): true => {
  assert.equal(classifyError(error).reason, 'dns', String(error));
  return true;
};

test('the addresses of both families, those of IPv4 first', async (context) => {
  const { resolve } = await resolverWith(context, () => ({
    v4: ['10.0.0.1', '10.0.0.2'],
    v6: ['2001:db8:0:0:0:0:0:7'],
  }));
  assert.deepEqual(await resolve('sql.example', running), ['10.0.0.1', '10.0.0.2', '2001:db8::7']);
});

test('a name with addresses of one family only', async (context) => {
  const { resolve } = await resolverWith(context, (name) =>
    name === 'six.example' ? { v6: ['2001:db8:0:0:0:0:0:7'] } : { v4: ['10.0.0.1'] },
  );
  assert.deepEqual(await resolve('six.example', running), ['2001:db8::7']);
  assert.deepEqual(await resolve('four.example', running), ['10.0.0.1']);
});

test('an address, localhost and what the hosts file has are asked of nobody', async (context) => {
  const { resolve, questions } = await resolverWith(context, () => 'silent', { hosts: '10.0.0.3 SQL01 # the primary' });
  assert.deepEqual(await resolve('2001:db8::7', running), ['2001:db8::7']);
  assert.deepEqual(await resolve('localhost', running), ['127.0.0.1', '::1']);
  assert.deepEqual(await resolve('sql01', running), ['10.0.0.3']);
  assert.deepEqual(questions, []);
});

test('search domains and ndots are honoured', async (context) => {
  const say = (name: string): Said => (name === 'sql01.corp.example' ? { v4: ['10.0.0.4'] } : 'NXDOMAIN');
  const { resolve, questions } = await resolverWith(context, say, { resolvConf: 'search lab.example corp.example' });
  assert.deepEqual(await resolve('sql01', running), ['10.0.0.4']);
  const names = [...new Set(questions.map((question) => question.split(' ')[0]))];
  assert.deepEqual(names, candidatesFor('sql01', { search: ['lab.example', 'corp.example'], ndots: 1 }).slice(0, 2));
});

test('what no name server knows is left to the system, as names of other kinds are', async (context) => {
  const { resolve } = await resolverWith(context, () => 'NXDOMAIN', { lookUp: async () => ['10.0.0.5'] });
  assert.deepEqual(await resolve('printer.local', running), ['10.0.0.5']);
  const none = await resolverWith(context, () => 'NXDOMAIN');
  await assert.rejects(none.resolve('nobody.example', running), { code: 'ENOTFOUND' });
});

test('a name server that fails is no word about the name', async (context) => {
  const { resolve } = await resolverWith(context, () => 'SERVFAIL');
  await assert.rejects(resolve('sql.example', running), { code: 'EAI_AGAIN' });
});

test('a machine without a name server asks the system', async () => {
  const resolve = createResolver({
    files: { hosts: () => [], rules: () => ({ search: [], ndots: 1 }) },
    // A port where nobody listens.
    askServers: (name, signal) => askNameServers(name, signal, ['127.0.0.1:9']),
    lookUp: async () => ['10.0.0.6'],
  });
  assert.deepEqual(await resolve('sql.example', running), ['10.0.0.6']);
});

test('who asks for the same name shares one question, and each leaves at his own signal', async (context) => {
  const { resolve, questions } = await resolverWith(context, () => 'silent', { limitSeconds: 1 });
  const impatient = new AbortController();
  const first = resolve('dead.example', impatient.signal);
  const others = [resolve('dead.example', running), resolve('dead.example', running)];
  impatient.abort(new Error('late'));
  await assert.rejects(first, { message: 'late' });
  for (const other of others) await assert.rejects(other, reasonOf);
  assert.equal(questions.filter((question) => question === 'dead.example A').length, 1);
});

test('a hundred names that nobody answers for keep no other waiting, and end at their limit', async (context) => {
  const say = (name: string): Said => (name === 'good.example' ? { v4: ['10.0.0.7'] } : 'silent');
  const { resolve } = await resolverWith(context, say, { limitSeconds: 1 });
  const dead = Array.from({ length: 100 }, (_, index) =>
    assert.rejects(resolve(`dead-${index}.example`, running), reasonOf),
  );
  let isOver = false;
  const all = Promise.all(dead).then(() => {
    isOver = true;
  });
  assert.deepEqual(await resolve('good.example', running), ['10.0.0.7']);
  assert.equal(isOver, false);
  await all;
});

test('of what the system keeps silent about, four names are asked at once, and each once', async (context) => {
  const asked: string[] = [];
  const lookUp = (name: string): Promise<never> => {
    asked.push(name);
    return untilAborted(Promise.withResolvers<never>().promise, running);
  };
  const { resolve } = await resolverWith(context, () => 'NXDOMAIN', { lookUp, limitSeconds: 1 });
  const names = Array.from({ length: 20 }, (_, index) => `dead-${index}.local`);
  await Promise.all(names.map((name) => assert.rejects(resolve(name, running), reasonOf)));
  await Promise.all(names.map((name) => assert.rejects(resolve(name, running), reasonOf)));
  assert.equal(asked.length, 4);
});
