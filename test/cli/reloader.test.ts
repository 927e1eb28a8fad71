import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createReloader } from '../../src/cli/serve/reload.ts';
import type { LoadedConfig } from '../../src/config/config.ts';
import { ConfigError } from '../../src/config/value/problem.ts';
import { createLogger } from '../../src/log/logger.ts';
import { configOf } from '../config/shard-config.ts';

function loadedOf(text: string, warnings: LoadedConfig['warnings'] = []): LoadedConfig {
  return { config: configOf('a', []), warnings, serversOfOtherShards: 0, text, files: [] };
}

type Load = () => Promise<LoadedConfig>;

/** A reloader over loads that the test gives, with all that it did. */
function world(...loads: readonly Load[]) {
  const applied: string[] = [];
  const loaded: boolean[] = [];
  const lines: { level: string; msg: string }[] = [];
  let next = 0;
  const reloader = createReloader({
    source: {
      path: 'milink.yaml',
      loaded: loadedOf('first'),
      load: () => loads[next++]?.() ?? assert.fail('one load too many'),
    },
    apply: async ({ text }) => {
      applied.push(text);
      return { added: 1 };
    },
    logger: createLogger({ level: 'info', format: 'json', write: (line) => lines.push(JSON.parse(line)) }),
    metrics: { configLoaded: (isGood) => loaded.push(isGood) },
    nowSeconds: () => 1000,
  });
  return { reloader, applied, loaded, lines, loads: () => next };
}

const bad: Load = async () => {
  throw new ConfigError([
    { file: 'milink.yaml', path: 'servers[0].port', line: 4, message: 'no port' },
    { file: 'milink.yaml', path: 'links', line: 9, message: 'no list' },
  ]);
};

test('a good configuration is applied, told and in force', async () => {
  const warnings = [{ path: 'servers[0].tls.mode', message: 'TLS is off' }];
  const { reloader, applied, loaded, lines } = world(async () => loadedOf('second', warnings));
  assert.equal(await reloader.reload(), null);
  assert.deepEqual([applied, loaded, reloader.current().text], [['second'], [true], 'second']);
  assert.deepEqual(
    lines.map(({ level, msg }) => `${level} ${msg}`),
    ['warn TLS is off', 'info configuration reloaded'],
  );
});

test('a bad one changes nothing and says every problem, in the answer and in the log', async () => {
  const { reloader, applied, loaded, lines } = world(bad);
  assert.equal(await reloader.reload(), 'milink.yaml:4: servers[0].port: no port\nmilink.yaml:9: links: no list');
  assert.deepEqual([applied, loaded, reloader.current().text], [[], [false], 'first']);
  assert.deepEqual(
    lines.map(({ level, msg }) => `${level} ${msg}`),
    [
      'error configuration problem',
      'error configuration problem',
      'error configuration not reloaded: the former one stays',
    ],
  );
});

test('after a bad one a good one is in force again', async () => {
  const { reloader, loaded } = world(bad, async () => loadedOf('third'));
  await reloader.reload();
  assert.equal(await reloader.reload(), null);
  assert.deepEqual([loaded, reloader.current().text], [[false, true], 'third']);
});

test('a defect while loading counts as refused, reaches who asked, and hinders no later reload', async () => {
  const broken: Load = async () => {
    throw new TypeError('a defect');
  };
  const { reloader, loaded } = world(broken, async () => loadedOf('third'));
  await assert.rejects(reloader.reload(), /a defect/);
  assert.equal(await reloader.reload(), null);
  assert.deepEqual(loaded, [false, true]);
});

test('one reload at a time: who asks during one shares the next', async () => {
  const gate = Promise.withResolvers<LoadedConfig>();
  const { reloader, applied, loads } = world(
    () => gate.promise,
    async () => loadedOf('third'),
  );
  const first = reloader.reload();
  await Promise.resolve();
  const [second, third] = [reloader.reload(), reloader.reload()];
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(loads(), 1);
  gate.resolve(loadedOf('second'));
  await Promise.all([first, second, third]);
  assert.deepEqual([applied, loads()], [['second', 'third'], 2]);
});
