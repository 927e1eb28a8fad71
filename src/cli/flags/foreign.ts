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
export function answerTo(name: string): string | null {
  return answers.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}
