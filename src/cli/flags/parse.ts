import { parseArgs } from 'node:util';
import { nearest } from '../../config/value/wording.ts';
import { type Flag, type FlagValues, UsageError, wordsName } from './flag.ts';

/**
 * Parses what follows the command's name. As in the Prometheus family `--no-NAME` switches a switch off, and so does
 * `--NAME=false`; as Go's flag package has it, one dash is as good as two.
 * Words are kept where they are taken; else `stray` says what is wrong with one.
 * @throws UsageError for an unknown flag, a missing or unwanted value, a value outside the choices, a stray word.
 */
export function parseFlags(
  args: readonly string[],
  flags: readonly Flag[],
  takesWords = false,
  stray = (word: string): string => `unexpected argument "${word}"`,
): FlagValues {
  const byName = new Map(flags.map((flag) => [flag.name, flag]));
  const { tokens } = parseArgs({
    args: args.map((arg) => withTwoDashes(arg, byName)),
    options: Object.fromEntries(flags.map((flag) => [flag.name, optionOf(flag)])),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const values = new Map<string, string[]>();
  const words: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') {
      if (!takesWords) throw new UsageError(stray(token.value));
      words.push(token.value);
      continue;
    }
    if (token.kind === 'option-terminator') continue;
    const { flag, value } = meaningOf(token, byName);
    const given = values.get(flag.name);
    if (given !== undefined && !flag.isRepeatable) throw new UsageError(`--${flag.name} is given twice`);
    values.set(flag.name, [...(given ?? []), checkValue(flag, value)]);
  }
  const given = [...values].filter(([name, [value]]) => byName.get(name)?.value !== undefined || value === 'true');
  return new Map(words.length === 0 ? given : [...given, [wordsName, words]]);
}

function withTwoDashes(arg: string, byName: ReadonlyMap<string, Flag>): string {
  const name = /^-([^-=][^=]*)/.exec(arg)?.[1] ?? '';
  return byName.has(name) || byName.has(name.replace(/^no-/, '')) ? `-${arg}` : arg;
}

/** The flag that was meant, and its value: `false` for a switch that is switched off. */
function meaningOf(
  { name, rawName, value }: { readonly name: string; readonly rawName: string; readonly value?: string | undefined },
  byName: ReadonlyMap<string, Flag>,
): { readonly flag: Flag; readonly value: string | undefined } {
  const flag = byName.get(name);
  if (flag !== undefined) return { flag, value };
  const negated = name.startsWith('no-') ? byName.get(name.slice(3)) : undefined;
  if (negated !== undefined && negated.value === undefined && value === undefined)
    return { flag: negated, value: 'false' };
  const answer = answerTo(name);
  if (answer !== null) throw new UsageError(`${rawName} is not a flag here: ${answer}`);
  throw new UsageError(`unknown flag ${rawName}${hint(name, [...byName.values()])}`);
}

function optionOf(flag: Flag): { type: 'string' | 'boolean'; multiple: true; short?: string } {
  const type = flag.value === undefined || flag.isValueOptional ? 'boolean' : 'string';
  return flag.name === 'help' ? { type, multiple: true, short: 'h' } : { type, multiple: true };
}

function checkValue(flag: Flag, value: string | undefined): string {
  if (flag.value === undefined) {
    if (value === undefined || value === 'true' || value === 'false') return value ?? 'true';
    throw new UsageError(`--${flag.name} takes no value but true or false`);
  }
  if (value === undefined && flag.isValueOptional) return 'true';
  if (value === '' && flag.mayBeEmpty) return value;
  if (value === undefined || value === '')
    throw new UsageError(`--${flag.name} needs a value: --${flag.name}=${flag.value}`);
  if (flag.choices && !flag.choices.includes(value)) {
    throw new UsageError(`--${flag.name}: ${choiceMessage(value, flag.choices)}`);
  }
  return value;
}

/** All choices where they fit on a line or two, and the likely one first. */
function choiceMessage(value: string, choices: readonly string[]): string {
  const guess = nearest(value, choices);
  const isShort = choices.length <= 12;
  const all = isShort ? ` The choices are ${choices.join(', ')}` : '';
  if (guess !== null) return `"${value}" is not known, did you mean ${guess}?${all}`;
  return isShort ? `"${value}" is not one of ${choices.join(', ')}` : `"${value}" is not known: --help has the list`;
}

function hint(name: string, flags: readonly Flag[]): string {
  const guess = nearest(
    name,
    flags.map((flag) => flag.name),
  );
  return guess === null ? '' : `, did you mean --${guess}?`;
}

