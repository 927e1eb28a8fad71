import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startExporter } from '../../src/cli/serve/exporter.ts';
import { simulatedAzureConfig } from '../../src/cli/simulate/azure.ts';
import type { Config, ServerConfig } from '../../src/config/config.ts';
import { secretOf } from '../../src/config/secret/secret.ts';
import { createLogger } from '../../src/log/logger.ts';
import { mixinConfig, settingsOf } from '../../src/mixin/config.ts';
import { levelGroups } from '../../src/mixin/recording/levels.ts';
import { ruleFile } from '../../src/mixin/rule-file.ts';
import { systemClock } from '../../src/poll/time/clock.ts';
import { type Pair, startPair } from '../../src/simulator/pair.ts';
import type { End } from '../../src/simulator/pair-end.ts';
import { comes } from '../daemons/comes.ts';
import { type Scope, temporaryFolder } from '../daemons/daemon.ts';
import { answer, type Prometheus, startPrometheus } from '../daemons/prometheus.ts';
import { azureMembers, type Member, sharedMembers, members as troubles } from './members.ts';

/** Short, for tests; Grafana's `$__rate_interval` is four of them. */
export const scrapeIntervalSeconds = 3;
const pollIntervalSeconds = 4;
/** Far beyond what a poll takes, also on a machine that does much else. */
const patienceSeconds = 60;

/** Which exporter is which: the label `instance`. */
export const instances = { all: 'exporter-a:10522', shared: 'exporter-b:10522', down: 'exporter-c:10522' } as const;

const account = {
  name: 'milink',
  password: 'milink-demo',
  permissions: ['VIEW SERVER STATE', 'VIEW ANY DEFINITION', 'VIEW ANY ERROR LOG'],
};

/** Pairs of simulated servers, exporters that poll them, and a Prometheus that scrapes these. */
export interface Estate {
  readonly prometheus: Prometheus;
  /** Resolves to when the last of them was, in Unix seconds, when Prometheus has scraped each exporter so many times more. */
  readonly scrapes: (count: number) => Promise<number>;
  /** Resolves when a query gives something. */
  readonly shows: (query: string) => Promise<void>;
  /** Puts every link into the scenario of its story: until then all are healthy. */
  readonly begin: () => Promise<void>;
  /** Ends the exporters and the servers; Prometheus stays and knows what was. */
  readonly freeze: () => Promise<void>;
}

interface Running {
  readonly member: Member;
  readonly pair: Pair;
  /** Lets a clock that is behind jump to the true time. */
  readonly catchUp: () => void;
}

export interface EstateOptions {
  /**
   * The clocks of the exporters are so much behind until the story begins: what takes them minutes to see, as how fast a log
   * grows, is seen at once then.
   */
  readonly behindSeconds?: number;
  readonly members?: readonly Member[];
}

/** Starts the whole picture; it ends with the scope. Every link is healthy until `begin`. */
export async function startEstate(
  scope: Scope,
  { behindSeconds = 0, members = troubles }: EstateOptions = {},
): Promise<Estate> {
  let behind = behindSeconds;
  const clock = { ...systemClock, nowSeconds: () => systemClock.nowSeconds() - behind };
  const living = scope.use(new AsyncDisposableStack());
  const running = await Promise.all(members.map((member) => startMember(living, member)));
  const shared = running.filter(({ member }) => sharedMembers.includes(member.name));
  const targets = [
    [instances.all, await startPoller(living, running, { azureOf: azureMembers.all, clock })],
    [instances.shared, await startPoller(living, shared, { azureOf: azureMembers.shared, clock })],
    // Nothing listens on this port of loopback: it is privileged and nobody's.
    [instances.down, '127.0.0.1:1'],
  ] as const;
  const prometheus = await startPrometheus(scope, await writePrometheusConfig(scope, targets));
  return {
    prometheus,
    scrapes: (count) => scrapes(prometheus, count),
    shows: (query) => shows(prometheus, query),
    begin: async () => {
      behind = 0;
      await begin(running);
    },
    freeze: () => living.disposeAsync(),
  };
}

async function startMember(scope: Scope, member: Member): Promise<Running> {
  const { name, databases } = member;
  // Behind until the story begins, so that it is told by the true clock.
  let behind = member.aheadSeconds ?? 0;
  const pair = await startPair({
    ...member.pair,
    scenario: 'healthy',
    staleImports: [],
    accounts: [account],
    names: [{ link: `DAG_${name}`, databases }],
    sqlServerName: `sql-${name.toLowerCase()}`,
    managedInstanceName: `mi-${name.toLowerCase()}`,
    clock: () => Date.now() - behind * 1000,
    ...(Object.values(azureMembers).includes(name) ? { azure: { behindMilliseconds: 0 } } : {}),
  });
  scope.defer(() => pair.close());
  return {
    member,
    pair,
    catchUp: () => {
      behind = 0;
    },
  };
}

