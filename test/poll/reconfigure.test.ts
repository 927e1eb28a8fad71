import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ServerConfig } from '../../src/config/config.ts';
import { secretOf } from '../../src/config/secret/secret.ts';
import type { ServerState } from '../../src/model/server-state.ts';
import { type Fleet, type FleetConfig, startFleet } from '../../src/poll/fleet.ts';
import type { Connect } from '../../src/sql/connection.ts';
import { type FakeServer, fakeServer, serverConfig } from './fake-server.ts';

const fleets: Fleet[] = [];
afterEach(async () => {
  await Promise.all(fleets.splice(0).map((fleet) => fleet.stop()));
});

interface World {
  readonly fleet: Fleet;
  readonly server: (host: string) => FakeServer;
  readonly until: (condition: (states: readonly ServerState[]) => boolean) => Promise<void>;
}

const hourly = { views: {}, pollIntervalSeconds: 3600, pollTimeoutSeconds: 60 };
const often = { ...hourly, pollIntervalSeconds: 0.01 };

/** Servers by their host; one that is not given has no rows and is up. */
function start(config: FleetConfig, given: Readonly<Record<string, FakeServer>> = {}): World {
  const servers = new Map(Object.entries(given));
  const server = (host: string): FakeServer => {
    const found = servers.get(host) ?? fakeServer();
    servers.set(host, found);
    return found;
  };
  const connect: Connect = (to, options) => server(to.host).connect(to, options);
  const fleet = startFleet({ config, connect, log: { info: () => undefined, warn: () => undefined } });
  fleets.push(fleet);
  const until: World['until'] = async (condition) => {
    while (!condition(fleet.states())) await nextTurn();
  };
  return { fleet, server, until };
}

const named = (...names: readonly string[]): ServerConfig[] => names.map((name) => serverConfig(name));
const areUp = (states: readonly ServerState[]): boolean => states.every(({ outcome }) => outcome.kind === 'ok');
const namesOf = (states: readonly ServerState[]): string[] => states.map(({ name }) => name);

test('an unchanged server keeps its connection, its snapshot and its counts', async () => {
  const { fleet, server, until } = start({ ...hourly, servers: named('a', 'b') });
  await until(areUp);
  const [before] = fleet.states();
  const change = await fleet.reconfigure({ ...hourly, servers: named('c', 'a') });
  assert.deepEqual(change, { added: 1, removed: 1, changed: 0, unchanged: 1 });
  assert.equal(fleet.states()[1], before);
  assert.equal((await fleet.pollNow('a'))?.polls, 2);
  assert.deepEqual([server('a.example').passwords.length, server('a.example').open], [1, 1]);
});

test('what is gone is gone at once, and its connection is closed', async () => {
  const hanging = fakeServer({ certificates: 'hang' });
  const { fleet, server, until } = start({ ...hourly, servers: named('a', 'b') }, { 'b.example': hanging });
  await until((states) => states[0]?.outcome.kind === 'ok' && hanging.asked.includes('certificates'));
  const done = fleet.reconfigure({ ...hourly, servers: named('a') });
  assert.deepEqual(namesOf(fleet.states()), ['a']);
  await done;
  assert.equal(server('b.example').open, 0);
  assert.equal(await fleet.pollNow('b'), null);
});

test('a new server is pending and polled at once, in its place of the configuration', async () => {
  const { fleet, until } = start({ ...hourly, servers: named('b') });
  await until(areUp);
  const done = fleet.reconfigure({ ...hourly, servers: named('a', 'b', 'c') });
  assert.deepEqual(
    fleet.states().map(({ name, outcome }) => `${name} ${outcome.kind}`),
    ['a pending', 'b ok', 'c pending'],
  );
  await done;
  await until(areUp);
});

test('another password: the server is connected anew, what is known of it stays', async () => {
  const { fleet, server, until } = start({ ...hourly, servers: named('a') });
  await until(areUp);
  const change = await fleet.reconfigure({ ...hourly, servers: [serverConfig('a', secretOf('rotated'))] });
  assert.deepEqual(change, { added: 0, removed: 0, changed: 1, unchanged: 0 });
  assert.deepEqual([fleet.states()[0]?.outcome.kind, fleet.states()[0]?.polls], ['ok', 1]);
  await until(([state]) => state?.polls === 2);
  assert.deepEqual(server('a.example').passwords, ['pa55', 'rotated']);
  assert.deepEqual([server('a.example').open, fleet.states()[0]?.logins], [1, 2]);
});

