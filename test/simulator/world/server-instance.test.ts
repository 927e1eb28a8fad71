import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Account, effectivePermissions } from '../../../src/simulator/account.ts';
import type { Instance } from '../../../src/simulator/instance.ts';
import { serverInstance } from '../../../src/simulator/server-instance.ts';
import type { ViewFaults } from '../../../src/simulator/view-faults.ts';
import type { SqlServerMajor } from '../../../src/simulator/world/server-identity.ts';
import type { EndName } from '../../../src/simulator/world/topology.ts';
import { simulate, startMilliseconds } from './simulated.ts';

const accounts: readonly Account[] = [
  { name: 'milink', password: 'secret' },
  { name: 'nobody', password: 'secret', permissions: [] },
];

function instanceOf(end: EndName, faults: ViewFaults = {}, sqlServerMajor: SqlServerMajor = 16): Instance {
  const world = simulate('healthy', {
    topology: {
      sqlServerMajor,
      clockSkewMilliseconds: { sqlServer: 90_000 },
      names: [{ link: 'DAG_X', databases: ['محاسبة'] }],
    },
  });
  return serverInstance({ server: world.topology.servers[end], accounts, world: () => world, faults: () => faults });
}

describe('a simulated server', () => {
  it('says what it is', () => {
    const { properties } = instanceOf('sqlServer');
    assert.equal(properties.serverName, 'SQL-PROD-01');
    assert.equal(properties.productVersion, '16.0.4175.1');
    assert.equal(properties.localOffsetMinutes, 120);
    assert.match(properties.edition, /^Enterprise Edition/);
    const managed = instanceOf('managedInstance').properties;
    assert.equal(managed.serverName, 'mi-prod.0123abcd.database.windows.net');
    assert.equal(managed.engineEdition, 8);
    assert.equal(managed.productVersion, '12.0.2000.8');
    assert.equal(managed.localOffsetMinutes, 0);
  });

  const versions = [
    { major: 13, version: '13.0.7000.253', hasClusterType: false },
    { major: 14, version: '14.0.3490.10', hasClusterType: true },
    { major: 17, version: '17.0.1000.7', hasClusterType: true },
  ] as const;
  for (const { major, version, hasClusterType } of versions) {
    it(`shows the columns of ${version} only`, () => {
      const instance = instanceOf('sqlServer', {}, major);
      const [row] = instance.rows('availability_groups');
      assert.equal(instance.properties.productVersion, version);
      assert.equal('cluster_type' in (row ?? {}), hasClusterType);
      assert.deepEqual(
        Object.keys(row ?? {}),
        instance.tables.get('availability_groups')?.columns.map(({ name }) => name),
      );
    });
  }

  it('has the clock of its own and the databases of its own', () => {
    const instance = instanceOf('sqlServer');
    assert.equal(instance.nowMilliseconds(), startMilliseconds + 60_000 + 90_000);
    assert.equal(instanceOf('managedInstance').nowMilliseconds(), startMilliseconds + 60_000);
    assert.equal(instance.databases().get(5), 'محاسبة');
    assert.equal(instance.databases().get(1), 'master');
  });
});

describe('faults inside a simulated server', () => {
  const view = 'dm_hadr_availability_replica_states';

  it('refuses a denied view with 229', () => {
    const error = instanceOf('sqlServer', { denied: [view] }).denied(view, 'milink');
    assert.equal(error?.number, 229);
    assert.match(
      error?.message ?? '',
      /^The SELECT permission was denied on the object 'dm_hadr_availability_replica_states'/,
    );
    assert.equal(instanceOf('sqlServer', { denied: [view] }).denied('certificates', 'milink'), null);
  });

  it('does not have a missing view, and has no rows in an empty one', () => {
    assert.equal(instanceOf('sqlServer').tables.has(view), true);
    assert.equal(instanceOf('sqlServer', { missing: [view] }).tables.has(view), false);
    assert.deepEqual([...instanceOf('sqlServer', { empty: [view] }).rows(view)], []);
    assert.equal([...instanceOf('sqlServer', { empty: ['certificates'] }).rows(view)].length, 3);
  });

  it('gives NULL in every column that may be, and only there', () => {
    const instance = instanceOf('sqlServer', { nullColumns: true });
    for (const table of instance.tables.values()) {
      for (const row of instance.rows(table.name)) {
        for (const { name, nullable } of table.columns) {
          assert.equal(row[name] === null, nullable, `${table.name}.${name}`);
        }
      }
    }
  });

  it('hangs until the reader gives up, and reads at once what is in order', async () => {
    const reader = new AbortController();
    const instance = instanceOf('sqlServer', { hanging: [view], slowMilliseconds: { certificates: 1 } });
    const hanging = instance.beforeRead(view, reader.signal);
    await instance.beforeRead('certificates', reader.signal);
    await instance.beforeRead('endpoints', reader.signal);
    reader.abort();
    await assert.rejects(hanging, { name: 'AbortError' });
    await assert.rejects(instance.beforeRead('endpoints', reader.signal), { name: 'AbortError' });
  });

  it('takes permissions away from every login', () => {
    const instance = instanceOf('sqlServer', { permissions: [] });
    assert.equal(instance.permissions('milink').has('VIEW ANY DEFINITION'), false);
    assert.equal(instance.permissions('milink').has('CONNECT SQL'), true);
  });
});

describe('permissions of a login', () => {
  it('are the least that monitoring needs, by version', () => {
    assert.equal(instanceOf('sqlServer').permissions('MILINK').has('VIEW SERVER PERFORMANCE STATE'), true);
    assert.equal(instanceOf('sqlServer').permissions('milink').has('VIEW SERVER STATE'), false);
    assert.equal(instanceOf('sqlServer', {}, 15).permissions('milink').has('VIEW SERVER STATE'), true);
    assert.equal(instanceOf('sqlServer', {}, 15).permissions('milink').has('VIEW SERVER PERFORMANCE STATE'), false);
    assert.equal(instanceOf('managedInstance').permissions('milink').has('VIEW SERVER PERFORMANCE STATE'), true);
  });

  it('are none for a login that was granted none or is not known', () => {
    for (const login of ['nobody', 'stranger']) {
      assert.deepEqual([...instanceOf('sqlServer').permissions(login)], ['CONNECT SQL', 'VIEW ANY DATABASE']);
    }
  });

  it('hold the narrower ones from SQL Server 2022 on', () => {
    const granted = ['view server state', 'VIEW ANY DEFINITION'];
    const narrow = ['VIEW SERVER PERFORMANCE STATE', 'VIEW ANY SECURITY DEFINITION'];
    const held = (major: number): boolean[] => {
      const effective = effectivePermissions(granted, { managedInstance: false, major });
      return narrow.map((name) => effective.has(name));
    };
    assert.deepEqual(held(16), [true, true]);
    assert.deepEqual(held(15), [false, false]);
  });
});
