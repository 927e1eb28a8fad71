import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Exporter, startExporter } from '../../src/cli/serve/exporter.ts';
import { demoConfig } from '../../src/cli/simulate/demo.ts';
import type { Config } from '../../src/config/config.ts';
import { pagePaths } from '../../src/http/status/places.ts';
import { createLogger } from '../../src/log/logger.ts';
import type { State } from '../../src/metrics/family.ts';
import type { ServerState } from '../../src/model/server-state.ts';
import type { Clock } from '../../src/poll/time/clock.ts';
import { type Pair, type PairOptions, startPair } from '../../src/simulator/pair.ts';

/** The simulated world's clock stands still here. */
export const worldMilliseconds = Date.UTC(2026, 10, 21, 10, 0, 0);

/** The servers' names in the configuration, which is the demo's. */
export const sqlServerName = 'sql-prod-01';
export const managedInstanceName = 'mi-prod';

/** Found nowhere else, so that a search of the log for it proves something. */
export const password = 'Pa55-which-no-line-may-hold';

/** No test waits longer for what it waits for: far beyond what any of it takes. */
const patienceMilliseconds = 30_000;

export interface LogRecord {
  readonly level: string;
  readonly msg: string;
  readonly server?: string;
  readonly view?: string | null;
  readonly reason?: string;
  readonly error?: string;
}

export interface HarnessOptions {
  readonly pair?: PairOptions;
  readonly pollIntervalSeconds?: number;
  readonly pollTimeoutSeconds?: number;
  /** The exporter's clock; the system's unless given. */
  readonly clock?: Clock;
  /** Changes the demo's configuration. */
  readonly configure?: (config: Config, pair: Pair) => Config;
  /** Runs when the pair is up and nobody polls it yet. */
  readonly prepare?: (pair: Pair) => void | Promise<void>;
}

/** The whole exporter over HTTP and the pair that it polls over TDS, in one process. */
export interface Harness {
  readonly pair: Pair;
  readonly exporter: Exporter;
  /** Each log line so far. */
  readonly log: readonly LogRecord[];
  /** The body of /metrics for an Accept header; text 0.0.4 without one. */
  readonly scrape: (accept?: string) => Promise<string>;
  /** A server's state by its name in the configuration. */
  readonly server: (name: string) => ServerState;
  /**
   * Resolves at the end of the poll after which `predicate` holds, before anything else happens; at once when it holds
   * already. Rejects with `what` when that does not come.
   */
  readonly until: (what: string, predicate: (state: State) => boolean) => Promise<void>;
  /** Resolves when a server has ended so many more polls. */
  readonly morePolls: (name: string, count: number) => Promise<void>;
  /** Asks for a poll before it is due, as the debug view does: once in ten seconds for each server. */
  readonly pollNow: (name: string) => Promise<void>;
  /** Resolves like `work`; rejects with `what` when it does not end. */
  readonly soon: <Value>(what: string, work: Promise<Value>) => Promise<Value>;
  /** Resolves when something that no poll announces is so. */
  readonly comes: (what: string, is: () => boolean) => Promise<void>;
}

/** Starts both sides, which end with the test. No log line may hold the password; that is looked at then. */
export async function startHarness(context: TestContext, options: HarnessOptions = {}): Promise<Harness> {
  const { pollIntervalSeconds = 0.1, pollTimeoutSeconds = 20 } = options;
  const accounts = [{ name: 'milink', password }];
  const lines: string[] = [];
  const closers: (() => Promise<void>)[] = [];
  context.after(async () => {
    for (const close of closers.reverse()) await close();
    assert.ok(!lines.join('').includes(password), 'the log holds the password');
  });
  const pair = await startPair({ scenario: 'healthy', clock: () => worldMilliseconds, accounts, ...options.pair });
  closers.push(pair.close);
  await options.prepare?.(pair);
  const demo = { ...demoConfig(pair, pollIntervalSeconds, { username: 'milink', password }), pollTimeoutSeconds };
  const exporter = await startExporter({
    config: options.configure?.(demo, pair) ?? demo,
    sources: [{ host: '127.0.0.1', port: 0 }],
    logger: createLogger({ level: 'debug', format: 'json', write: (line) => lines.push(line) }),
    ...(options.clock ? { clock: options.clock } : {}),
  });
  closers.push(exporter.stop);
  return {
    pair,
    exporter,
    get log() {
      return lines.map((line) => JSON.parse(line));
    },
    scrape: (accept) => scrape(exporter, accept),
    ...waits(exporter),
    pollNow: async (name) => {
      const url = `http://127.0.0.1:${exporter.addresses[0]?.port}${pagePaths.debug}?server=${name}`;
      assert.equal((await fetch(url, { method: 'POST', redirect: 'manual' })).status, 303);
    },
    soon,
    comes,
  };
}

async function scrape({ addresses }: Exporter, accept = '*/*'): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${addresses[0]?.port}/metrics`, { headers: { accept } });
  assert.equal(response.status, 200);
  return response.text();
}

function waits(exporter: Exporter): Pick<Harness, 'server' | 'until' | 'morePolls'> {
  const waiting = new Set<() => void>();
  exporter.onChange(() => {
    for (const check of waiting) check();
  });
  const server: Harness['server'] = (name) => {
    const found = exporter.readState().servers.find((each) => each.name === name);
    assert.ok(found, `there is no server ${name}`);
    return found;
  };
  const until: Harness['until'] = (what, predicate) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const check = (): void => {
      if (predicate(exporter.readState())) resolve();
    };
    waiting.add(check);
    check();
    return soon(what, promise).finally(() => waiting.delete(check));
  };
  return {
    server,
    until,
    morePolls: (name, count) => {
      const polls = server(name).polls + count;
      return until(`${polls} polls of ${name}`, () => server(name).polls >= polls);
    },
  };
}

async function soon<Value>(what: string, work: Promise<Value>): Promise<Value> {
  const { promise, reject } = Promise.withResolvers<never>();
  // What lost a race may still wait when the test is over.
  const timer = setTimeout(() => reject(new Error(`did not come: ${what}`)), patienceMilliseconds).unref();
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}

async function comes(what: string, is: () => boolean): Promise<void> {
  let isGivenUp = false;
  const turns = async (): Promise<void> => {
    while (!is() && !isGivenUp) await nextTurn();
  };
  await soon(what, turns()).finally(() => {
    isGivenUp = true;
  });
}

/** Whether the latest poll of a server succeeded, for `until`. */
export function isUp(name: string): (state: State) => boolean {
  return ({ servers }) => servers.some((server) => server.name === name && server.outcome.kind === 'ok');
}

/** Whether the latest poll of a server failed, for `until`. */
export function isDown(name: string): (state: State) => boolean {
  return ({ servers }) => servers.some((server) => server.name === name && server.outcome.kind === 'failed');
}

/** Whether the latest poll of every server succeeded, for `until`. */
export function areAllUp({ servers }: State): boolean {
  return servers.every(({ outcome }) => outcome.kind === 'ok');
}
