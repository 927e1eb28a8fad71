import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { tables } from '../../../src/simulator/catalog/index.ts';
import { scenarioNames } from '../../../src/simulator/scenario/index.ts';
import { rowsOf } from '../../../src/simulator/world/rows/index.ts';
import type { World } from '../../../src/simulator/world/state.ts';
import { type EndName, endNames, otherEnd } from '../../../src/simulator/world/topology.ts';
import { fc } from '../../fuzz/property.ts';
import { read, simulate } from './simulated.ts';
import { flawsOf } from './well-formed.ts';

/** The documented codes and texts, typed again from Microsoft's pages. */
const documentedCodes: Readonly<Record<string, readonly string[]>> = {
  role: ['RESOLVING', 'PRIMARY', 'SECONDARY'],
  operational_state: ['PENDING_FAILOVER', 'PENDING', 'ONLINE', 'OFFLINE', 'FAILED', 'FAILED_NO_QUORUM'],
  connected_state: ['DISCONNECTED', 'CONNECTED'],
  recovery_health: ['ONLINE_IN_PROGRESS', 'ONLINE'],
  synchronization_health: ['NOT_HEALTHY', 'PARTIALLY_HEALTHY', 'HEALTHY'],
  synchronization_state: ['NOT SYNCHRONIZING', 'SYNCHRONIZING', 'SYNCHRONIZED', 'REVERTING', 'INITIALIZING'],
  database_state: ['ONLINE', 'RESTORING', 'RECOVERING', 'RECOVERY_PENDING', 'SUSPECT', 'EMERGENCY', 'OFFLINE'],
};

const anyName = fc
  .oneof(
    fc.string({ minLength: 1, maxLength: 100, unit: 'grapheme' }),
    fc.constantFrom("O'Brien", 'مبيعات', '🛒 shop', 'two\nlines', 'a"b\\c', '] ; DROP', 'x'.repeat(100)),
  )
  .filter((name) => name.length <= 100);

const anyWorld: fc.Arbitrary<World> = fc
  .record({
    scenario: fc.constantFrom(...scenarioNames),
    seconds: fc.integer({ min: 0, max: 800 }),
    speed: fc.constantFrom(0.1, 1, 7, 100),
    names: fc.array(fc.record({ link: anyName, databases: fc.array(anyName, { minLength: 1, maxLength: 3 }) }), {
      minLength: 1,
      maxLength: 4,
    }),
    affectedLinks: fc.integer({ min: 0, max: 4 }),
    groupIdsDiffer: fc.boolean(),
    localOffsetMinutes: fc.constantFrom(-720, -300, 0, 120, 330, 840),
    sqlServerMajor: fc.constantFrom(13 as const, 14 as const, 15 as const, 16 as const, 17 as const),
  })
  .map(({ scenario, seconds, speed, affectedLinks, localOffsetMinutes, ...topology }) =>
    simulate(scenario, {
      seconds,
      speed,
      options: { affectedLinks, unrelatedCertificates: true },
      topology: { ...topology, localOffsetMinutes: { sqlServer: localOffsetMinutes } },
    }),
  );

