import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { flagGroups } from '../../src/cli/flags/flag.ts';
import { runHere } from './fake-terminal.ts';
import { run } from './process.ts';

let folder = '';
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'milink-cli-'));
  await writeFile(join(folder, 'good.yaml'), configuration('MILINK_PASSWORD'));
  await writeFile(join(folder, 'bad.yaml'), 'poll_intervall: 15s\nservers: []\n');
});
after(() => rm(folder, { recursive: true }));

function configuration(variable: string): string {
  return [
    'servers:',
    '  - name: sql-1',
    '    host: 127.0.0.1',
    '    port: 1',
    `    authentication: { type: sql_login, username: milink, password_env: ${variable} }`,
    '    tls: { mode: off }',
    '',
  ].join('\n');
}

test('--help goes to standard output, fits 80 columns and names every command and flag', async () => {
  const { code, out, error } = await run(['--help']);
  assert.equal(code, 0);
  assert.equal(error, '');
  for (const word of [
    'serve',
    'check',
    'healthcheck',
    'grants',
    'demo',
    'simulate',
    '--config.file',
    '--web.listen-address',
    ':10522',
    '--log.format',
  ]) {
    assert.ok(out.includes(word), word);
  }
  assert.deepEqual(
    out.split('\n').filter((line) => line.length > 80),
    [],
  );
});

test('--help groups the flags under headings, always in one order', async () => {
  const { out } = await run(['--help']);
  const headings = [...out.matchAll(/^(\w+) flags of serve:$/gm)].map(([, group]) => group ?? '');
  assert.deepEqual(
    headings,
    flagGroups.filter((group) => headings.includes(group)),
  );
  for (const [flag, group] of [
    ['config.file', 'Configuration'],
    ['web.listen-address', 'Web'],
    ['log.level', 'Logging'],
    ['help', 'Other'],
  ] as const) {
    const section = out.slice(out.indexOf(`\n${group} flags of serve:\n`));
    assert.match(section.slice(0, section.indexOf('\n\n')), new RegExp(`^ {2}--${flag}\\b`, 'm'));
  }
});

for (const command of ['serve', 'init', 'check', 'healthcheck', 'grants', 'demo', 'simulate']) {
  for (const flag of ['--help', '-h']) {
    test(`${command} ${flag} shows its flags`, async () => {
      const { code, out } = await runHere([command, flag]);
      assert.equal(code, 0);
      assert.match(out, new RegExp(`^usage: milink-exporter ${command} `));
    });
  }
}

test('--version says the version, of the program and of Node', async () => {
  const { code, out } = await run(['--version']);
  assert.equal(code, 0);
  assert.match(out, /^milink-exporter, version \d+\.\d+\.\d+\n {2}node version: v24\./);
});

const misuse: readonly [readonly string[], RegExp][] = [
  [['serv'], /unknown command "serv": did you mean serve\?, try --help/],
  [
    ['frobnicate'],
    /unknown command "frobnicate": the commands are serve, init, check, explain, healthcheck, grants, record, preflight, test-network, demo, simulate/,
  ],
  [['version'], /unknown command "version": use --version, try --help/],
  [['help', 'chekc'], /unknown command "chekc": did you mean check\?/],
  [['--config.fil=x'], /unknown flag --config\.fil, did you mean --config\.file\?/],
  [['-x'], /unknown flag -x/],
  [['serve', 'extra'], /unexpected argument "extra"/],
  [['serve', 'preflight'], /"preflight" is a command of its own: one at a time/],
  [['serve', '--log.level=warning'], /did you mean warn\?/],
  [['explain', ''], /what is to be explained\?/],
  [['--config.file'], /--config\.file needs a value: --config\.file=PATH/],
  [['--config.check=yes'], /--config\.check takes no value but true or false/],
  [['--log.level=loud'], /--log\.level: "loud" is not one of debug, info, warn, error/],
  [['--log.level=info', '--log.level=warn'], /--log\.level is given twice/],
  [['--web.listen-address=vsock://:1'], /--web\.listen-address: .*Node has no VM sockets/],
  [['--web.telemetry-path=/-/healthy'], /--web\.telemetry-path: \/- is taken by the exporter itself/],
  [['--web.telemetry-path=metrics'], /--web\.telemetry-path: "metrics" does not start with a slash/],
  [['--web.route-prefix=/a//b'], /--web\.route-prefix: "\/a\/\/b" is not a path/],
  [['--web.external-url=mon.example'], /--web\.external-url: not a URL that starts with http/],
  [['--web.max-requests=-1'], /--web\.max-requests: "-1" is not a whole number/],
  [['--web.tls-config=x'], /--web\.tls-config is not a flag here: .*use --web\.config\.file/],
  [['--web.listen-address=10522'], /--web\.listen-address: .*port/],
  [['--shard=0'], /--shard needs --total-shards beside it/],
  [['--total-shards=2'], /--total-shards needs --shard beside it/],
  [['--shard=2', '--total-shards=2'], /--shard: "2" is not a whole number from 0 to 1/],
  [['--shard=0', '--total-shards=0'], /--total-shards: "0" is not a whole number from 1 to 1024/],
  [['demo', '--speed=0'], /--speed: "0" is not a number from 0\.01 to 100/],
  [['simulate', '--delay=30'], /--delay: "30" is not a duration up to 10s, with its unit, as in 30s/],
  [['demo', '--delay=11s'], /--delay: "11s" is not a duration up to 10s/],
  [['demo', '--healthy-first=soon'], /--healthy-first: "soon" is not a duration up to 1d/],
  [['demo', '--links=many'], /--links: "many" is not a whole number from 1 to 500/],
  [['demo', '--scenario=calm'], /--scenario: "calm" is not known: --help has the list/],
  [['demo', '--scenario=splitbrain'], /--scenario: "splitbrain" is not known, did you mean split-brain\?/],
  [['simulate', '--simulator.listen=:0', '--simulator.listen=:0', '--simulator.listen=:0'], /a pair has two servers/],
];