interface PollerOptions {
  /** The member whose Azure it reads. */
  readonly azureOf: string;
  readonly clock: typeof systemClock;
}

async function startPoller(
  scope: Scope,
  running: readonly Running[],
  { azureOf, clock }: PollerOptions,
): Promise<string> {
  const pair = running.find(({ member }) => member.name === azureOf)?.pair;
  const exporter = await startExporter({
    config: { ...configOf(running), ...(pair === undefined ? {} : simulatedAzureConfig(pair)) },
    clock,
    sources: [{ host: '127.0.0.1', port: 0 }],
    logger: createLogger({ level: 'error', format: 'json', write: () => undefined }),
  });
  scope.defer(() => exporter.stop());
  return `127.0.0.1:${exporter.addresses[0]?.port}`;
}

function configOf(running: readonly Running[]): Config {
  return {
    pollIntervalSeconds,
    pollTimeoutSeconds: patienceSeconds,
    views: {},
    servers: running.flatMap(({ pair }) =>
      [pair.sqlServer, pair.managedInstance].map((end) => serverConfig(pair, end)),
    ),
    links: running.map(({ member, pair }) => ({
      name: `DAG_${member.name}`,
      managedInstance: nameOf(pair.managedInstance),
      servers: [nameOf(pair.sqlServer), nameOf(pair.managedInstance)],
      databases: member.expectedDatabases ?? member.databases,
    })),
  };
}

function serverConfig(pair: Pair, end: End): ServerConfig {
  return {
    name: nameOf(end),
    host: end.host,
    port: end.port,
    authentication: { type: 'sql_login', username: account.name, password: secretOf(account.password) },
    tls: { mode: 'encrypt', ca: pair.certificateAuthority, serverName: 'localhost', trustServerCertificate: false },
    errorLog: { intervalSeconds: pollIntervalSeconds, timeoutSeconds: patienceSeconds },
  };
}

/** Its machine's short name: what people call it. */
function nameOf({ identity }: End): string {
  return identity.hostName.split('.')[0] ?? identity.hostName;
}

async function writePrometheusConfig(scope: Scope, targets: readonly (readonly [string, string])[]): Promise<string> {
  const file = join(await temporaryFolder(scope), 'prometheus.yaml');
  const staticConfigs = targets.map(([instance, address]) => ({ targets: [address], labels: { instance } }));
  const config = {
    global: { scrape_interval: `${scrapeIntervalSeconds}s`, evaluation_interval: `${scrapeIntervalSeconds}s` },
    rule_files: [await writeRules(scope)],
    scrape_configs: [{ job_name: 'milink-exporter', static_configs: staticConfigs }],
  };
  await writeFile(file, JSON.stringify(config));
  return file;
}

/** What the dashboards show of what is recorded, every few seconds and not every hour. */
async function writeRules(scope: Scope): Promise<string> {
  const settings = settingsOf(mixinConfig);
  const groups = levelGroups(settings).map((group) => ({ ...group, interval: `${scrapeIntervalSeconds}s` as const }));
  const file = join(await temporaryFolder(scope), 'rules.yaml');
  await writeFile(file, ruleFile(groups, { head: [], ...settings }));
  return file;
}

/**
 * On a busy machine a scrape may fail, and leaves no series: only instants count at which all exporters had been scraped. A
 * scrape is written when it ends, with the time at which it began: instants that one under way may still change don't count yet.
 */
async function scrapes(prometheus: Prometheus, count: number): Promise<number> {
  const alive = [instances.all, instances.shared].join('|');
  const query = `(sum(up{instance=~"${alive}"}) == 2)`;
  const since = Date.now() / 1000;
  const succeeded = async (): Promise<readonly number[]> => {
    const settled = Date.now() / 1000 - 2 * scrapeIntervalSeconds;
    const series = await prometheus.samples(query, `1h:${scrapeIntervalSeconds}s`);
    return series.flatMap(({ values }) => values.map(([at]) => at)).filter((at) => at > since && at < settled);
  };
  let found: readonly number[] = [];
  const areEnough = async (): Promise<boolean> => {
    found = await succeeded();
    return found.length >= count;
  };
  await comes(`${count} scrapes of each exporter`, areEnough, 4 * patienceSeconds);
  return found.at(-1) ?? since;
}

async function shows({ url }: Prometheus, query: string): Promise<void> {
  const address = `${url}/api/v1/query?${new URLSearchParams({ query })}`;
  const something = async (): Promise<boolean> =>
    (await answer<{ result: readonly unknown[] }>(address)).result.length > 0;
  await comes(query, something, 4 * patienceSeconds);
}

async function begin(running: readonly Running[]): Promise<void> {
  for (const { member, pair, catchUp } of running) {
    pair.setScenario(member.scenario);
    pair.setWorldOptions({ staleImports: member.pair?.staleImports ?? [] });
    catchUp();
    await member.happens?.(pair);
  }
}
