import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { type NetworkTest, testNetwork } from '../../../src/cli/network/run-test.ts';
import { loadConfig } from '../../../src/config/load.ts';
import type { NetworkReport } from '../../../src/network/report.ts';
import { systemClock } from '../../../src/poll/time/clock.ts';
import type { Pair } from '../../../src/simulator/pair.ts';
import type { Connect } from '../../../src/sql/connection.ts';
import { connect } from '../../../src/sql/mssql-connection.ts';
import { type SimulatedLinks, simulatedLinks } from '../simulated-links.ts';
import { accounts, atOnce, madeOn } from './pair.ts';

/** What happens after the statement of a number, counted over both servers: it was executed, its answer is lost. */
interface Blow {
  readonly after: number;
  /** `killed`: the process is no more; `cut`: this one connection is; `stopped`: somebody pressed Ctrl-C. */
  readonly kind: 'killed' | 'cut' | 'stopped';
}

/** The driver, with a blow in it. */
function struck(blow: Blow | null, stop: AbortController): { readonly connect: Connect; readonly count: () => number } {
  let count = 0;
  let isDead = false;
  const dead = (): Error => Object.assign(new Error('the process is no more'), { code: 'ECONNRESET' });
  return {
    count: () => count,
    connect: async (server, options) => {
      if (isDead) throw dead();
      const connection = await connect(server, options);
      return {
        ...connection,
        query: async (batch, signal, limit) => {
          if (isDead) throw dead();
          const rows = await connection.query(batch, signal, limit);
          count += 1;
          if (count !== blow?.after) return rows;
          if (blow.kind === 'stopped') {
            stop.abort();
            return rows;
          }
          isDead = blow.kind === 'killed';
          connection.close();
          throw dead();
        },
      };
    },
  };
}

async function run(
  links: SimulatedLinks,
  blow: Blow | null,
  runId: string,
): Promise<{ readonly report: NetworkReport | null; readonly count: number }> {
  const { config } = await loadConfig(links.configFlag.slice('--config.file='.length));
  const stop = new AbortController();
  const driver = struck(blow, stop);
  const server = (name: string): NetworkTest['sqlServer'] => {
    const found = config.servers.find((each) => each.name === name);
    const login = config.testNetwork?.find((each) => each.server === name);
    assert.ok(found !== undefined && login !== undefined);
    return { ...found, authentication: login.authentication };
  };
  const report = await testNetwork({
    sqlServer: server('sql-prod-01'),
    managedInstance: server('mi-prod'),
    ...{ connect: driver.connect, clock: systemClock, timeoutSeconds: 30, runId, createsEndpoint: true },
    address: { host: 'sql-prod-01.corp.example', port: null },
    waiting: {
      limitSeconds: 30,
      monotonicSeconds: systemClock.monotonicSeconds,
      stop: stop.signal,
      pause: async () => undefined,
      onProgress: () => undefined,
    },
    look: async () => [],
    agree: async () => true,
  }).catch(() => null);
  return { report, count: driver.count() };
}

function left({ sqlServer, managedInstance }: Pair): readonly string[] {
  return [...madeOn(sqlServer), ...madeOn(managedInstance)];
}

function startedLinks(context: TestContext): Promise<SimulatedLinks> {
  const preparation = { sqlServer: { hasEndpoint: false } };
  return simulatedLinks(context, { accounts, probeDurations: atOnce, scenario: 'not-prepared', preparation });
}

/** Ten statements read the parameters and what earlier runs have left. */
const firstThatMakes = 10;

test('a kill after any statement leaves nothing that the next run does not find and remove', async (context) => {
  const links = await startedLinks(context);
  const { count, report } = await run(links, null, 'whole');
  assert.deepEqual(
    report?.directions.map(({ obstacle }) => obstacle),
    [null, null],
  );
  assert.deepEqual(left(links.pair), []);
  const seen = new Set<string>();
  for (let after = firstThatMakes; after <= count; after += 1) {
    await run(links, { after, kind: 'killed' }, `killed-${after}`);
    const names = left(links.pair);
    if (names.length === 0) continue;
    for (const name of names) seen.add(name);
    const next = await run(links, null, `after-${after}`);
    assert.deepEqual(left(links.pair), [], `after statement ${after}`);
    assert.equal(next.report?.removed.length, names.length, `after statement ${after}`);
    assert.deepEqual(next.report?.leftovers, []);
    const findings = next.report.directions.flatMap(({ outcomes }) => outcomes.map(({ finding }) => finding));
    assert.deepEqual([...new Set(findings)], ['reached'], `after statement ${after}`);
  }
  // Else nothing was ever left, and this proves nothing.
  assert.ok(seen.size > 10, [...seen].join(', '));
});

for (const kind of ['cut', 'stopped'] as const) {
  test(`a connection that is ${kind} after one statement or another leaves nothing at all`, async (context) => {
    const links = await startedLinks(context);
    const { count } = await run(links, null, 'whole');
    for (let after = firstThatMakes; after <= count; after += 3) {
      const { report } = await run(links, { after, kind }, `${kind}-${after}`);
      assert.deepEqual(left(links.pair), [], `after statement ${after}`);
      assert.deepEqual(report?.leftovers ?? [], [], `after statement ${after}`);
    }
  });
}
