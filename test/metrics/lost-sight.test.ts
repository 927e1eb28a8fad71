import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { State } from '../../src/metrics/family.ts';
import { losesSight } from '../../src/metrics/lost-sight.ts';
import type { AzureInstanceState, AzureState } from '../../src/model/azure/state.ts';
import type { ServerState } from '../../src/model/server-state.ts';
import type { ViewReading } from '../../src/model/snapshot.ts';
import { failedServer, managedInstance, pendingServer, sqlServer } from '../link/server-state.ts';
import { fullAzure } from './azure-rows.ts';

const read: ViewReading = { durationSeconds: 0.1, failure: null, readTimestampSeconds: 1 };
const refused: ViewReading = { ...read, failure: { reason: 'permission', message: 'denied', errorNumber: 229 } };
const withView = (server: ServerState, reading: ViewReading): ServerState => ({
  ...server,
  views: new Map([['certificates', reading]]),
});

const [sql, mi] = [withView(sqlServer(), read), managedInstance()];
const azure = fullAzure();
const links: State['links'] = [];

function withInstance(change: (instance: AzureInstanceState) => AzureInstanceState): AzureState {
  return { subscriptions: azure.subscriptions.map((each) => ({ ...each, instances: each.instances.map(change) })) };
}

const before: State = { servers: [sql, mi], links, azure };

const lost: Readonly<Record<string, State>> = {
  'a poll that failed': { ...before, servers: [failedServer(sql.name), mi] },
  'a poll that failed, in another order': { ...before, servers: [mi, failedServer(sql.name)] },
  'a server that is to be polled from the beginning': { ...before, servers: [sql, pendingServer(mi.name)] },
  'a server that is no more': { ...before, servers: [mi] },
  'the last server': { ...before, servers: [sql] },
  'a view that failed': { ...before, servers: [withView(sql, refused), mi] },
  'links that Azure does not give': {
    ...before,
    azure: withInstance((each) => ({ ...each, links: { ...each.links, value: null } })),
  },
  'an instance that Azure does not give': {
    ...before,
    azure: withInstance((each) => ({ ...each, instance: { ...each.instance, value: null } })),
  },
  'all of Azure': { servers: before.servers, links },
};

for (const [name, after] of Object.entries(lost)) {
  test(`what was read is lost with ${name}`, () => assert.equal(losesSight(before, after), true));
}

const kept: Readonly<Record<string, readonly [State, State]>> = {
  'the same again': [before, structuredClone(before)],
  'another order': [before, { ...before, servers: [mi, sql] }],
  'one server more': [before, { ...before, servers: [sql, pendingServer('third'), mi] }],
  'a poll that fails again': [
    { ...before, servers: [failedServer(sql.name), mi] },
    { ...before, servers: [failedServer(sql.name, { polls: 2 }), mi] },
  ],
  'a poll that succeeds after one that failed': [{ ...before, servers: [failedServer(sql.name), mi] }, before],
  'a view that can be read': [{ ...before, servers: [withView(sql, refused), mi] }, before],
  'a view that is not asked': [before, { ...before, servers: [{ ...sql, views: new Map() }, mi] }],
};

for (const [name, [earlier, later]] of Object.entries(kept)) {
  test(`nothing is lost with ${name}`, () => assert.equal(losesSight(earlier, later), false));
}
