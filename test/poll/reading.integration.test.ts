/**
 * Reads every view of both ends through the real driver. Against the simulator as it stands; against real servers when
 * MILINK_TEST_SQLSERVER, MILINK_TEST_MI or both name them, as `mssql://user:password@host:port` (options: reading-target.ts).
 * The login needs what the exporter needs. Where both are named, a distributed availability group must join them.
 */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { inspect } from 'node:util';
import type { ServerConfig } from '../../src/config/config.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { createCredentialSource } from '../../src/poll/login/credentials.ts';
import { createServerPoller } from '../../src/poll/server-poller.ts';
import { systemClock } from '../../src/poll/time/clock.ts';
import { classifyError } from '../../src/sql/classify-error.ts';
import type { Connection } from '../../src/sql/connection.ts';
import { connect } from '../../src/sql/mssql-connection.ts';
import { pollingOrder } from '../../src/views/index.ts';
import { isViewOf } from '../../src/views/view.ts';
import { startTargets } from './reading-target.ts';

const { servers, pair } = await startTargets(process.env);
after(() => pair?.close());

const running = new AbortController().signal;
const guid = /^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/;

async function read(server: ServerConfig, polls = 1): Promise<{ snapshot: Snapshot; logins: number }> {
  const poller = createServerPoller({ server, connect, clock: systemClock, timeoutSeconds: 30 });
  try {
    let logins = 0;
    let snapshot: Snapshot | null = null;
    for (let poll = 0; poll < polls; poll += 1) {
      const result = await poller.poll(running);
      assert.ok(result.outcome.kind === 'ok', inspect(result.outcome));
      const unread = [...result.views].filter(([, { failure }]) => failure !== null);
      assert.deepEqual(unread, [], 'every view is read');
      const { engine } = result.outcome.snapshot.server;
      assert.equal(result.views.size, pollingOrder.filter((view) => isViewOf(view, engine)).length);
      logins += result.logins;
      snapshot = result.outcome.snapshot;
    }
    assert.ok(snapshot);
    return { snapshot, logins };
  } finally {
    poller.close();
  }
}

async function withConnection(server: ServerConfig, use: (connection: Connection) => Promise<void>): Promise<void> {
  const source = createCredentialSource(server.authentication, systemClock);
  const connection = await connect(server, { credentials: await source.read(running), signal: running });
  try {
    await use(connection);
  } finally {
    connection.close();
  }
}

/** The rows of a view that was read. */
function rowsOf<Name extends keyof Snapshot['views']>(
  { views }: Snapshot,
  name: Name,
): NonNullable<Snapshot['views'][Name]> {
  const rows = views[name];
  assert.ok(rows, name);
  return rows;
}