/** Flags of other members of the Prometheus family, and what to do here: completes `--name: `. The first match counts. */
const answers: readonly (readonly [pattern: RegExp, answer: string])[] = [
  [/^(config|config-file|config\.path|config-path|c)$/, 'use --config.file'],
  [/^(dry-run|check-config|config\.dry-run|config\.test|test)$/, 'use --config.check'],
  [
    /^config\.expand-env(ironment-variables)?$/,
    'the configuration file is read as it is written: for secrets use password_file or password_env in it',
  ],
  [
    /^(?:web\.config|web-config|web\.tls-config|tls-config|web-config-file)$|^(?:web\.)?(?:tls|ssl)[.-]|^web\.(?:cert|key|client-ca)[.-]|^web\.(?:auth|basic-auth)/,
    'TLS and users are in a web configuration file: use --web.config.file',
  ],
  [
    /^(telemetry\.address|web\.telemetry-address|web\.address|web\.port|web\.host|listen-address|listen|address|host|port|telemetry-host|telemetry-port|server_bind_address)$/,
    'use --web.listen-address=HOST:PORT',
  ],
  [
    /^(telemetry\.(path|endpoint)|web\.metrics-path|web\.telemetry-endpoint|metrics-path|metrics\.path|web\.path)$/,
    'use --web.telemetry-path',
  ],
  [
    /^(disable-default-metrics|web\.disable-default-metrics|disable-exporter-metrics)$/,
    'use --web.disable-exporter-metrics',
  ],
  [
    /^(web\.max-connections|web\.read-timeout|web\.write-timeout|web\.timeout|web\.get-timeout)$/,
    'connections and times have fixed limits, docs/web-configuration.md lists them',
  ],
  [/^(web\.get-concurrency|web\.max-requests-in-flight)$/, 'use --web.max-requests'],
  [
    /^(?:web\.enable-pprof|enable-pprof|web\.enable-debug)$|^pprof/,
    'there is no profiler over HTTP: use `node --inspect` on a test machine',
  ],
  [/^(log-level|loglevel|verbosity|v)$/, 'use --log.level'],
  [/^(log-format|logtostderr|log_format)$/, 'use --log.format; the log is on standard error'],
  [/^log\.(prober|source|file|dir)$/, 'there is one log, on standard error: use --log.level and --log.format'],
  [
    /^(timeout-offset|scrape\.timeout-offset|scrape-timeout|scrape\.timeout|query-timeout)$/,
    'scrapes read no server, they show the latest poll: use poll_interval and poll_timeout of the configuration file',
  ],
  [
    /^(?:no-)?(?:collectors?|collect|disabled-collectors|enabled-collectors)(?:$|[.[-])/,
    'there are no collectors: use views of the configuration file',
  ],
  [
    /^(data-source-name|config\.data-source-name|dsn|config\.my-cnf|extend\.query-path|auto-discover-databases|include-databases|exclude-databases|constantLabels)$|^(?:database|mysqld)\./,
    'servers are listed in the configuration file: use --config.file',
  ],
  [/^config\.(reload-interval|check-interval)$/, 'use --config.auto-reload-interval'],
  [
    /^web\.(enable-admin-api|enable-remote-write-receiver|enable-otlp-receiver|cors\.origin|page-title|user-assets|enable-agent)$|^web\.console\./,
    flagOf('Prometheus'),
  ],
  [/^(storage|query|rules|scrape|alertmanager|enable-feature|agent|server\.mode)(?:$|[.-])/, flagOf('Prometheus')],
  [/^(?:cluster|data|alerts|dispatch)\./, flagOf('Alertmanager')],
  [
    /^(?:runtime|auto)[.-](?:gomaxprocs|gomemlimit)/,
    'this program runs on Node: use NODE_OPTIONS, as --max-old-space-size',
  ],
  [
    /^(pod|pod-namespace|namespace|namespaces|kubeconfig|apiserver|resources)$|^metric-/,
    'this is a flag of kube-state-metrics: nothing here asks Kubernetes',
  ],
  [/^no-web\.enable-lifecycle$/, 'POST /-/reload is always there: ask for a login with --web.config.file'],
  [/^(?:help-long|help-man)$|^completion-/, 'use --help'],
];

function flagOf(program: string): string {
  return `this is a flag of ${program}, and an exporter has nothing of the kind: leave it out`;
}

/** What to do in the place of a flag that this program does not have; null when nothing is known of it. */
function answerTo(name: string): string | null {
  return answers.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}
