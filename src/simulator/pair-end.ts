import { isDeepStrictEqual } from 'node:util';
import { type Account, databaseNotOpened, type loginFailed } from './account.ts';
import { type Agent, createAgent } from './agent/agent.ts';
import type { ConnectFrom, ProbeDurations } from './agent/powershell.ts';
import { authenticate } from './authenticate.ts';
import type { Changes } from './changes.ts';
import type { TokenTrust } from './entra-token.ts';
import type { Instance } from './instance.ts';
import { refusedWish } from './login-wish.ts';
import { serverInstance } from './server-instance.ts';
import type { Login, Session } from './session.ts';
import { createSqlSession, type SqlSession } from './sql/session.ts';
import { noFault, type WireFaults } from './tds/faults.ts';
import { startTdsServer, type TdsServer, type TdsServerOptions } from './tds/server.ts';
import type { TlsIdentity } from './tls-identity.ts';
import type { ViewFaults } from './view-faults.ts';
import type { Preparation } from './world/preparation.ts';
import type { World } from './world/state.ts';
import type { EndName, ServerIdentity } from './world/topology.ts';
import { localTime } from './world/view.ts';

/** Everything that can go wrong with one end: inside the server, and on the wire. */
export interface EndFaults extends ViewFaults {
  readonly wire?: WireFaults;
}

/** One running server of a pair. */
export interface End {
  readonly name: EndName;
  readonly host: string;
  /** Stays the same over `stop` and `start`. */
  readonly port: number;
  readonly identity: ServerIdentity;
  readonly instance: Instance;
  /** Connections open now, and logins and batches since the last start. */
  counts(): { readonly connections: number; readonly logins: number; readonly batches: number };
  /** Puts these faults in place of all earlier ones; `{}` is a server in order. */
  setFaults(faults: EndFaults): void;
  /** Cuts every connection and accepts new ones, as a restart of the server does. */
  restart(): void;
  /** Stops listening: from now on the port refuses. */
  stop(): Promise<void>;
  /** Listens again on the same port. Rejects when somebody else has taken it. */
  start(): Promise<void>;
}

/** What an end is started from. */
export interface EndOptions {
  /** Asked anew for each connection; its end and node stay the same. */
  identity(): ServerIdentity;
  readonly accounts: readonly Account[];
  readonly host: string;
  readonly port: number;
  readonly tls: TlsIdentity;
  readonly encryption: NonNullable<TdsServerOptions['encryption']>;
  readonly delayMilliseconds: number;
  /** The tokens of Entra ID that it takes; absent: none. */
  readonly tokens?: TokenTrust;
  world(): World;
  /** The simulated clock, milliseconds since 1970. */
  now(): number;
  /** Whether the scenario has the server lost. */
  isDown(): boolean;
  /** Connects by TCP in the simulated network, from this end. */
  connect: ConnectFrom;
  /** What statements have made on it. */
  readonly changes: Changes;
  /** What an administrator orders of the links here. */
  readonly order: NonNullable<Instance['order']>;
  readonly probeDurations: ProbeDurations;
  /** Faults of the scenario; those that are set replace them one by one. */
  viewFaults(): ViewFaults;
}

/** Starts one server and answers when it listens. Rejects when it can't listen. */
export async function startEnd(options: EndOptions): Promise<End> {
  const { identity, accounts, host, tls, encryption } = options;
  let faults: EndFaults = {};
  const agent = agentOf(options);
  const sessions: Sessions = new Map();
  const instanceOf = (server: ServerIdentity): Instance =>
    serverInstance({
      server,
      accounts,
      world: options.world,
      now: options.now,
      faults: () => ({ ...options.viewFaults(), ...faults }),
      agent,
      changes: options.changes,
      order: options.order,
      sessions: () => new Map([...sessions].map(([id, session]) => [id, session.facts()])),
    });
  let current = { server: identity(), instance: instanceOf(identity()) };
  const instance = (): Instance => {
    const server = identity();
    if (!isDeepStrictEqual(server, current.server)) current = { server, instance: instanceOf(server) };
    return current.instance;
  };
  const listen = (port: number): Promise<TdsServer> =>
    startTdsServer({
      host,
      port,
      login: (request, id) => loginTo(instance(), { ...options, sessions })(request, id),
      fedAuth: options.tokens !== undefined,
      tls,
      encryption,
      delayMilliseconds: options.delayMilliseconds,
      get productVersion() {
        return identity().productVersion;
      },
      get serverName() {
        return identity().serverName;
      },
      faults: faults.wire ?? noFault,
      isDown: options.isDown,
    });
  let server = await listen(options.port);
  const { port } = server.address;
  return {
    name: identity().end,
    host,
    port,
    get identity() {
      return identity();
    },
    get instance() {
      return instance();
    },
    counts: () => ({
      connections: server.connectionCount(),
      logins: server.loginCount(),
      batches: server.batchCount(),
    }),
    setFaults: (newFaults) => {
      faults = newFaults;
      server.setFaults(newFaults.wire ?? noFault);
    },
    restart: () => server.closeConnections(),
    stop: () => server.close(),
    start: async () => {
      server = await listen(port);
    },
  };
}

/** Its jobs outlive restarts, and what a scenario makes of the server. */
function agentOf({ identity, world, now, connect, probeDurations: durations }: EndOptions): Agent {
  const preparation = (): Preparation => world().preparation[identity().end];
  return createAgent({
    runner: () => ({ state: preparation().agent, platform: preparation().platform, connect, durations }),
    clock: () => {
      const server = identity();
      const startedAt = world().topology.startMilliseconds;
      return {
        nowMilliseconds: now(),
        serverName: server.serverName,
        agentStartedAtMilliseconds: startedAt,
        local: (milliseconds) => localTime(server, milliseconds),
      };
    },
    leftOverJobs: () => preparation().leftOverJobs,
  });
}

type Sessions = Map<number, SqlSession>;

/** Lets an account that proves itself into a database that is there and can be opened. */
function loginTo(instance: Instance, options: EndOptions & { readonly sessions: Sessions }): Login {
  const gate = { accounts: options.accounts, tokens: options.tokens ?? null };
  return (request, id): Session | ReturnType<typeof refused> => {
    const account = authenticate(request, { ...gate, nowSeconds: instance.nowMilliseconds() / 1000 });
    if ('number' in account) return refused(account);
    const wish = refusedWish(request);
    if (wish !== null) return refused(wish);
    const wanted = request.database === '' ? 'master' : request.database;
    const found = openDatabase(instance, wanted);
    if (found === undefined) return refused(databaseNotOpened(wanted));
    const session = createSqlSession({
      instance,
      login: account.name,
      database: found,
      id,
      client: request,
      onClose: () => options.sessions.delete(id),
    });
    options.sessions.set(id, session);
    return session;
  };
}

function refused(error: ReturnType<typeof loginFailed>): { readonly error: ReturnType<typeof loginFailed> } {
  return { error };
}

/** The database of that name in any case, as the default collations compare; one that is being restored can't be opened. */
function openDatabase(instance: Instance, wanted: string): string | undefined {
  const row = [...instance.rows('databases')].find(
    ({ name, state }) => String(name).toLowerCase() === wanted.toLowerCase() && (state ?? 0) === 0,
  );
  return row === undefined ? undefined : String(row.name);
}
