import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTokenSource, type Token, type TokenSource } from '../../src/azure/token-source.ts';

const running = new AbortController().signal;

interface Scene {
  readonly source: TokenSource;
  now: number;
  /** Null: the request fails. */
  lifetimeSeconds: number | null;
  asked: number;
  /** Requests wait for it. */
  gate: Promise<void>;
}

/** A source whose tokens are `token-1`, `token-2`, ... */
function sceneOf(lifetimeSeconds = 3600): Scene {
  const request = async (): Promise<Token> => {
    scene.asked += 1;
    const value = `token-${scene.asked}`;
    await scene.gate;
    if (scene.lifetimeSeconds === null) throw new Error('no token');
    return { value, endTimestampSeconds: scene.now + scene.lifetimeSeconds };
  };
  const source = createTokenSource({ request, nowSeconds: () => scene.now });
  const scene: Scene = { source, now: 1_800_000_000, lifetimeSeconds, asked: 0, gate: Promise.resolve() };
  return scene;
}

test('a token is asked for once and serves until half a minute before its end', async () => {
  const scene = sceneOf();
  assert.equal(await scene.source.get(running), 'token-1');
  scene.now += 3569;
  assert.equal(await scene.source.get(running), 'token-1');
  scene.now += 1;
  assert.equal(await scene.source.get(running), 'token-2');
});

test('a login does not wait for a renewal that hangs', async () => {
  const scene = sceneOf();
  await scene.source.get(running);
  scene.now += 3001;
  scene.gate = new Promise(() => {});
  void scene.source.renew(running);
  assert.equal(scene.asked, 2);
  assert.equal(await scene.source.get(running), 'token-1');
});

test('a token that lives for minutes only is renewed in the last fifth of its life', async () => {
  const scene = sceneOf(500);
  await scene.source.get(running);
  scene.now += 399;
  await scene.source.renew(running);
  assert.equal(scene.asked, 1);
  scene.now += 1;
  await scene.source.renew(running);
  assert.equal(scene.asked, 2);
});

test('renewals that fail are tried once a minute', async () => {
  const scene = sceneOf();
  await scene.source.get(running);
  scene.lifetimeSeconds = null;
  for (scene.now += 3000; scene.asked < 3; scene.now += 15) await scene.source.renew(running);
  assert.equal(scene.now, 1_800_000_000 + 3000 + 60 + 15);
});

test('a renewal does nothing before a login, and before the end is near', async () => {
  const scene = sceneOf();
  await scene.source.renew(running);
  assert.equal(scene.asked, 0);
  await scene.source.get(running);
  scene.now += 2999;
  await scene.source.renew(running);
  assert.equal(scene.asked, 1);
  scene.now += 1;
  await scene.source.renew(running);
  assert.equal(await scene.source.get(running), 'token-2');
  assert.equal(scene.asked, 2);
});

test('a renewal that fails is silent, and the old token serves while it is good', async () => {
  const scene = sceneOf();
  await scene.source.get(running);
  scene.lifetimeSeconds = null;
  scene.now += 3569;
  await scene.source.renew(running);
  assert.equal(scene.asked, 2);
  assert.equal(await scene.source.get(running), 'token-1');
  scene.now += 1;
  await assert.rejects(scene.source.get(running), { message: 'no token' });
  scene.lifetimeSeconds = 3600;
  assert.match(await scene.source.get(running), /^token-\d$/);
});

test('whoever comes while a request runs waits for it', async () => {
  const scene = sceneOf(60);
  const gate = Promise.withResolvers<void>();
  scene.gate = gate.promise;
  const both = Promise.all([scene.source.get(running), scene.source.get(running)]);
  gate.resolve();
  assert.deepEqual(await both, ['token-1', 'token-1']);
  assert.equal(scene.asked, 1);
});

test('a token that is forgotten is asked for again', async () => {
  const scene = sceneOf();
  await scene.source.get(running);
  scene.source.forget();
  assert.equal(await scene.source.get(running), 'token-2');
});
