import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  firstDnsLabel,
  hostOfEndpoint,
  identityOf,
  isSameHost,
  managedInstanceOfEndpoint,
  ownManagedInstance,
} from '../../src/link/identity.ts';
import { failedServer, managedInstance, serverFacts, sqlServer } from './server-state.ts';

describe('what an endpoint_url tells', () => {
  const rows: readonly (readonly [url: string | null, managedInstance: string | null, host: string | null])[] = [
    ['tcp://mi-prod.01ab.database.windows.net:5022;Server=[mi-prod]', 'mi-prod', 'mi-prod.01ab.database.windows.net'],
    [
      'TCP://MI-Prod.01ab.database.windows.net:5022;SERVER=[MI-Prod];Database=[Sales]',
      'mi-prod',
      'mi-prod.01ab.database.windows.net',
    ],
    ['tcp://mi.example:5022; server = [ mi-prod ]', 'mi-prod', 'mi.example'],
    ['tcp://mi.example:5022;Server=[mi-prod.01ab.database.windows.net]', 'mi-prod', 'mi.example'],
    ['tcp://sql01.corp.example:5022', null, 'sql01.corp.example'],
    ['tcp://mi.example:5022;Server=[]', null, 'mi.example'],
    ['tcp://mi.example:5022;Database=[server]', null, 'mi.example'],
    ['tcp://[fe80::1]:5022', null, 'fe80::1'],
    ['tcp://10.0.0.4:5022', null, '10.0.0.4'],
    ['nonsense', null, null],
    ['', null, null],
    [null, null, null],
  ];
  for (const [url, name, host] of rows) {
    test(JSON.stringify(url), () => {
      assert.deepEqual([managedInstanceOfEndpoint(url), hostOfEndpoint(url)], [name, host]);
    });
  }
});

test('a name before the first dot is a label, an address has none', () => {
  const rows = { 'MI-Prod.01ab.x': 'mi-prod', sql01: 'sql01', '10.0.0.4': null, 'fe80::1': null, '': null, '.x': null };
  for (const [host, label] of Object.entries(rows)) assert.equal(firstDnsLabel(host), label, host);
});

test('a managed instance knows its own name, a SQL Server has none', () => {
  assert.equal(
    ownManagedInstance({ engine: 'managed_instance', serverName: 'MI-Prod.01ab.database.windows.net' }),
    'mi-prod',
  );
  assert.equal(ownManagedInstance({ engine: 'sql_server', serverName: 'MI-PROD' }), null);
});

describe('whether two host names may mean one host', () => {
  const rows: readonly (readonly [string, string, boolean])[] = [
    ['sql01.corp.example', 'SQL01.corp.example', true],
    ['sql01', 'sql01.corp.example', true],
    ['sql01.corp.example', 'sql01.test.example', false],
    ['sql01', 'sql02.corp.example', false],
    ['10.0.0.4', '10.0.0.5', false],
    ['10', '10.0.0.4', false],
    ['', '', false],
  ];
  for (const [one, other, same] of rows) {
    test(`${JSON.stringify(one)} and ${JSON.stringify(other)}: ${same}`, () => {
      assert.deepEqual([isSameHost(one, other), isSameHost(other, one)], [same, same]);
    });
  }
});

describe('what is known of a server', () => {
  const mi = { engine: 'managed_instance', managedInstance: 'mi-prod' } as const;
  const nothing = { engine: null, managedInstance: null, instance: null };
  const miInstance = 'managed_instance:mi-prod.0123abcd.database.windows.net';
  const rows = [
    ['its answer', managedInstance(), { ...mi, instance: miInstance }],
    [
      'its answer, whatever its host says',
      sqlServer({}, { state: { host: 'mi-prod.01ab.database.windows.net' } }),
      {
        engine: 'sql_server',
        managedInstance: null,
        instance: 'sql_server:sql01',
      },
    ],
    [
      'its last answer',
      failedServer('x', { identity: serverFacts({ engine: 'managed_instance' }) }),
      { ...mi, instance: miInstance },
    ],
    [
      'a host in the domain of managed instances',
      failedServer('x', { host: 'MI-Prod.01ab.database.windows.net' }),
      { ...mi, instance: null },
    ],
    [
      'the public address',
      failedServer('x', { host: 'mi-prod.public.01ab.database.windows.net' }),
      { ...mi, instance: null },
    ],
    ['another cloud', failedServer('x', { host: 'mi-prod.01ab.database.chinacloudapi.cn' }), { ...mi, instance: null }],
    ['a database server of Azure, which is neither', failedServer('x', { host: 'srv.database.windows.net' }), nothing],
    ['any other host', failedServer('x'), nothing],
    [
      'an answer without a name',
      sqlServer({}, { facts: { serverName: ' ' } }),
      {
        engine: 'sql_server',
        managedInstance: null,
        instance: null,
      },
    ],
  ] as const;
  for (const [from, server, identity] of rows) {
    test(`from ${from}`, () => assert.deepEqual(identityOf(server), identity));
  }
});