for (const [args, message] of misuse) {
  test(`${args.join(' ')}: exit code 2 with a hint`, async () => {
    const { code, out, error } = await runHere(args);
    assert.equal(code, 2);
    assert.equal(out, '');
    assert.match(error, message);
    assert.equal(error.trim().split('\n').length, 1, 'one line, no stack trace');
  });
}

test('help with the name of a command is the help of that command', async () => {
  const [named, flagged, all] = await Promise.all(
    [['help', 'check'], ['check', '--help'], ['help']].map((args) => runHere(args)),
  );
  assert.deepEqual(named, flagged);
  assert.notDeepEqual(named, all);
});

test('--config.check on a good file: exit code 0, warnings and what it holds', async () => {
  const { code, out, error } = await run(['--config.check', '--config.file=good.yaml'], {
    cwd: folder,
    env: { MILINK_PASSWORD: 'hunter2' },
  });
  assert.equal(error, '');
  assert.equal(code, 0);
  assert.match(out, /^warning: good\.yaml: servers\[0\]\.tls\.mode: /);
  assert.match(out, /good\.yaml is valid: 1 server, 0 expected links\n$/);
  assert.doesNotMatch(out, /hunter2/);
});

test('--config.check says what of the file is in the shard', async () => {
  const options = { cwd: folder, env: { MILINK_PASSWORD: 'hunter2' } };
  const reports = await Promise.all(
    ['0', '1'].map((shard) =>
      run(['--config.check', '--config.file=good.yaml', `--shard=${shard}`, '--total-shards=2'], options),
    ),
  );
  const outs = reports.map(({ out }) => out).sort();
  for (const out of outs) assert.match(out, /no link lists /);
  assert.match(outs.join(''), /has no server.*\n.* is valid: 0 servers \(1 more in other shards\), 0 expected links\n/);
  assert.match(outs.join(''), /good\.yaml is valid: 1 server, 0 expected links\n/);
});

test('--config.check on a bad file: exit code 1, every problem on a line of its own', async () => {
  const { code, out, error } = await run(['--config.check', '--config.file', 'bad.yaml'], { cwd: folder });
  assert.equal(code, 1);
  assert.equal(out, '');
  assert.match(error, /^bad\.yaml:1: .*poll_intervall.*poll_interval/m);
  assert.match(error, /^bad\.yaml:2: servers/m);
});

test('--config.check looks at the web configuration file too', async () => {
  await writeFile(join(folder, 'web.yml'), 'rate_limit: { interval: 1s, burst: 1 }\n');
  await writeFile(join(folder, 'bad-web.yml'), 'rate_limits: {}\n');
  const check = (web: string) =>
    run(['--config.check', '--config.file=good.yaml', `--web.config.file=${web}`], {
      cwd: folder,
      env: { MILINK_PASSWORD: 'hunter2' },
    });
  const good = await check('web.yml');
  assert.deepEqual([good.code, good.error], [0, '']);
  assert.match(good.out, /web\.yml is valid: plain HTTP, no login\n$/);
  // As for the toolkit: an empty name is none.
  const none = await check('');
  assert.deepEqual([none.code, none.error], [0, '']);
  assert.doesNotMatch(none.out, /plain HTTP/);
  const bad = await check('bad-web.yml');
  assert.equal(bad.code, 1);
  assert.equal(bad.error, 'bad-web.yml:1: rate_limits: unknown key: did you mean rate_limit?\n');
});

test('a missing configuration file is one clear line', async () => {
  const { code, error } = await run(['serve'], { cwd: folder });
  assert.equal(code, 1);
  assert.match(error, /^milink\.yaml: /);
  assert.equal(error.trim().split('\n').length, 1);
});