describe('rows of any simulated state', () => {
  it('have only declared columns, of the declared types, NULL only where that is allowed', () => {
    fc.assert(
      fc.property(anyWorld, (world) => {
        for (const end of endNames) {
          for (const { name } of tables) {
            assert.deepEqual(
              rowsOf(world, end, name).flatMap((row) => flawsOf(name, row)),
              [],
            );
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('give each code its documented text, or both NULL', () => {
    fc.assert(
      fc.property(anyWorld, fc.constantFrom(...endNames), (world, end) => {
        for (const view of ['dm_hadr_availability_replica_states', 'dm_hadr_database_replica_states']) {
          for (const row of read(world, end, view)) {
            for (const [code, texts] of Object.entries(documentedCodes).filter(([name]) => name in row)) {
              const value = row[code];
              assert.equal(row[`${code}_desc`], value === null ? null : texts[Number(value)]);
              assert.ok(value === null || Number(value) < texts.length, `${code} ${value}`);
            }
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('show the partner only on an end that is primary of the distributed group', () => {
    fc.assert(
      fc.property(anyWorld, (world) => {
        for (const end of endNames) {
          const rows = read(world, end, 'dm_hadr_availability_replica_states');
          // Of a local group's lost node, whose own primary sees it, another test tells.
          const groups = new Set<unknown>(world.topology.links.map(({ groupIds }) => groupIds[end]));
          const remote = rows.filter((row) => row.is_local === false && groups.has(row.group_id));
          const primaryGroups = distributedRows(world, end).filter((row) => row.role_desc === 'PRIMARY');
          assert.deepEqual(
            remote.map((row) => row.group_id),
            primaryGroups.map((row) => row.group_id),
          );
          for (const row of remote) {
            assert.equal(row.operational_state, null);
            assert.equal(row.recovery_health, null);
          }
        }
      }),
    );
  });

  it('let only an end that is primary know queues, rates and lag of the partner', () => {
    fc.assert(
      fc.property(anyWorld, fc.constantFrom(...endNames), (world, end) => {
        for (const row of read(world, end, 'dm_hadr_database_replica_states')) {
          const isRemote = row.is_local === false;
          for (const column of ['log_send_queue_size', 'log_send_rate', 'last_sent_lsn', 'secondary_lag_seconds']) {
            assert.equal(row[column] !== null, isRemote, column);
          }
        }
      }),
    );
  });

  it('keep the redone LSN below the hardened one, and the hardened one not above the end of the log', () => {
    fc.assert(
      fc.property(anyWorld, fc.constantFrom(...endNames), (world, end) => {
        for (const row of read(world, end, 'dm_hadr_database_replica_states')) {
          const [redone, hardened, endOfLog] = ['last_redone_lsn', 'last_hardened_lsn', 'end_of_log_lsn'].map(
            (column) => (row[column] === null ? null : BigInt(String(row[column]))),
          );
          assert.ok(redone === null || hardened === null || redone === undefined || redone < (hardened ?? 0n));
          assert.ok(hardened === null || hardened === undefined || hardened <= (endOfLog ?? 0n));
        }
      }),
    );
  });

  it('agree between the ends on what both know: members, keys of databases and the imported certificates', () => {
    fc.assert(
      fc.property(anyWorld, fc.constantFrom(...endNames), (world, end) => {
        const other = otherEnd(end);
        // A link that only one end has any more is known to that end alone.
        const shared = world.links.filter(({ present }) => present.sqlServer && present.managedInstance);
        const groupsOf = (of: EndName): ReadonlySet<unknown> =>
          new Set(shared.map(({ identity }) => identity.groupIds[of]));
        const members = (of: EndName): ReadonlySet<unknown> => {
          const rows = read(world, of, 'availability_replicas').filter((row) => groupsOf(of).has(row.group_id));
          return new Set(rows.map((row) => row.replica_id));
        };
        assert.deepEqual(members(end), members(other));
        assert.equal(members(end).size, 2 * groupsOf(end).size);
        const ownState = world.certificates[end].find(({ isEndpointCertificate }) => isEndpointCertificate);
        const own = read(world, end, 'certificates').find((row) => row.name === ownState?.name);
        assert.equal(own === undefined, ownState?.isHidden === true || !world.preparation[end].hasEndpoint);
        if (own === undefined) return;
        const imported = read(world, other, 'certificates').find((row) => row.name === own.name);
        // Nobody has imported anything yet where nothing is prepared.
        if (!world.preparation[other].hasImportedCertificates) return assert.equal(imported, undefined);
        assert.ok(own.thumbprint && imported?.thumbprint);
        // A stale import is a former certificate on purpose.
        const isSame = isDeepStrictEqual(imported.thumbprint, own.thumbprint);
        assert.equal(isSame, !world.staleImports.includes(other));
        assert.equal(imported?.pvt_key_encryption_type, 'NA');
      }),
    );
  });
});

function distributedRows(world: World, end: EndName): ReturnType<typeof read> {
  const groups = new Set(world.topology.links.map((link) => link.groupIds[end]));
  return read(world, end, 'dm_hadr_availability_replica_states').filter(
    (row) => groups.has(String(row.group_id)) && row.is_local === true,
  );
}
