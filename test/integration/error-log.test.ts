import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { ServerConfig } from '../../src/config/config.ts';
import { secretOf } from '../../src/config/secret/secret.ts';
import type { ErrorLogState } from '../../src/model/error-log.ts';
import { createServerPoller } from '../../src/poll/server-poller.ts';
import { systemClock } from '../../src/poll/time/clock.ts';
import { type PairOptions, startPair } from '../../src/simulator/pair.ts';
import type { ErrorLogOptions } from '../../src/simulator/world/state.ts';
import { connect } from '../../src/sql/mssql-connection.ts';
import { areAllUp, managedInstanceName, password, startHarness } from './harness.ts';

const begin = Date.UTC(2026, 10, 21, 10);
const running = new AbortController().signal;
const reader = { name: 'milink', password: 'milink-demo', permissions: ['VIEW SERVER STATE', 'VIEW ANY DEFINITION'] };
const permissions = [...reader.permissions, 'VIEW ANY ERROR LOG'];

/** A poller of one end whose clock, and that of the pair, stand where the test puts them. */
async function start(
  context: TestContext,
  end: 'sqlServer' | 'managedInstance',
  options: PairOptions = {},
  timeoutSeconds = 60,
) {
  let milliseconds = begin;
  let logins = 0;
  const pair = await startPair({
    scenario: 'healthy',
    accounts: [{ ...reader, permissions }],
    ...options,
    clock: () => milliseconds,
  });
  context.after(pair.close);
  const { host, port } = pair[end];
  const server: ServerConfig = {
    name: end,
    host,
    port,
    authentication: { type: 'sql_login', username: reader.name, password: secretOf(reader.password) },
    tls: { mode: 'encrypt', ca: pair.certificateAuthority, serverName: 'localhost', trustServerCertificate: false },
    errorLog: { intervalSeconds: 300, timeoutSeconds },
  };
  const seconds = (): number => milliseconds / 1000;
  const clock = { ...systemClock, nowSeconds: seconds, monotonicSeconds: seconds };
  const poller = createServerPoller({ server, connect, clock, timeoutSeconds: 60 });
  context.after(poller.close);
  return {
    pair,
    logins: () => logins,
    setLog: (log: ErrorLogOptions) => pair.setWorldOptions({ errorLogs: { [end]: log } }),
    /** Polls at so many seconds after the begin. */
    poll: async (at: number): Promise<ErrorLogState | null> => {
      milliseconds = begin + at * 1000;
      const { outcome, ...poll } = await poller.poll(running);
      logins += poll.logins;
      assert.equal(outcome.kind, 'ok');
      return poller.readErrorLog(outcome, { stop: running, untilSeconds: seconds() + 60 });
    },
  };
}

const countsOf = (state: ErrorLogState | null): unknown => {
  assert.equal(state?.reading.failure, null);
  return Object.fromEntries(state.counts);
};
const at = (seconds: number, number: number, args: readonly string[]) => ({
  atMilliseconds: begin + seconds * 1000,
  process: 'spid41s',
  number,
  args,
});

for (const languageId of [1033, 1036] as const) {
  for (const end of ['sqlServer', 'managedInstance'] as const) {
    test(`errors in the log of ${end}, in language ${languageId}, are counted over a rotation and an erasure`, async (context) => {
      const entries = [
        at(-60, 1412, ['Sales']),
        at(60, 35206, ['AG_MI', '42']),
        at(60, 35206, ['AG_MI', '42']),
        at(61, 1412, ['Sales']),
        at(130, 35206, ['AG_MI', '42']),
        at(700, 1412, ['Sales']),
      ];
      const server = await start(context, end);
      server.setLog({ languageId, entries });
      assert.deepEqual(countsOf(await server.poll(0)), {}, 'what was there before is history');
      assert.equal(await server.poll(100), null, 'it is not due');
      const rotatedAtMilliseconds = [begin + 120_000];
      server.setLog({ languageId, entries, rotatedAtMilliseconds });
      assert.deepEqual(countsOf(await server.poll(300)), { 1412: 1, 35206: 3 });
      assert.deepEqual(countsOf(await server.poll(600)), { 1412: 1, 35206: 3 });
      server.setLog({ languageId, entries, erasedBeforeMilliseconds: begin + 650_000 });
      assert.deepEqual(countsOf(await server.poll(900)), { 1412: 2, 35206: 3 });
    });
  }
}

test('a log without the permission is not seen, until it is granted', async (context) => {
  const server = await start(context, 'sqlServer');
  server.pair.sqlServer.setFaults({ permissions: reader.permissions });
  assert.equal((await server.poll(0))?.reading.failure?.reason, 'permission');
  assert.equal(await server.poll(300), null);
  server.pair.sqlServer.setFaults({});
  server.setLog({ entries: [at(310, 1412, ['Sales'])] });
  assert.deepEqual(countsOf(await server.poll(600)), { 1412: 1 });
});

test('a log that is denied all the same is asked once, and the connection goes on', async (context) => {
  const server = await start(context, 'sqlServer');
  server.pair.sqlServer.setFaults({ denied: ['sp_readerrorlog'] });
  assert.equal((await server.poll(0))?.reading.failure?.reason, 'permission');
  assert.equal(await server.poll(300), null);
});

test('a log that takes too long is left, and the next poll keeps the connection', async (context) => {
  const server = await start(context, 'sqlServer', {}, 0.05);
  server.pair.sqlServer.setFaults({ hanging: ['sp_readerrorlog'] });
  assert.equal((await server.poll(0))?.reading.failure?.reason, 'timeout');
  server.pair.sqlServer.setFaults({});
  assert.deepEqual(countsOf(await server.poll(300)), {});
  assert.equal(server.logins(), 1);
});

test('the page shows the reading of the log as one of the views, after role and health', async (context) => {
  const errorLog = { intervalSeconds: 300, timeoutSeconds: 60 };
  const harness = await startHarness(context, {
    pollIntervalSeconds: 3600,
    pollTimeoutSeconds: 60,
    pair: { accounts: [{ name: 'milink', password, permissions }] },
    configure: (config) => ({ ...config, servers: config.servers.map((server) => ({ ...server, errorLog })) }),
    prepare: ({ sqlServer }) => sqlServer.setFaults({ hanging: ['sp_readerrorlog'] }),
  });
  await harness.until('both servers polled', areAllUp);
  await harness.until(
    'the log of the managed instance',
    () => harness.server(managedInstanceName).errorLog !== undefined,
  );
  const page = await harness.scrape();
  assert.match(page, /^milink_view_success\{server="mi-prod",view="error_log"\} 1$/m);
  assert.match(page, /^milink_view_last_read_timestamp_seconds\{server="mi-prod",view="error_log"\} \d/m);
  assert.doesNotMatch(page, /server="sql-prod-01",view="error_log"/, 'it hangs');
  assert.match(page, /^milink_link_verdict\{.*verdict="healthy"\} 1$/m);
});

test('a managed instance that hides its certificates says that of its endpoint', async (context) => {
  const expiry =
    /^milink_certificate_expiry_timestamp_seconds\{server="mi-prod",certificate="[^"]*",usage="endpoint"\} (\d+)$/m;
  const harness = await startHarness(context, {
    pollIntervalSeconds: 3600,
    pollTimeoutSeconds: 60,
    prepare: ({ managedInstance }) => managedInstance.setFaults({ empty: ['certificates'] }),
  });
  await harness.until('both servers polled', areAllUp);
  const page = await harness.scrape();
  assert.ok(Number(expiry.exec(page)?.[1]) > begin / 1000, page);
});
