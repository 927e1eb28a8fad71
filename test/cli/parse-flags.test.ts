import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Flag } from '../../src/cli/flags/flag.ts';
import { parseFlags } from '../../src/cli/flags/parse.ts';

const flags: readonly Flag[] = [
  { name: 'config.file', group: 'Configuration', value: 'PATH', help: 'A file.' },
  { name: 'web.listen-address', group: 'Web', value: 'ADDRESS', isRepeatable: true, help: 'An address.' },
  { name: 'web.systemd-socket', group: 'Web', help: 'A switch.' },
  { name: 'help', group: 'Other', help: 'Help.' },
];

const parse = (args: readonly string[]): Record<string, readonly string[]> =>
  Object.fromEntries(parseFlags(args, flags));

describe('what is taken', () => {
  const cases: readonly (readonly [readonly string[], Record<string, readonly string[]>])[] = [
    [[], {}],
    [['--config.file=a'], { 'config.file': ['a'] }],
    [['--config.file', 'a'], { 'config.file': ['a'] }],
    [['-config.file=a'], { 'config.file': ['a'] }],
    [['-config.file', '-a'], { 'config.file': ['-a'] }],
    [['-web.listen-address=:1', '--web.listen-address=:2'], { 'web.listen-address': [':1', ':2'] }],
    [['--web.systemd-socket'], { 'web.systemd-socket': ['true'] }],
    [['--web.systemd-socket=true'], { 'web.systemd-socket': ['true'] }],
    [['--web.systemd-socket=false'], {}],
    [['--no-web.systemd-socket'], {}],
    [['-no-web.systemd-socket'], {}],
    [['-web.systemd-socket'], { 'web.systemd-socket': ['true'] }],
    [['-h'], { help: ['true'] }],
  ];
  for (const [args, values] of cases) {
    test(args.join(' ') || 'nothing', () => assert.deepEqual(parse(args), values));
  }
});

describe('what is refused', () => {
  const cases: Readonly<Record<string, string>> = {
    '--web.systemd-socket=maybe': '--web.systemd-socket takes no value but true or false',
    '--no-config.file': 'unknown flag --no-config.file, did you mean --config.file?',
    '--no-web.systemd-socket=true': 'unknown flag --no-web.systemd-socket, did you mean --web.systemd-socket?',
    '--web.systemd-socket --no-web.systemd-socket': '--web.systemd-socket is given twice',
    '--config.file=': '--config.file needs a value: --config.file=PATH',
  };
  for (const [args, message] of Object.entries(cases)) {
    test(args, () => assert.throws(() => parse(args.split(' ')), { name: 'UsageError', message }));
  }
});

describe('flags of the family are answered with what to do here', () => {
  const cases: Readonly<Record<string, RegExp>> = {
    '--web.config=x': /use --web\.config\.file$/,
    '--web.cert-file=x': /use --web\.config\.file$/,
    '--tls-config=x': /use --web\.config\.file$/,
    '--config=x': /use --config\.file$/,
    '--dry-run': /use --config\.check$/,
    '--config.expand-environment-variables': /password_file or password_env/,
    '--telemetry.address=:1': /use --web\.listen-address/,
    '--port=1': /use --web\.listen-address/,
    '--web.metrics-path=/x': /use --web\.telemetry-path$/,
    '--web.max-connections=1': /fixed limits/,
    '--web.get-concurrency=1': /use --web\.max-requests$/,
    '--web.enable-admin-api': /a flag of Prometheus/,
    '--storage.tsdb.path=x': /a flag of Prometheus/,
    '--enable-feature=x': /a flag of Prometheus/,
    '--cluster.listen-address=': /a flag of Alertmanager/,
    '--runtime.gomaxprocs=2': /NODE_OPTIONS/,
    '--timeout-offset=0.5': /poll_timeout/,
    '--collector.cpu': /use views of the configuration file$/,
    '--no-collector.cpu': /use views of the configuration file$/,
    '--collect.info_schema.tables': /use views of the configuration file$/,
    '--disable-default-metrics': /use --web\.disable-exporter-metrics$/,
    '--config.data-source-name=x': /use --config\.file$/,
    '--log.prober=x': /use --log\.level/,
    '--no-web.enable-lifecycle': /POST \/-\/reload is always there/,
    '--kubeconfig=x': /kube-state-metrics/,
    '--help-long': /use --help$/,
  };
  for (const [arg, answer] of Object.entries(cases)) {
    test(arg, () => {
      assert.throws(
        () => parse([arg]),
        (error: Error) =>
          error.name === 'UsageError' && / is not a flag here: /.test(error.message) && answer.test(error.message),
      );
    });
  }
});

test('no answer hides a flag that a misspelling is nearer to', () => {
  assert.throws(() => parse(['--config.fil=x']), { message: 'unknown flag --config.fil, did you mean --config.file?' });
  assert.throws(() => parse(['--frobnicate']), { message: 'unknown flag --frobnicate' });
});
