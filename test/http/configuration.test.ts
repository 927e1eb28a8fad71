import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startService } from './service.ts';

const state = { servers: [], links: [] };

test('POST and PUT reload, and say so; a refused one is 500 with every problem', async (t) => {
  const answers = [null, 'milink.yaml:3: servers: bad\nmilink.yaml:4: links: bad'];
  const configuration = { text: () => '', reload: async () => answers.shift() ?? null };
  const { url } = await startService(t, { state, configuration });
  const good = await fetch(`${url}/-/reload`, { method: 'POST' });
  assert.deepEqual([good.status, await good.text()], [200, 'configuration reloaded\n']);
  const bad = await fetch(`${url}/-/reload`, { method: 'PUT' });
  assert.equal(bad.status, 500);
  assert.equal(
    await bad.text(),
    'configuration not reloaded, the former one stays:\nmilink.yaml:3: servers: bad\nmilink.yaml:4: links: bad\n',
  );
});

test('any other method is 405 with Allow, and reloads nothing', async (t) => {
  let reloads = 0;
  const reload = async (): Promise<null> => {
    reloads += 1;
    return null;
  };
  const { url } = await startService(t, { state, configuration: { text: () => '', reload } });
  for (const method of ['GET', 'HEAD', 'DELETE']) {
    const response = await fetch(`${url}/-/reload`, { method });
    assert.deepEqual([response.status, response.headers.get('allow')], [405, 'POST, PUT'], method);
  }
  assert.equal(reloads, 0);
});

test('a defect while reloading is 500 without its text', async (t) => {
  const reload = (): Promise<null> => Promise.reject(new Error('hunter2'));
  const { url, errors } = await startService(t, { state, configuration: { text: () => '', reload } });
  const response = await fetch(`${url}/-/reload`, { method: 'POST' });
  assert.equal(response.status, 500);
  assert.doesNotMatch(await response.text(), /hunter2/);
  assert.equal(errors.length, 1);
});

test('/config is the text in force, for nobody to keep', async (t) => {
  let text = 'poll_interval: 15s\n';
  const { url } = await startService(t, { state, configuration: { text: () => text, reload: async () => null } });
  const response = await fetch(`${url}/config`);
  assert.deepEqual([response.status, response.headers.get('content-type')], [200, 'text/plain; charset=utf-8']);
  assert.equal(response.headers.get('cache-control'), 'no-store');
  assert.equal(await response.text(), text);
  text = 'poll_interval: 5s\n';
  assert.equal(await (await fetch(`${url}/config`)).text(), text);
  assert.equal((await fetch(`${url}/config`, { method: 'POST' })).status, 405);
});

test('where there is no file to load again, there is neither', async (t) => {
  const { url } = await startService(t, { state });
  assert.equal((await fetch(`${url}/config`)).status, 404);
  assert.equal((await fetch(`${url}/-/reload`, { method: 'POST' })).status, 404);
});
