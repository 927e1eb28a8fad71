import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import type { ServerState } from '../../src/model/server-state.ts';
import { type Fleet, startFleet } from '../../src/poll/fleet.ts';
import type { Connect } from '../../src/sql/connection.ts';
import { type FakeServer, fakeServer, resetError, serverConfig, sqlError } from './fake-server.ts';

const fleets: Fleet[] = [];
afterEach(async () => {
  await Promise.all(fleets.splice(0).map((fleet) => fleet.stop()));
});

interface Watched {
  readonly fleet: Fleet;
  readonly lines: readonly string[];
  /** Resolves when, after some poll, the states are as asked. */
  readonly until: (condition: (states: readonly ServerState[]) => boolean) => Promise<void>;
}

function watch(servers: Readonly<Record<string, FakeServer>>): Watched {
  const lines: string[] = [];
  const write = (message: string, fields: object = {}): void => {
    const { server, view, reason } = fields as Record<string, unknown>;
    lines.push([message, server, view, reason].filter((part) => part !== undefined && part !== null).join(' '));
  };
  const connect: Connect = (server, options) => {
    const target = servers[server.name];
    assert.ok(target);
    return target.connect(server, options);
  };
  const fleet = startFleet({
    config: {
      servers: Object.keys(servers).map((name) => serverConfig(name)),
      views: {},
      pollIntervalSeconds: 0.01,
      pollTimeoutSeconds: 60,
    },
    connect,
    log: { info: write, warn: write },
  });
  fleets.push(fleet);
  const until: Watched['until'] = (condition) =>
    new Promise((resolve) => {
      const check = (): void => {
        if (condition(fleet.states())) resolve();
      };
      fleet.onChange(check);
      check();
    });
  return { fleet, lines, until };
}

const polled =
  (name: string, times: number) =>
  (states: readonly ServerState[]): boolean =>
    (states.find((state) => state.name === name)?.polls ?? 0) >= times;

test('every server is pending, in the order of the configuration, before its first poll', () => {
  const { fleet } = watch({ b: fakeServer(), a: fakeServer() });
  assert.deepEqual(
    fleet.states().map(({ name, host, outcome }) => [name, host, outcome.kind]),
    [
      ['b', 'b.example', 'pending'],
      ['a', 'a.example', 'pending'],
    ],
  );
});

test('a server that hangs delays no other', async () => {
  const { fleet, until } = watch({ hanging: fakeServer({ server: 'hang' }), well: fakeServer() });
  await until(polled('well', 3));
  assert.deepEqual(
    fleet.states().map(({ outcome }) => outcome.kind),
    ['pending', 'ok'],
  );
});

test('a failure takes the snapshot away at once and keeps identity, counts and the time of the last success', async () => {
  const server = fakeServer();
  const { fleet, until } = watch({ sql: server });
  await until(([state]) => state?.outcome.kind === 'ok');
  const success = fleet.states()[0]?.lastSuccessTimestampSeconds;
  assert.equal(typeof success, 'number');
  server.answers = { server: resetError() };
  await until(([state]) => state?.outcome.kind === 'failed');
  const state = fleet.states()[0];
  assert.deepEqual(state?.identity, { serverName: 'SQL01', engine: 'sql_server' });
  assert.equal(state?.pollFailures.get('reset'), 1);
  assert.ok((state?.lastSuccessTimestampSeconds ?? 0) >= (success ?? Number.POSITIVE_INFINITY));
  server.answers = {};
  await until(([recovered]) => recovered?.outcome.kind === 'ok');
  // The first, one in place of the connection that broke, and one for the recovery.
  assert.equal(fleet.states()[0]?.logins, 3);
});

test('one line for each change of the outcome or of a view, none while things stay as they are', async () => {
  const server = fakeServer();
  const { fleet, lines, until } = watch({ sql: server });
  await until(polled('sql', 3));
  server.answers = { certificates: sqlError(229) };
  await until(([state]) => state?.views.get('certificates')?.failure != null);
  await until(polled('sql', (fleet.states()[0]?.polls ?? 0) + 3));
  server.answers = {};
  await until(([state]) => state?.views.get('certificates')?.failure === null);
  server.answers = { server: resetError() };
  await until(([state]) => state?.outcome.kind === 'failed');
  assert.deepEqual(lines, [
    'poll succeeded sql',
    'view cannot be read sql certificates permission',
    'view can be read again sql certificates',
    'poll failed sql server reset',
  ]);
});

test('a listener that throws ends neither the polling nor the other listeners', async () => {
  const { fleet, lines, until } = watch({ sql: fakeServer() });
  fleet.onChange(() => {
    throw new Error('a defect');
  });
  await until(polled('sql', 3));
  assert.ok(lines.includes('a listener to polls failed'));
});

test('stopping ends a poll that hangs, records nothing of it, and closes every connection', async () => {
  const servers = { hanging: fakeServer({ certificates: 'hang' }), well: fakeServer() };
  const { fleet, until } = watch(servers);
  await until(polled('well', 1));
  await fleet.stop();
  assert.deepEqual([servers.hanging.open, servers.well.open], [0, 0]);
  assert.equal(fleet.states()[0]?.outcome.kind, 'pending');
});
