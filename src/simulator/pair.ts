import { isDeepStrictEqual } from 'node:util';
import { type Account, defaultAccount } from './account.ts';
import { type Administration, createAdministration } from './administration/administration.ts';
import { type ProbeDurations, windowsDurations } from './agent/powershell.ts';
import { type SimulatedAzure, startSimulatedAzure } from './azure/server.ts';
import { type Changes, noChanges, noRotation } from './changes.ts';
import type { TokenTrust } from './entra-token.ts';
import { type End, startEnd } from './pair-end.ts';
import {
  type CurrentStage,
  downAt,
  type Moment,
  type Scenario,
  stageAt,
  topologyIn,
  viewFaultsAt,
  type WorldOptions,
  worldAt,
  worldOfLatest,
} from './scenario/index.ts';
import type { TdsServerOptions } from './tds/server.ts';
import { type Authority, createAuthority } from './tls-identity.ts';
import type { ViewFaults } from './view-faults.ts';
import { attempt } from './world/network.ts';
import { pairTopology, type TopologyOptions } from './world/pair-topology.ts';
import type { World } from './world/state.ts';
import type { EndName, PerEnd, ServerIdentity, Topology } from './world/topology.ts';

/** A pair of simulated servers; everything has a default. */
export interface PairOptions extends Omit<TopologyOptions, 'startMilliseconds'>, WorldOptions {
  /** `tour` unless given. */
  readonly scenario?: Scenario;
  /** How many times faster than the clock the scenario moves; 1 unless given. */
  readonly speed?: number;
  /** How long a scenario that stands still is healthy before it begins; 0 unless given. */
  readonly healthyFirstMilliseconds?: number;
  /** The time, in Unix milliseconds; the system's unless given. */
  readonly clock?: () => number;
  /** The address to listen on; 127.0.0.1 unless given. */
  readonly hosts?: Partial<PerEnd<string>>;
  /** The ports to listen on; free ones unless given. */
  readonly ports?: Partial<PerEnd<number>>;
  /** SQL logins of both servers; `milink` with `milink-demo` unless given. */
  readonly accounts?: readonly Account[];
  readonly encryption?: NonNullable<TdsServerOptions['encryption']>;
  /** How long a round trip to the servers takes, in milliseconds, but for that of connecting by TCP; 0 unless given. */
  readonly delayMilliseconds?: number;
  /** The tokens of Entra ID that both servers take; none unless given. */
  readonly tokens?: TokenTrust;
  /** How long attempts to connect take in the simulated network; as on Windows unless given. */
  readonly probeDurations?: ProbeDurations;
  /** Start an Azure beside the servers, which shows them as they were so many milliseconds ago; none unless given. */
  readonly azure?: { readonly behindMilliseconds: number; readonly override?: (path: string) => object | null };
  /** DNS names in a server's TLS certificate, in place of `localhost` and its own. The loopback addresses are always in. */
  readonly certificateNames?: Partial<PerEnd<readonly string[]>>;
}

/** Two running servers that are joined by links. */
export interface Pair {
  readonly sqlServer: End;
  /** Every node of SQL Server's availability groups; `sqlServer` is the first. */
  readonly nodes: readonly End[];
  readonly managedInstance: End;
  /** Null unless it was asked for. */
  readonly azure: SimulatedAzure | null;
  /** PEM of the authority behind both servers' TLS certificates, for clients to trust. */
  readonly certificateAuthority: string;
  /** As the present scenario has it. */
  readonly topology: Topology;
  now(): number;
  scenario(): Scenario;
  /** Starts another scenario, or the same one from its beginning. */
  setScenario(scenario: Scenario): void;
  /** Changes what the pair has besides its scenario; what is left out stays as it is. */
  setWorldOptions(options: WorldOptions): void;
  /** What the scenario is doing now. */
  stage(): CurrentStage;
  /** Stops both servers and cuts their connections. */
  close(): Promise<void>;
}

