import type { TestContext } from 'node:test';
import type { Config, ServerConfig } from '../../src/config/config.ts';
import { secretOf } from '../../src/config/secret/secret.ts';
import type { ServerState } from '../../src/model/server-state.ts';
import { type Pair, startPair } from '../../src/simulator/pair.ts';
import type { End } from '../../src/simulator/pair-end.ts';
import type { Scenario } from '../../src/simulator/scenario/index.ts';
import { type HarnessOptions, password, worldMilliseconds } from './harness.ts';

/** A pair and a configuration whose page is kept. */
export interface GoldenCase {
  readonly name: string;
  readonly options: (context: TestContext) => HarnessOptions;
  /** What has to be there besides a poll of each server. */
  readonly isSeen?: (server: ServerState) => boolean;
}

/** Scenarios whose pages are kept as they are with one link of one database. */
const ordinaryScenarios = [
  'healthy',
  'seeding',
  'seeding-failed',
  'seeding-retried',
  'seeding-refused',
  'seeding-stalled',
  'not-healthy',
  'disconnected',
  'log-filling',
  'suspended',
  'split-brain',
  'no-primary',
  'failover-ready',
  'partially-healthy',
  'send-queue-growing',
  'send-queue-high',
  'redo-queue-growing',
  'redo-queue-high',
  'certificate-expiring',
  'certificate-expiring-later',
  'certificate-expired',
  'certificate-mismatch',
  'primary-unreachable',
  'secondary-unreachable',
  'unreachable',
  'view-failing',
  'permission-missing',
  'database-missing',
  'vanished',
] as const satisfies readonly Scenario[];

/** States around a link of which a page shows what is easily misread. The other scenarios are in the demo's table only. */
const oddScenarios: readonly { readonly scenario: Scenario; readonly databases?: number }[] = [
  { scenario: 'seeding-failed-long-ago' },
  { scenario: 'seeding-beside-not-healthy', databases: 2 },
  { scenario: 'seeding-implausible', databases: 2 },
  { scenario: 'database-not-copied', databases: 2 },
  { scenario: 'database-orphaned', databases: 2 },
  { scenario: 'dropped-at-primary' },
  { scenario: 'dropped-at-secondary' },
  { scenario: 'primary-lost-reverting' },
  { scenario: 'primary-failed' },
  { scenario: 'ordinary-group' },
  { scenario: 'groups-not-readable' },
];

export const goldenCases: readonly GoldenCase[] = [
  ...ordinaryScenarios.map((scenario) => ({ name: scenario, options: () => ({ pair: { scenario } }) })),
  ...oddScenarios.map((pair) => ({ name: pair.scenario, options: () => ({ pair }) })),
  {
    name: 'sql-server-unreachable',
    options: () => unreachable('sqlServer'),
  },
  {
    name: 'managed-instance-unreachable',
    options: () => unreachable('managedInstance'),
  },
  {
    name: 'nullable-columns-null',
    options: () => ({
      // The scenario with a row in every view.
      pair: { scenario: 'seeding' },
      prepare: (pair) => {
        for (const end of [pair.sqlServer, pair.managedInstance]) end.setFaults({ nullColumns: true });
      },
    }),
  },
  {
    name: 'no-view-any-definition',
    options: () => ({
      prepare: (pair) => pair.sqlServer.setFaults({ permissions: ['VIEW SERVER STATE'] }),
    }),
  },
  {
    // Its certificates, links and clocks: what a pair may have besides the ordinary.
    name: 'crowded',
    options: () => ({
      pair: {
        links: 3,
        databases: 2,
        scenario: 'not-healthy',
        affectedLinks: 1,
        unrelatedCertificates: true,
        sqlServerMajor: 13,
        clockSkewMilliseconds: { sqlServer: 1500, managedInstance: -250 },
      },
    }),
  },
  {
    name: 'several-databases',
    options: () => ({ pair: { linkMode: 'multi', databases: 3, scenario: 'not-healthy' } }),
  },
  {
    name: 'primary-lost-after-forced-failover',
    options: () => ({ pair: { scenario: 'split-brain' }, ...unreachable('sqlServer') }),
  },
  { name: 'planned-failover-both-secondary', options: () => inStage('planned-failover', 'both secondary') },
  { name: 'planned-failover-done', options: () => inStage('planned-failover', 'failed over') },
  { name: 'forced-failover-primary-lost', options: () => inStage('forced-failover', 'forced failover') },
  { name: 'forced-failover-recovery', options: () => inStage('forced-failover', 'recovery') },
  { name: 'error-log', options: errorLog, isSeen: ({ errorLog }) => errorLog !== undefined },
  { name: 'two-nodes', options: twoNodes },
  { name: 'awkward-names', options: awkwardNames },
  { name: 'shared-link-name', options: sharedLinkName },
];