for (const server of servers) {
  test(`${server.name}: every view is read, poll after poll, with one login`, async () => {
    assert.equal((await read(server, 3)).logins, 1);
  });

  test(`${server.name}: what the server says of itself`, async () => {
    const { server: facts, clockOffsetSeconds } = (await read(server)).snapshot;
    assert.notEqual(facts.serverName, '');
    assert.match(facts.version, /^\d+\.\d+\.\d+/);
    assert.equal(facts.majorVersion, Number.parseInt(facts.version, 10));
    // Time zones are whole minutes between -12 and +14 hours.
    const { localOffsetSeconds: offset } = facts;
    assert.ok(offset !== null && offset % 60 === 0 && offset >= -12 * 3600 && offset <= 14 * 3600, String(offset));
    assert.ok(Number.isFinite(clockOffsetSeconds));
  });

  test(`${server.name}: groups, members and states belong together`, async () => {
    const { snapshot } = await read(server);
    const groups = new Set(rowsOf(snapshot, 'availability_groups').map(({ groupId }) => groupId));
    assert.ok(rowsOf(snapshot, 'availability_groups').every(({ groupId, name }) => guid.test(groupId) && name !== ''));
    const members = rowsOf(snapshot, 'availability_replicas');
    assert.ok(members.every(({ groupId, replicaId }) => groups.has(groupId) && guid.test(replicaId)));
    for (const state of rowsOf(snapshot, 'availability_replica_states')) {
      assert.match(state.replicaId, guid);
      assert.match(state.role ?? 'NULL', /^(PRIMARY|SECONDARY|RESOLVING|NULL)$/);
      assert.match(state.connectedState ?? 'NULL', /^(CONNECTED|DISCONNECTED|NULL)$/);
      assert.match(state.synchronizationHealth ?? 'NULL', /^(NOT_HEALTHY|PARTIALLY_HEALTHY|HEALTHY|NULL)$/);
    }
  });

  test(`${server.name}: the endpoint has its port and its certificate`, async () => {
    const { snapshot } = await read(server);
    const ports = new Map(rowsOf(snapshot, 'tcp_endpoints').map(({ endpointId, port }) => [endpointId, port]));
    const certificates = rowsOf(snapshot, 'certificates');
    for (const endpoint of rowsOf(snapshot, 'database_mirroring_endpoints')) {
      assert.ok((ports.get(endpoint.endpointId) ?? 0) > 0);
      const own = certificates.some(({ certificateId }) => certificateId === endpoint.certificateId);
      assert.equal(own, endpoint.certificateId !== 0);
    }
    for (const { startTimestampSeconds, expiryTimestampSeconds, thumbprint } of certificates) {
      assert.ok((expiryTimestampSeconds ?? 0) > (startTimestampSeconds ?? 0));
      assert.match(thumbprint ?? '', /^[0-9A-F]{40,64}$/);
    }
  });

  test(`${server.name}: each view is accepted without its newer columns as well`, async () => {
    await withConnection(server, async (connection) => {
      for (const view of pollingOrder) {
        const rows = await connection.query(view.sql(null), running);
        assert.doesNotThrow(() => view.parse(rows, { localOffsetSeconds: 0 }), view.name);
      }
    });
  });

  const refusals = [
    ['a column that is not there', 'SELECT no_such FROM sys.availability_groups', 'missing_object', 207],
    ['a view that is not there', 'SELECT name FROM sys.no_such_view', 'missing_object', 208],
    ['no SQL at all', 'SELECT FROM WHERE', 'query', null],
  ] as const;

  test(`${server.name}: a refused batch has its reason, and the connection stays`, async () => {
    await withConnection(server, async (connection) => {
      for (const [name, batch, reason, number] of refusals) {
        await assert.rejects(connection.query(batch, running), (error) => {
          const failure = classifyError(error);
          assert.equal(failure.reason, reason, name);
          if (number !== null) assert.equal(failure.errorNumber, number, name);
          return true;
        });
      }
      assert.deepEqual(await connection.query('SELECT 42 AS answer', running), [{ answer: 42 }]);
    });
  });

  test(`${server.name}: a wrong password is refused with 18456`, async () => {
    const { authentication } = server;
    assert.ok(authentication.type === 'sql_login');
    const credentials = { ...authentication, password: 'not-the-password' };
    await assert.rejects(connect(server, { credentials, signal: running }), (error) => {
      const { reason, errorNumber } = classifyError(error);
      assert.deepEqual([reason, errorNumber], ['login', 18456]);
      return true;
    });
  });
}

if (servers.length === 2) {
  test('both ends know one distributed group, and one of them is its primary', async () => {
    const [first, second] = await Promise.all(
      servers.map(async (server) => distributedRoles((await read(server)).snapshot)),
    );
    const shared = [...(first?.keys() ?? [])].filter((name) => second?.has(name));
    assert.ok(shared.length > 0, 'no distributed group of that name at both ends');
    for (const name of shared) {
      assert.deepEqual([first?.get(name), second?.get(name)].sort(), ['PRIMARY', 'SECONDARY'], name);
    }
  });
}

function distributedRoles(snapshot: Snapshot): Map<string, string | null> {
  const states = rowsOf(snapshot, 'availability_replica_states').filter(({ isLocal }) => isLocal);
  return new Map(
    rowsOf(snapshot, 'availability_groups')
      .filter(({ isDistributed }) => isDistributed)
      .map(({ name, groupId }) => [name, states.find((state) => state.groupId === groupId)?.role ?? null]),
  );
}
