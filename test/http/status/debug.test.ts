import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { managedInstance, sqlServer } from '../../link/server-state.ts';
import { stateOf } from '../../metrics/series.ts';
import { type Service, startService } from '../service.ts';
import { textOf } from './pages.ts';

const state = stateOf([sqlServer(), managedInstance()]);
const address = '/debug?server=sql-prod-01';

function post({ url }: Service, headers: Record<string, string> = {}, path = address): Promise<Response> {
  return fetch(url + path, { method: 'POST', redirect: 'manual', headers });
}

test('to look at the debug view polls nothing, to ask for a poll polls once and leads to the view', async (context) => {
  const polled: string[] = [];
  const pollNow = async (name: string): Promise<null> => {
    polled.push(name);
    return null;
  };
  const service = await startService(context, { state, pollNow });
  for (const method of ['GET', 'HEAD']) {
    assert.equal((await fetch(service.url + address, { method })).status, 200);
  }
  assert.deepEqual(polled, []);
  const response = await post(service);
  assert.deepEqual([response.status, response.headers.get('location')], [303, address]);
  assert.deepEqual(polled, ['sql-prod-01']);
});

test('a server is polled on request at most every ten seconds, and says when it may be again', async (context) => {
  let polls = 0;
  const pollNow = async (): Promise<null> => {
    polls += 1;
    return null;
  };
  const service = await startService(context, { state, pollNow });
  assert.equal((await post(service)).status, 303);
  const again = await post(service);
  assert.equal(again.status, 429);
  assert.match(again.headers.get('retry-after') ?? '', /^([1-9]|10)$/);
  assert.match(textOf(await again.text()), /Not polled: this server was polled on request a moment ago/);
  assert.equal((await post(service, {}, '/debug?server=mi-prod')).status, 303);
  assert.equal(polls, 2);
});

test('one poll is asked for at a time, of whatever server', async (context) => {
  const { promise, resolve } = Promise.withResolvers<null>();
  const asked = Promise.withResolvers<void>();
  const pollNow = (): Promise<null> => {
    asked.resolve();
    return promise;
  };
  const service = await startService(context, { state, pollNow });
  const first = post(service);
  await asked.promise;
  const second = await post(service, {}, '/debug?server=mi-prod');
  assert.equal(second.status, 429);
  assert.match(textOf(await second.text()), /another poll that was asked for is under way/);
  resolve(null);
  assert.equal((await first).status, 303);
});

describe('no page of another site can have a server polled', () => {
  const cases: readonly (readonly [string, Record<string, string>, number])[] = [
    ['another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }, 403],
    ['another host of the site', { 'sec-fetch-site': 'same-site' }, 403],
    ['another site, plain HTTP', { origin: 'http://evil.example' }, 403],
    ['another port', { origin: 'http://127.0.0.1:1' }, 403],
    ['a page without an origin', { origin: 'null' }, 403],
    ['what is no origin', { origin: 'x' }, 403],
    ['the page itself', { 'sec-fetch-site': 'same-origin', origin: 'https://behind.a.proxy.example' }, 303],
    ['no page', { 'sec-fetch-site': 'none' }, 303],
    ['curl', {}, 303],
  ];
  for (const [what, headers, status] of cases) {
    test(what, async (context) => {
      let polls = 0;
      const pollNow = async (): Promise<null> => {
        polls += 1;
        return null;
      };
      const service = await startService(context, { state, pollNow });
      assert.equal((await post(service, headers)).status, status);
      assert.equal(polls, status === 303 ? 1 : 0);
    });
  }

  test('the page itself, plain HTTP', async (context) => {
    const service = await startService(context, { state, pollNow: async () => null });
    assert.equal((await post(service, { origin: service.url })).status, 303);
  });
});

test('when it is off there is no debug view, and the page of the server does not lead to it', async (context) => {
  const service = await startService(context, { state });
  for (const response of [await fetch(service.url + address), await post(service)]) {
    assert.equal(response.status, 403);
    assert.equal(await response.text(), 'the debug view is off: --web.disable-debug is given\n');
  }
  assert.doesNotMatch(await (await fetch(`${service.url}/server?name=sql-prod-01`)).text(), /\/debug/);
});