/** A moving scenario, stopped in the middle of a stage. */
function inStage(scenario: Scenario, stage: string): HarnessOptions {
  let now = worldMilliseconds;
  return {
    pair: { scenario, clock: () => now },
    prepare: (pair) => {
      while (pair.stage().name !== stage) now = pair.stage().endsAtMilliseconds;
      const { startedAtMilliseconds, endsAtMilliseconds } = pair.stage();
      now = (startedAtMilliseconds + endsAtMilliseconds) / 2;
    },
  };
}

/** Both ends' error logs are read; nothing was written since the exporter began, so nothing is counted. */
function errorLog(): HarnessOptions {
  const permissions = ['VIEW SERVER STATE', 'VIEW ANY DEFINITION', 'VIEW ANY ERROR LOG'];
  return {
    pair: { scenario: 'disconnected', accounts: [{ name: 'milink', password, permissions }] },
    configure: (config) => ({
      ...config,
      servers: config.servers.map((server) => ({
        ...server,
        errorLog: { intervalSeconds: 300, timeoutSeconds: 5 },
      })),
    }),
  };
}

/** Every name that somebody may choose is one that both formats have to escape or to leave as it is. */
function awkwardNames(): HarnessOptions {
  const link = 'DAG "O\'Brien" C:\\new\ntwo lines 🛒 \u0645\u062d\u0627\u0633\u0628\u0629 \\"';
  const databases = ['"quoted"', 'back\\slash', 'two\nlines', '🛒', '\u0645\u062d\u0627\u0633\u0628\u0629', '}{,="'];
  return {
    pair: { scenario: 'seeding', names: [{ link, databases }] },
    configure: (config) => renamed(config, { 'sql-prod-01': 'sql "prod" \\ 🛒', 'mi-prod': '\u0645\u062d\u0627 {mi}' }),
  };
}

function renamed(config: Config, names: Readonly<Record<string, string>>): Config {
  const nameOf = (name: string): string => names[name] ?? name;
  return {
    ...config,
    servers: config.servers.map((server) => ({ ...server, name: nameOf(server.name) })),
    links: config.links.map((link) => ({ ...link, servers: link.servers.map(nameOf) })),
  };
}

/** Two pairs that have nothing in common but the name of their distributed group. One of them is in split brain. */
function sharedLinkName(context: TestContext): HarnessOptions {
  let others: readonly ServerConfig[] = [];
  return {
    prepare: async () => {
      const other = await startPair({
        scenario: 'split-brain',
        clock: () => worldMilliseconds,
        accounts: [{ name: 'milink', password }],
        seed: 'other',
        sqlServerName: 'sql-test-01',
        managedInstanceName: 'mi-test',
        dnsZone: '4567fedc',
      });
      context.after(() => other.close());
      others = [serverOf('sql-test-01', other, other.sqlServer), serverOf('mi-test', other, other.managedInstance)];
    },
    configure: (config) => ({ ...config, servers: [...config.servers, ...others], links: [] }),
  };
}

/** Both nodes of SQL Server's availability group, of which the second is primary and so shows the link. */
function twoNodes(): HarnessOptions {
  let second: readonly ServerConfig[] = [];
  return {
    pair: { sqlServerNodes: 2, primaryNode: 1 },
    prepare: (pair) => {
      second = pair.nodes.slice(1).map((node) => serverOf('sql-prod-02', pair, node));
    },
    configure: (config) => ({
      ...config,
      servers: [...config.servers, ...second],
      links: config.links.map((link) => ({ ...link, servers: [...link.servers, ...second.map(({ name }) => name)] })),
    }),
  };
}

function serverOf(name: string, pair: Pair, { host, port }: End): ServerConfig {
  return {
    name,
    host,
    port,
    authentication: { type: 'sql_login', username: 'milink', password: secretOf(password) },
    tls: { mode: 'strict', ca: pair.certificateAuthority, serverName: 'localhost', trustServerCertificate: false },
  };
}

/**
 * An end that refuses each connection, on a port that the system hands to nobody: the port of a server that has stopped may be
 * that of the next pair a moment later, and a stranger's certificate is another failure.
 */
function unreachable(which: 'sqlServer' | 'managedInstance'): Pick<HarnessOptions, 'prepare' | 'configure'> {
  return {
    prepare: (pair) => pair[which].stop(),
    configure: (config, pair) => ({
      ...config,
      servers: config.servers.map((server) => (server.name === pair[which].name ? { ...server, port: 1 } : server)),
    }),
  };
}
