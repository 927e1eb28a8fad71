import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { inspect } from 'node:util';
import type { ServerConfig } from '../../src/config/config.ts';
import { secretOf } from '../../src/config/secret/secret.ts';
import type { ServerState } from '../../src/model/server-state.ts';
import { type KnownState, logChange } from '../../src/poll/poll-log.ts';
import { createServerPoller, type PollResult, type ServerPoller } from '../../src/poll/server-poller.ts';
import { type Clock, systemClock } from '../../src/poll/time/clock.ts';
import type { Account } from '../../src/simulator/account.ts';
import { type Pair, startPair } from '../../src/simulator/pair.ts';
import { startTdsServer } from '../../src/simulator/tds/server.ts';
import { connect } from '../../src/sql/mssql-connection.ts';
import { certificate } from '../simulator/tds/scripted-server.ts';

// What other people reported of their exporters, with the real driver over real sockets.

const running = new AbortController().signal;
const password = 'pa55-of-the-pair';

function configOf({ host, port }: { host: string; port: number }, ca: string): ServerConfig {
  const authentication = { type: 'sql_login', username: 'milink', password: secretOf(password) } as const;
  const tls = { mode: 'encrypt', ca, serverName: 'localhost', trustServerCertificate: false } as const;
  return { name: 'sql-1', host, port, authentication, tls };
}

/** A clock that stands still until it is moved; its time limits are the real ones. */
function movedClock(): { readonly clock: Clock; readonly move: (seconds: number) => void } {
  let now = 0;
  const clock = { ...systemClock, nowSeconds: () => now, monotonicSeconds: () => now, random: () => 0.5 };
  return {
    clock,
    move: (seconds) => {
      now += seconds;
    },
  };
}

interface Polled {
  readonly pair: Pair;
  readonly accounts: Account[];
  readonly poller: ServerPoller;
  readonly move: (seconds: number) => void;
}

async function polled(context: TestContext, timeoutSeconds: number): Promise<Polled> {
  const accounts: Account[] = [{ name: 'milink', password }];
  const pair = await startPair({ scenario: 'healthy', accounts });
  context.after(() => pair.close());
  const { clock, move } = movedClock();
  const server = configOf(pair.sqlServer, pair.certificateAuthority);
  const poller = createServerPoller({ server, connect, clock, timeoutSeconds });
  context.after(() => poller.close());
  assert.equal((await poller.poll(running)).outcome.kind, 'ok');
  return { pair, accounts, poller, move };
}

const failed = (result: PollResult, view: 'database_replica_states'): string | null =>
  result.views.get(view)?.failure?.reason ?? null;

test('a login that is refused while its connection lives is known within the hour, and no poll is lost before', async (context) => {
  const { accounts, poller, move } = await polled(context, 10);
  accounts[0] = { name: 'milink', password: `not-${password}` };
  const rest = { stop: running, untilSeconds: Number.POSITIVE_INFINITY };
  await poller.renew(rest);
  assert.equal((await poller.poll(running)).outcome.kind, 'ok');
  move(3600);
  await poller.renew(rest);
  const { outcome, logins } = await poller.poll(running);
  assert.ok(outcome.kind === 'failed', inspect(outcome));
  assert.deepEqual([outcome.failure.reason, outcome.failure.errorNumber, logins], ['login', 18456, 1]);
});

for (const [name, acknowledgeAttention] of [
  ['that acknowledges the cancellation', true],
  ['that acknowledges nothing, and loses its connection', false],
] as const) {
  test(`a server that hangs for one poll, ${name}: the databases are there again in the next`, async (context) => {
    const { pair, poller, move } = await polled(context, 2);
    pair.sqlServer.setFaults(
      acknowledgeAttention
        ? { hanging: ['dm_hadr_database_replica_states'] }
        : { wire: { kind: 'hang_in_query', acknowledgeAttention } },
    );
    const during = await poller.poll(running);
    assert.equal(during.outcome.kind, acknowledgeAttention ? 'ok' : 'failed', inspect(during.outcome));
    if (acknowledgeAttention) assert.equal(failed(during, 'database_replica_states'), 'timeout');
    pair.sqlServer.setFaults({});
    move(60);
    const { outcome } = await poller.poll(running);
    assert.ok(outcome.kind === 'ok', inspect(outcome));
    assert.ok((outcome.snapshot.views.database_replica_states ?? []).length > 0);
  });
}

test('another number of the same refusal is another line of the log', async (context) => {
  let number = 18456;
  const server = await startTdsServer({
    ...{ host: '127.0.0.1', port: 0, tls: certificate, productVersion: '16.0.4175.1', serverName: 'sql-prod-01' },
    login: () => ({ error: { number, state: 1, class: 14, message: `refused with ${number}`, line: 1 } }),
  });
  context.after(() => server.close());
  const config = configOf(server.address, certificate.cert);
  const poller = createServerPoller({ server: config, connect, clock: movedClock().clock, timeoutSeconds: 10 });
  const lines: unknown[] = [];
  const log = { info: () => undefined, warn: (_: string, fields = {}) => lines.push({ ...fields }) };
  let known: KnownState = { outcome: { kind: 'pending' }, views: new Map() };
  for (const next of [18456, 18456, 18486, 40613]) {
    number = next;
    const { outcome, views } = await poller.poll(running);
    known = logChange(log, known, {
      name: 'sql-1',
      outcome,
      views,
      lastPollDurationSeconds: 1,
    } as unknown as ServerState);
  }
  assert.deepEqual(
    lines.map((line) => Reflect.get(line as object, 'error_number')),
    [18456, 18486, 40613],
  );
  assert.deepEqual(
    lines.map((line) => Reflect.get(line as object, 'reason')),
    ['login', 'login', 'unavailable'],
  );
});
