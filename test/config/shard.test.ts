import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Config, ConfigWarning } from '../../src/config/config.ts';
import { loadConfig } from '../../src/config/load.ts';
import { shardOf } from '../../src/config/shard/shard.ts';
import { ConfigError } from '../../src/config/value/problem.ts';
import { fc } from '../fuzz/property.ts';
import { configOf } from './shard-config.ts';
import { temporaryFolder } from './temporary-folder.ts';

interface Sharded {
  readonly config: Config;
  readonly problems: readonly string[];
  readonly warnings: readonly ConfigWarning[];
}

function shard(config: Config, ordinal: number, total: number): Sharded {
  const problems: string[] = [];
  const warnings: ConfigWarning[] = [];
  const report = (path: string): unknown => problems.push(path);
  const part = shardOf(config, { ordinal, total }, { report, warn: (warning) => warnings.push(warning) });
  return { config: part, problems, warnings };
}

const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
const links = fc.array(fc.uniqueArray(fc.constantFrom(...names), { minLength: 1, maxLength: 3 }), { maxLength: 6 });
const totals = fc.integer({ min: 1, max: 5 });

test('every server is in one shard, every link in the one of all its servers, whatever the order of the file', () => {
  fc.assert(
    fc.property(links, totals, fc.shuffledSubarray(names, { minLength: names.length }), (ends, total, order) => {
      const texts = ends.map((each) => each.join(' '));
      const shards = Array.from({ length: total }, (_, ordinal) => {
        const { config } = shard(configOf(names.join(' '), texts), ordinal, total);
        const other = shard(configOf(order.join(' '), texts.toReversed()), ordinal, total);
        const servers = config.servers.map(({ name }) => name);
        assert.deepEqual(servers, other.config.servers.map(({ name }) => name).sort());
        for (const link of config.links) assert.ok(link.servers.every((name) => servers.includes(name)));
        return config;
      });
      assert.deepEqual(shards.flatMap(({ servers }) => servers.map(({ name }) => name)).sort(), names);
      assert.equal(shards.flatMap((each) => each.links).length, ends.length);
    }),
  );
});

test('servers that no link lists stay together', () => {
  fc.assert(
    fc.property(links, totals, (ends, total) => {
      const listed = new Set(ends.flat());
      const config = configOf(
        names.join(' '),
        ends.map((each) => each.join(' ')),
      );
      const homes = names
        .filter((name) => !listed.has(name))
        .map((name) =>
          Array.from({ length: total }, (_, ordinal) => shard(config, ordinal, total).config.servers).findIndex(
            (servers) => servers.some((server) => server.name === name),
          ),
        );
      assert.ok(new Set(homes).size <= 1);
    }),
  );
});

/** As long as these stay, a new version of the exporter moves no server to another shard. */
test('the shard of a group is the same for ever', () => {
  const config = configOf('sql-1 mi-1 sql-2 mi-2 sql-3 mi-3 lone', ['sql-1 mi-1', 'sql-2 mi-2', 'sql-3 mi-3']);
  const shards = [0, 1, 2].map((ordinal) => shard(config, ordinal, 3).config.servers.map(({ name }) => name));
  assert.deepEqual(shards, [['sql-2', 'mi-2', 'sql-3', 'mi-3'], ['lone'], ['sql-1', 'mi-1']]);
});

test('many links are spread over the shards', () => {
  const pairs = Array.from({ length: 300 }, (_, index) => `sql-${index} mi-${index}`);
  const config = configOf(pairs.join(' '), pairs);
  for (const ordinal of [0, 1, 2]) {
    const { servers } = shard(config, ordinal, 3).config;
    assert.ok(servers.length > 150 && servers.length < 250, `shard ${ordinal} has ${servers.length} servers`);
  }
});

test('one shard is the whole configuration, with nothing to say of it', () => {
  const config = configOf('a b', ['']);
  assert.deepEqual(shard(config, 0, 1), { config, problems: [], warnings: [] });
});

test('a link without servers is a problem, as its ends may be anywhere', () => {
  assert.deepEqual(shard(configOf('a b', ['a b', '']), 0, 2).problems, ['links[1]']);
});

test('unlisted servers and an empty shard are warned of', () => {
  const config = configOf('a b c', ['a b']);
  const warnings = [0, 1, 2, 3].map((ordinal) => shard(config, ordinal, 4).warnings.map(({ message }) => message));
  for (const messages of warnings) assert.match(messages[0] ?? '', /^no link lists "c": .* in shard \d,/);
  assert.equal(warnings.filter((messages) => messages[1]?.match(/^shard \d of 4 has no server/)).length, 2);
});

test('the file is checked whole, and its shard is what is loaded', async (t) => {
  const path = join(await temporaryFolder(t), 'milink.yaml');
  const server = (name: string): string =>
    `  - { name: ${name}, host: ${name}.example, authentication: { type: sql_login, username: u, password_env: P } }\n`;
  const link = (name: string, servers: string): string =>
    `  - { link: ${name}, managed_instance: mi, servers: [${servers}] }\n`;
  const text = `servers:\n${['a', 'b', 'c', 'd'].map(server).join('')}links:\n${link('L1', 'a, b')}${link('L2', 'c, d')}`;
  await writeFile(path, text);
  const env = { P: 'x' };
  const loaded = await Promise.all([0, 1].map((ordinal) => loadConfig(path, { env, shard: { ordinal, total: 2 } })));
  assert.deepEqual(
    loaded.map(({ config, serversOfOtherShards }) => config.servers.length + serversOfOtherShards),
    [4, 4],
  );
  await writeFile(path, text.replace(', servers: [c, d]', ''));
  await assert.rejects(loadConfig(path, { env, shard: { ordinal: 0, total: 2 } }), (error) => {
    assert.ok(error instanceof ConfigError);
    assert.deepEqual(
      error.problems.map((problem) => problem.path),
      ['links[1]'],
    );
    return true;
  });
});