/** Starts a pair on loopback. Rejects when a server can't listen, and leaves none running then. */
export async function startPair(options: PairOptions = {}): Promise<Pair> {
  const clock = options.clock ?? Date.now;
  const ordinary = pairTopology({ ...options, startMilliseconds: clock() });
  let current = { scenario: options.scenario ?? 'tour', startedAtMilliseconds: ordinary.startMilliseconds };
  const topology = (): Topology => topologyIn(ordinary, current.scenario);
  let worldOptions: WorldOptions = options;
  const moment = (): Moment => ({
    ...current,
    nowMilliseconds: clock(),
    speed: options.speed ?? 1,
    healthyFirstMilliseconds: options.healthyFirstMilliseconds ?? 0,
  });
  const changes: PerEnd<Changes> = { sqlServer: noChanges(), managedInstance: noChanges() };
  const worldOf = worldOfLatest(ordinary);
  const administration = createAdministration(() => worldOf(moment(), worldOptions));
  const ends = await startEnds(options, {
    topology,
    changes,
    order: administration.give,
    world: () => administration.changed(worldOf(moment(), worldOptions)),
    worldBehind: (milliseconds) => {
      const nowMilliseconds = Math.max(clock() - milliseconds, current.startedAtMilliseconds);
      return administration.changed(worldAt(ordinary, { ...moment(), nowMilliseconds }, worldOptions));
    },
    now: clock,
    isDown: (end) => downAt(moment()).includes(end),
    viewFaults: (end) => viewFaultsAt(moment(), end),
  });
  return {
    ...ends,
    get topology() {
      return topology();
    },
    now: clock,
    scenario: () => current.scenario,
    setScenario: (scenario) => {
      const before = topology();
      current = { scenario, startedAtMilliseconds: clock() };
      administration.reset();
      for (const each of Object.values(changes)) each.rotation = noRotation;
      // Other servers or other names of theirs take a restart.
      if (!isDeepStrictEqual(topology(), before))
        for (const end of [...ends.nodes, ends.managedInstance]) end.restart();
    },
    setWorldOptions: (changed) => {
      worldOptions = { ...worldOptions, ...changed };
    },
    stage: () => stageAt(moment()),
    close: async () => {
      await Promise.all([...ends.nodes, ends.managedInstance].map((end) => end.stop()));
      await ends.azure?.close();
    },
  };
}

type RunningEnds = Pick<Pair, 'sqlServer' | 'nodes' | 'managedInstance' | 'azure' | 'certificateAuthority'>;

/** What the scenario makes of the servers, asked anew at each read. */
interface Simulated {
  topology(): Topology;
  order: Administration['give'];
  world(): World;
  readonly changes: PerEnd<Changes>;
  worldBehind(milliseconds: number): World;
  now(): number;
  isDown(end: EndName): boolean;
  viewFaults(end: EndName): ViewFaults;
}

async function startEnds(options: PairOptions, simulated: Simulated): Promise<RunningEnds> {
  const authority = await createAuthority();
  const started: End[] = [];
  const { changes } = simulated;
  const start = async (identity: ServerIdentity): Promise<End> => {
    const { end, node } = identity;
    const running = await startEnd({
      identity: () => identityIn(simulated.topology(), identity),
      accounts: options.accounts ?? [defaultAccount],
      host: options.hosts?.[end] ?? '127.0.0.1',
      port: node === 0 ? (options.ports?.[end] ?? 0) : 0,
      tls: await authority.issue(options.certificateNames?.[end] ?? ['localhost', identity.hostName]),
      encryption: options.encryption ?? 'on',
      delayMilliseconds: options.delayMilliseconds ?? 0,
      ...(options.tokens === undefined ? {} : { tokens: options.tokens }),
      world: simulated.world,
      now: simulated.now,
      connect: (host, port) => {
        const openPorts = changes.sqlServer.endpoints.map((endpoint) => endpoint.port);
        return attempt(simulated.world(), { from: end, host, port, openPorts });
      },
      changes: node === 0 ? changes[end] : noChanges(),
      order: (statement) => simulated.order(end, statement),
      probeDurations: options.probeDurations ?? windowsDurations,
      isDown: () => simulated.isDown(end),
      viewFaults: () => simulated.viewFaults(end),
    });
    started.push(running);
    return running;
  };
  const topology = simulated.topology();
  try {
    const sqlServer = await start(topology.servers.sqlServer);
    const managedInstance = await start(topology.servers.managedInstance);
    const others: End[] = [];
    for (const node of topology.sqlServerNodes.slice(1)) others.push(await start(node));
    const certificateAuthority = authority.certificate;
    const azure = await startAzure(options, simulated, authority);
    return { sqlServer, nodes: [sqlServer, ...others], managedInstance, azure, certificateAuthority };
  } catch (error) {
    await Promise.all(started.map((end) => end.stop()));
    throw error;
  }
}

async function startAzure(
  { azure }: PairOptions,
  simulated: Simulated,
  authority: Authority,
): Promise<SimulatedAzure | null> {
  if (azure === undefined) return null;
  const { behindMilliseconds, override } = azure;
  return startSimulatedAzure({
    tls: await authority.issue(['localhost']),
    host: '127.0.0.1',
    port: 0,
    world: () => simulated.worldBehind(behindMilliseconds),
    now: simulated.now,
    ...(override === undefined ? {} : { override }),
  });
}

/** A server as a topology has it; one that the topology lacks, a node that a scenario added, stays as it was. */
function identityIn(topology: Topology, server: ServerIdentity): ServerIdentity {
  if (server.end === 'managedInstance') return topology.servers.managedInstance;
  return topology.sqlServerNodes[server.node] ?? server;
}