test('another address is another server: nothing of the former one is shown', async () => {
  const { fleet, server, until } = start({ ...hourly, servers: named('a') });
  await until(areUp);
  const moved = { ...serverConfig('a'), host: 'new.example' };
  const done = fleet.reconfigure({ ...hourly, servers: [moved] });
  const [state] = fleet.states();
  assert.deepEqual(
    [state?.outcome.kind, state?.polls, state?.host, state?.identity],
    ['pending', 0, 'new.example', null],
  );
  await done;
  await until(areUp);
  assert.deepEqual([server('a.example').open, server('new.example').open], [0, 1]);
});

test('a server under another name never sees two connections', async () => {
  const target = fakeServer();
  let most = 0;
  const connect: Connect = async (...given) => {
    const connection = await target.connect(...given);
    most = Math.max(most, target.open);
    return connection;
  };
  const log = { info: () => undefined, warn: () => undefined };
  const fleet = startFleet({ config: { ...hourly, servers: named('old') }, connect, log });
  fleets.push(fleet);
  await fleet.pollNow('old');
  await fleet.reconfigure({ ...hourly, servers: [{ ...serverConfig('old'), name: 'new' }] });
  await fleet.pollNow('new');
  assert.equal(most, 1);
});

test('another interval holds for every server, without a new login', async () => {
  const { fleet, server, until } = start({ ...hourly, servers: named('a', 'b') });
  await until(areUp);
  await fleet.reconfigure({ ...often, servers: named('a', 'b') });
  await until((states) => states.every(({ polls }) => polls >= 3));
  assert.deepEqual(
    fleet.states().map(({ logins }) => logins),
    [1, 1],
  );
  assert.equal(server('a.example').passwords.length, 1);
});

test('another timeout and other views hold from the next poll on, without a new login', async () => {
  const { fleet, server, until } = start({ ...hourly, servers: named('a') });
  await until(areUp);
  const views = { certificates: { intervalSeconds: 3600, timeoutSeconds: null } };
  await fleet.reconfigure({ ...hourly, views, pollTimeoutSeconds: 0.05, servers: named('a') });
  await fleet.pollNow('a');
  await fleet.pollNow('a');
  assert.equal(server('a.example').asked.filter((view) => view === 'certificates').length, 1);
  server('a.example').answers = { server: 'hang' };
  assert.equal((await fleet.pollNow('a'))?.outcome.kind, 'failed');
  assert.deepEqual(fleet.states()[0]?.logins, 1);
});

test('a poll under way of an unchanged server goes on', async () => {
  const hanging = fakeServer({ server: 'hang' });
  const { fleet, until } = start({ ...hourly, servers: named('a'), pollTimeoutSeconds: 0.3 }, { 'a.example': hanging });
  await until(() => hanging.asked.includes('server'));
  await fleet.reconfigure({ ...hourly, servers: named('a', 'b') });
  assert.equal(hanging.open, 1);
  await until(([state]) => state?.outcome.kind === 'failed');
  assert.equal(fleet.states()[0]?.logins, 1);
});

test('a fleet that has stopped starts nothing', async () => {
  const { fleet, server, until } = start({ ...hourly, servers: named('a') });
  await until(areUp);
  await fleet.stop();
  await fleet.reconfigure({ ...hourly, servers: named('a', 'b') });
  assert.deepEqual(namesOf(fleet.states()), ['a']);
  assert.deepEqual(server('b.example').passwords, []);
});

test('stopping ends what a reconfiguration has begun', async () => {
  const { fleet, server } = start({ ...hourly, servers: named('a') }, { 'a.example': fakeServer({ server: 'hang' }) });
  void fleet.reconfigure({ ...hourly, servers: named('b') });
  await fleet.stop();
  assert.deepEqual([server('a.example').open, server('b.example').open], [0, 0]);
});
